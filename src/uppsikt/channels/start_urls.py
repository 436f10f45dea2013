"""The addresses of a channel's start: decision, notice, rights, orders."""

from django.urls import path

from uppsikt.channels import (
    applying_views,
    catalogue_views,
    deciding_views,
    ordering_views,
    starting_views,
)

NOTICE = "kanal/uppstart/<int:pk>"
RIGHTS = "kanal/rattigheter/<int:pk>"
ORDER = "kanal/beslutat/<int:pk>"

urlpatterns = [
    path("kanal/befintlig/", applying_views.enter, name="channel-enter"),
    path("plattformar/", catalogue_views.index, name="platforms"),
    path("kanal/<int:pk>/beslut/", deciding_views.show, name="channel-decision"),
    path(
        "kanal/<int:pk>/beslut.html",
        deciding_views.page,
        name="channel-decision-page",
    ),
    path("kanal/<int:pk>/beslut.pdf", deciding_views.pdf, name="channel-decision-pdf"),
    path(f"{NOTICE}/kvittera/", starting_views.receive, name="start_notice-receive"),
    path(f"{NOTICE}/lyft/", starting_views.escalate, name="start_notice-escalate"),
    path(f"{NOTICE}/besvara/", starting_views.settle, name="start_notice-settle"),
    path("kanal/<int:pk>/rattigheter/", starting_views.give, name="handover-give"),
    path(f"{RIGHTS}/bekrafta/", starting_views.confirm, name="handover-confirm"),
    path(f"{RIGHTS}/aterta/", starting_views.recall, name="handover-recall"),
    path("kanal/<int:pk>/beordra/", ordering_views.give, name="order-give"),
    path(f"{ORDER}/", ordering_views.show, name="order"),
    path(f"{ORDER}.html", ordering_views.page, name="order-page"),
    path(f"{ORDER}.pdf", ordering_views.pdf, name="order-pdf"),
    path(f"{ORDER}/genomfort/", ordering_views.carry_out, name="order-carry_out"),
    path(f"{ORDER}/aterta/", ordering_views.withdraw, name="order-withdraw"),
]
