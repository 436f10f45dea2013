"""The addresses of the watch and its rota: see `addresses`."""

from typing import Final

from tests.web.filling import Sample, Whose, channel, nothing

WATCH: Final[dict[str, Sample]] = {
    "watch": (Whose.OWN, nothing),
    "watch-begin": (Whose.OWN, nothing),
    "rota": (Whose.OWN, nothing),
    "rota-feed-begin": (Whose.OWN, nothing),
    "rota-feed-end": (Whose.OWN, nothing),
    "rota-feed": (Whose.ANYBODY, lambda _: {"token": "1.x"}),
    "rota-channel": (Whose.SOME, channel),
    "rota-week": (Whose.SOME, channel),
    "rota-days": (Whose.SOME, channel),
    "rota-ask": (Whose.SOME, channel),
    "rota-answer": (Whose.SOME, lambda w: {"pk": w.channel.swaps.earliest("pk").pk}),
    "watch-answer": (
        Whose.SOME,
        lambda w: {"pk": w.channel.missed_days.earliest("pk").pk},
    ),
    "watch-map": (Whose.OWN, nothing),
    "watch-gaps": (Whose.OWN, nothing),
    "watch-gaps-file": (Whose.OWN, lambda w: {"what": "dagar", "ending": "csv"}),
    "watch-day": (Whose.SOME, lambda w: {**channel(w), "text": "2026-03-02"}),
    "watch-quiet": (Whose.SOME, channel),
    "watch-proof": (Whose.SOME, lambda w: {"pk": w.tick.pk}),
    "watch-end": (Whose.OWN, nothing),
    "watch-look": (Whose.SOME, channel),
    "watch-go-on": (Whose.SOME, channel),
    "watch-tick-all": (Whose.OWN, nothing),
    "watch-channel": (Whose.SOME, channel),
    "watch-tick": (Whose.SOME, channel),
    "watch-undo": (Whose.SOME, lambda w: {"pk": w.tick.pk}),
}
