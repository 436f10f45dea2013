"""The addresses of channels: the public list, and the staff's pages."""

from django.urls import include, path

from uppsikt.channels import (
    applying_views,
    deciding_views,
    exporting,
    import_views,
    public,
    renaming_views,
    views,
)

urlpatterns = [
    path("kanaler", public.index, name="channel-list"),
    path("", include("uppsikt.channels.register_urls")),
    path("", include("uppsikt.channels.changing_urls")),
    path("kanaler/<slug:slug>", public.card, name="channel-public"),
    path("mina-kanaler/", views.index, name="channels"),
    path(
        "mina-kanaler/kanaler.<str:kind>",
        exporting.staff_list,
        name="channel-export",
    ),
    path("kanaler-import/", import_views.index, name="channel-import"),
    path(
        "kanaler-import/<str:name>.xlsx",
        import_views.sheet,
        name="channel-import-sheet",
    ),
    path("kanaler-import/<int:pk>/", import_views.show, name="channel-import-show"),
    path(
        "kanaler-import/<int:pk>/angra/",
        import_views.undo,
        name="channel-import-undo",
    ),
    path(
        "kanaler-import/<int:pk>/slang/",
        import_views.discard,
        name="channel-import-discard",
    ),
    path("kanal/<int:pk>/stryk/", views.strike, name="channel-strike"),
    path("kanal/ny/", applying_views.apply, name="channel-apply"),
    path("kanal/<int:pk>/", views.card, name="channel"),
    path("kanal/<int:pk>/aterta/", views.withdraw, name="channel-withdraw"),
    path("kanal/<int:pk>/godkann/", deciding_views.approve, name="channel-approve"),
    path("kanal/<int:pk>/avsla/", views.decline, name="channel-decline"),
    path("kanal/<int:pk>/starta/", views.launch, name="channel-launch"),
    path("kanal/<int:pk>/ansok/", applying_views.regularise, name="channel-regularise"),
    path("kanal/<int:pk>/pausa/", views.pause, name="channel-pause"),
    path("kanal/<int:pk>/ateruppta/", views.resume, name="channel-resume"),
    path("kanal/<int:pk>/avveckla/", views.wind_down, name="channel-wind_down"),
    path("kanal/<int:pk>/behall/", views.keep, name="channel-keep"),
    path("kanal/<int:pk>/avsluta/", views.close, name="channel-close"),
    path("kanal/<int:pk>/kort/", views.edit, name="channel-edit"),
    path("kanal/<int:pk>/namnbyte/", renaming_views.rename, name="channel-rename"),
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
