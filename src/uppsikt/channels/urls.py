"""The addresses of channels: the public list, and the staff's pages."""

from django.urls import path

from uppsikt.channels import public, views

urlpatterns = [
    path("kanaler", public.index, name="channel-list"),
    path("kanaler.json", public.as_json, name="channel-list-json"),
    path("kanaler/<slug:slug>", public.card, name="channel-public"),
    path("mina-kanaler/", views.index, name="channels"),
    path("kanal/ny/", views.apply, name="channel-apply"),
    path("kanal/<int:pk>/", views.card, name="channel"),
    path("kanal/<int:pk>/aterta/", views.withdraw, name="channel-withdraw"),
    path("kanal/<int:pk>/godkann/", views.approve, name="channel-approve"),
    path("kanal/<int:pk>/avsla/", views.decline, name="channel-decline"),
    path("kanal/<int:pk>/starta/", views.launch, name="channel-launch"),
    path("kanal/<int:pk>/avsluta/", views.close, name="channel-close"),
    path("kanal/<int:pk>/kort/", views.edit, name="channel-edit"),
    path("kanal/<int:pk>/utse/", views.appoint, name="channel-appoint"),
    path("kanal/<int:pk>/atkomst/", views.give_access, name="channel-access"),
    path(
        "kanal/<int:pk>/atkomst/<int:holder>/avsluta/",
        views.end_access,
        name="channel-access-end",
    ),
    path("kanal/<int:pk>/intyga/<str:fact>/", views.attest, name="channel-attest"),
    path("kanal/<int:pk>/anslut/", views.connect, name="channel-connect"),
    path("kanal/<int:pk>/koppla-ifran/", views.disconnect, name="channel-disconnect"),
]
