"""The addresses of the card's people, risks and platforms, and of its timeline."""

from django.urls import path

from uppsikt.channels import assessing_views as assessing
from uppsikt.channels import past_views, people_views, risk_views

urlpatterns = [
    path("kanal/<int:pk>/personer/", people_views.people, name="channel-people"),
    path("kanal/<int:pk>/tillstand/", people_views.authorise, name="channel-authorise"),
    path(
        "kanal/<int:pk>/tillstand/<int:row>/avsluta/",
        people_views.end_authorisation,
        name="channel-authorisation-end",
    ),
    path(
        "kanal/<int:pk>/tvafaktor/", people_views.two_factor, name="channel-two-factor"
    ),
    path(
        "kanal/<int:pk>/aterstallning/", people_views.recovery, name="channel-recovery"
    ),
    path(
        "kanal/<int:pk>/utgivningsbevis/",
        people_views.certificate,
        name="channel-certificate",
    ),
    path(
        "kanal/<int:pk>/egenkontroll/",
        people_views.self_check,
        name="channel-self-check",
    ),
    path("kanal/<int:pk>/tidslinje/", past_views.timeline, name="channel-timeline"),
    path("avslutade-behorigheter/", people_views.leavers, name="leavers"),
    path(
        "avslutade-behorigheter/<int:pk>/",
        people_views.revoke,
        name="access-revoke",
    ),
    path("risker/", risk_views.index, name="risks"),
    path("risker/borja/", risk_views.begin, name="risk-begin"),
    path("risker/ny/", risk_views.new, name="risk-new"),
    path("risker/<int:pk>/", risk_views.risk, name="risk"),
    path("risker/<int:pk>/vag/", risk_views.weigh, name="risk-weigh"),
    path("risker/<int:pk>/stang/", risk_views.close, name="risk-close"),
    path("risker/<int:pk>/atgard/", risk_views.measure, name="risk-measure"),
    path("atgarder/<int:pk>/", risk_views.take_on, name="measure-take-on"),
    path("atgarder/<int:pk>/klar/", risk_views.done, name="measure-done"),
    path("plattform/<slug:site>/", assessing.platform, name="platform"),
    path("plattform/<slug:site>/beslut/", assessing.sign, name="platform-sign"),
    path("plattform/<slug:site>/avtal/", assessing.arrange, name="platform-arrange"),
    path(
        "plattform/<slug:site>/provning/",
        assessing.screen,
        name="platform-screen",
    ),
    path(
        "plattform/<slug:site>/yttrande/",
        assessing.advise,
        name="platform-advise",
    ),
]
