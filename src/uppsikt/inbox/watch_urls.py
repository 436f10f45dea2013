"""The addresses of the daily round."""

from django.urls import path, re_path

from uppsikt.inbox import gap_views, handing_views, look_views, watch_views

urlpatterns = [
    path("uppsikt/", watch_views.watch, name="watch"),
    path("uppsikt/alla/", watch_views.tick_all, name="watch-tick-all"),
    path("uppsikt/runda/", look_views.begin, name="watch-begin"),
    path("uppsikt/runda/klar/", look_views.end, name="watch-end"),
    path("uppsikt/runda/<int:pk>/", look_views.look, name="watch-look"),
    path("uppsikt/runda/<int:pk>/klar/", look_views.go_on, name="watch-go-on"),
    path("franvaro/idag/", handing_views.away_today, name="absence-today"),
    path("uppsikt/missad/<int:pk>/", handing_views.answer, name="watch-answer"),
    path("uppsikt/karta/", gap_views.heat_map, name="watch-map"),
    path("uppsikt/luckor/", gap_views.report, name="watch-gaps"),
    re_path(
        r"^uppsikt/luckor/(?P<what>kanaler|dagar)[.](?P<ending>csv|xlsx)$",
        gap_views.report_file,
        name="watch-gaps-file",
    ),
    path("uppsikt/<int:pk>/dag/<str:text>/", gap_views.day, name="watch-day"),
    path("uppsikt/<int:pk>/oppen/", watch_views.say_quiet, name="watch-quiet"),
    path("uppsikt/bevis/<int:pk>/", gap_views.proof, name="watch-proof"),
    path("uppsikt/<int:pk>/", watch_views.channel, name="watch-channel"),
    path("uppsikt/<int:pk>/bocka/", watch_views.tick, name="watch-tick"),
    path("uppsikt/angra/<int:pk>/", watch_views.undo, name="watch-undo"),
]
