"""The addresses of corrections of what we have written ourselves."""

from django.urls import path

from uppsikt.inbox import lapse_views

urlpatterns = [
    path("rattelser/", lapse_views.index, name="lapses"),
    path("rattelser/ny/", lapse_views.new, name="lapse-new"),
    path("rattelser/<int:pk>/", lapse_views.show, name="lapse"),
    path("rattelser/<int:pk>/ratta/", lapse_views.correct, name="lapse-correct"),
    path("rattelser/<int:pk>/<slug:name>/", lapse_views.move, name="lapse-move"),
]
