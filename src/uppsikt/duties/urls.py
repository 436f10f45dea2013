"""The addresses of My day and compliance."""

from django.urls import path

from uppsikt.duties import views

urlpatterns = [
    path("", views.my_day, name="home"),
    path("efterlevnad/", views.compliance, name="compliance"),
]
