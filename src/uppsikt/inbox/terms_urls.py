"""The addresses of response times and working calendars."""

from django.urls import path

from uppsikt.inbox import (
    calendar_views,
    open_figures,
    pause_views,
    statistics_views,
    terms_views,
)

urlpatterns = [
    path(
        "kanaler/svarstider.<str:kind>", open_figures.answer_times, name="answer-times"
    ),
    path("statistik/", statistics_views.index, name="statistics"),
    path("statistik/fragor/", statistics_views.questions, name="statistics-questions"),
    path("statistik/svar.<str:kind>", statistics_views.file, name="statistics-file"),
    path("inkorg/<int:pk>/pausa/", pause_views.pause, name="item-pause"),
    path("inkorg/<int:pk>/fortsatt/", pause_views.resume, name="item-go-on"),
    path("svarstider/", terms_views.index, name="terms"),
    path("svarstider/kanal/<int:pk>/", terms_views.channel, name="channel-terms"),
    path("svarstider/arbetstider/", calendar_views.main, name="calendar-main"),
    path("svarstider/arbetstider/ny/", calendar_views.new, name="calendar-new"),
    path("svarstider/arbetstider/<int:pk>/", calendar_views.show, name="calendar"),
]
