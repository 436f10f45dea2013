"""The addresses of the crisis switch."""

from django.urls import path

from uppsikt.governance import crisis_views as views

urlpatterns = [
    path("kris/", views.index, name="crises"),
    path("kris/<int:pk>/av/", views.switch_off, name="crisis-off"),
]
