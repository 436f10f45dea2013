"""The addresses of the daily round."""

from django.urls import path, re_path

from uppsikt.inbox import gap_views, handing_views, look_views, rota_views, watch_views

urlpatterns = [
    path("uppsikt/", watch_views.watch, name="watch"),
    path("uppsikt/alla/", watch_views.tick_all, name="watch-tick-all"),
    path("uppsikt/runda/", look_views.begin, name="watch-begin"),
    path("uppsikt/runda/klar/", look_views.end, name="watch-end"),
    path("uppsikt/runda/<int:pk>/", look_views.look, name="watch-look"),
    path("uppsikt/runda/<int:pk>/klar/", look_views.go_on, name="watch-go-on"),
    path("uppsikt/schema/", rota_views.ahead, name="rota"),
    path("uppsikt/schema/adress/", rota_views.begin_feed, name="rota-feed-begin"),
    path("uppsikt/schema/adress/slut/", rota_views.end_feed, name="rota-feed-end"),
    path("uppsikt/schema/<str:token>.ics", rota_views.feed, name="rota-feed"),
    path("uppsikt/schema/<int:pk>/", rota_views.channel, name="rota-channel"),
    path("uppsikt/schema/<int:pk>/vecka/", rota_views.set_week, name="rota-week"),
    path("uppsikt/schema/<int:pk>/dagar/", rota_views.set_days, name="rota-days"),
    path("uppsikt/schema/<int:pk>/byt/", rota_views.ask, name="rota-ask"),
    path("uppsikt/schema/byte/<int:pk>/", rota_views.answer, name="rota-answer"),
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
