"""The addresses of a channel's profile."""

from django.urls import path

from uppsikt.channels import profile_views as views

urlpatterns = [
    path("kanal/<int:pk>/profil/", views.show, name="channel-profile"),
    path("kanal/<int:pk>/profil/las/", views.look, name="channel-profile-look"),
    path("kanal/<int:pk>/profil/intyga/", views.attest, name="channel-profile-seen"),
    path("kanal/<int:pk>/profil/andring/", views.own_to, name="channel-profile-own"),
    path("kanal/<int:pk>/profil/bevisa/", views.prove, name="channel-profile-prove"),
    path(
        "kanal/<int:pk>/profil/bild/<int:reading>/",
        views.picture,
        name="channel-profile-picture",
    ),
]
