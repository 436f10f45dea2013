"""The addresses of what is done before something is published."""

from django.urls import path

from uppsikt.publishing import picture_views as views

urlpatterns = [
    path("bilder/", views.index, name="own-pictures"),
    path("bilder/ny/", views.new, name="own-picture-new"),
    path("bilder/<int:pk>/", views.show, name="own-picture"),
    path("bilder/<int:pk>/svara/", views.clear, name="own-picture-clear"),
    path("bilder/<int:pk>/rensa/", views.weed, name="own-picture-weed"),
    path("bilder/<int:pk>/bild/", views.look, name="own-picture-look"),
    path("bilder/<int:pk>/hamta/", views.take, name="own-picture-take"),
]
