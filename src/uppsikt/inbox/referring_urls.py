"""The addresses of what is not answered here, and of the parties."""

from django.urls import path

from uppsikt.inbox import referring_views as views

urlpatterns = [
    path("inkorg/<int:pk>/politisk/", views.judge, name="item-judge"),
    path("inkorg/<int:pk>/hanvisa/", views.refer, name="item-refer"),
    path("inkorg/<int:pk>/flytta/", views.move_on, name="item-move-on"),
    path("partier/", views.index, name="parties"),
    path("partier/nytt/", views.add, name="party-add"),
    path("partier/<int:pk>/sista-dag/", views.end, name="party-end"),
]
