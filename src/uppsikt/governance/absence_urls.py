"""The addresses of the absence calendar."""

from django.urls import path

from uppsikt.governance import absence_views as views

urlpatterns = [
    path("franvaro/", views.calendar, name="absences"),
    path("franvaro/ny/", views.enter, name="absence-enter"),
    path("franvaro/<int:pk>/ta-tillbaka/", views.withdraw, name="absence-withdraw"),
]
