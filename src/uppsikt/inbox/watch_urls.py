"""The addresses of the daily round."""

from django.urls import path

from uppsikt.inbox import look_views, watch_views

urlpatterns = [
    path("uppsikt/", watch_views.watch, name="watch"),
    path("uppsikt/alla/", watch_views.tick_all, name="watch-tick-all"),
    path("uppsikt/runda/", look_views.begin, name="watch-begin"),
    path("uppsikt/runda/klar/", look_views.end, name="watch-end"),
    path("uppsikt/runda/<int:pk>/", look_views.look, name="watch-look"),
    path("uppsikt/runda/<int:pk>/klar/", look_views.go_on, name="watch-go-on"),
    path("uppsikt/<int:pk>/", watch_views.channel, name="watch-channel"),
    path("uppsikt/<int:pk>/bocka/", watch_views.tick, name="watch-tick"),
    path("uppsikt/angra/<int:pk>/", watch_views.undo, name="watch-undo"),
]
