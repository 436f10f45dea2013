"""The addresses of samples of what we have answered."""

from django.urls import path

from uppsikt.inbox import sample_views

urlpatterns = [
    path("stickprov/", sample_views.index, name="samples"),
    path("stickprov/dra/", sample_views.draw, name="samples-draw"),
    path("stickprov/utdrag.<slug:ending>", sample_views.file, name="samples-file"),
    path("stickprov/<int:pk>/", sample_views.show, name="sample"),
    path("stickprov/<int:pk>/folj-upp/", sample_views.follow_up, name="sample-follow"),
    path("stickprov/svar/<int:pk>/", sample_views.answer, name="sample-answer"),
]
