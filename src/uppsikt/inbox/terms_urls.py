"""The addresses of response times and working calendars."""

from django.urls import path

from uppsikt.inbox import (
    calendar_views,
    pause_views,
    terms_views,
)

urlpatterns = [
    path("inkorg/<int:pk>/pausa/", pause_views.pause, name="item-pause"),
    path("inkorg/<int:pk>/fortsatt/", pause_views.resume, name="item-go-on"),
    path("svarstider/", terms_views.index, name="terms"),
    path("svarstider/kanal/<int:pk>/", terms_views.channel, name="channel-terms"),
    path("svarstider/arbetstider/", calendar_views.main, name="calendar-main"),
    path("svarstider/arbetstider/ny/", calendar_views.new, name="calendar-new"),
    path("svarstider/arbetstider/<int:pk>/", calendar_views.show, name="calendar"),
]
