"""What people write, and how the channels answer, by chance that is always the same."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from uppsikt.web.demo.town import Place, Town, told

COMMENTS: Final = 600
HISTORY: Final = 15
KINDS: Final = {"question": 9, "complaint": 4, "thanks": 4, "opinion": 5}
FIRST: Final = (
    *("Maja", "Olle", "Signe", "Vera", "Nils", "Ebba", "Hugo", "Leila", "Omar"),
    *("Freja", "Sven", "Astrid", "Amir", "Greta", "Folke", "Zahra", "Ingrid", "Leo"),
    *("Tuva", "Bo", "Yasmin", "Ragnar", "Stina", "Emil", "Lovisa", "Kalle", "Hanna"),
)
WHERE: Final = ("Ekbacken", "Kvarnby", "Sjöstaden", "Lärkdalen", "Åsen", "Norrängen")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment before it is written: where, when, by whom, and what becomes of it."""

    place: Place
    at: datetime
    author: str
    text: str
    kind: str
    answer: str


class Talkers:
    """The people of the town. The same seed, day and data give the same comments."""

    def __init__(self, town: Town, chance: Random) -> None:
        self.chance = chance
        self.places = list(town.places.values())
        self.data = told("talk")

    def comments(self, first: datetime, last: datetime) -> list[Comment]:
        """Return all comments between two moments, in order."""
        weights = [place.weight for place in self.places]
        places = self.chance.choices(self.places, weights, k=COMMENTS)
        made = [self._comment(place, self._moment(first, last)) for place in places]
        return sorted(made, key=lambda c: c.at)

    def history(self, last: datetime) -> list[Comment]:
        """Return some comments from before the channels were launched."""
        places = self.chance.choices(self.places, k=HISTORY)
        return [
            self._comment(p, last - timedelta(days=self.chance.uniform(1, 20)))
            for p in places
        ]

    def post(self, place: Place) -> str:
        """Return something that the channel itself says."""
        posts = [row for row in self.data["post"] if row["on"] in place.talk]
        return str(self.chance.choice(self.chance.choice(posts)["texts"]))

    def thanked(self) -> str:
        """Return a short word back to somebody who has thanked."""
        return str(self.chance.choice(self.data["thanked"]))

    def why_passed_by(self) -> str:
        """Return why something needs no answer."""
        return str(self.chance.choice(self.data["passed_by"]))

    def author(self) -> str:
        """Return the name that somebody has chosen for themselves."""
        return f"{self.chance.choice(FIRST)} i {self.chance.choice(WHERE)}"

    def _comment(self, place: Place, at: datetime) -> Comment:
        rows = [row for row in self.data["talk"] if row["on"] in place.talk]
        row = self.chance.choices(rows, [KINDS[r["kind"]] for r in rows])[0]
        words = {k: self.chance.choice(v) for k, v in self.data["slots"].items()}
        answers = row["answers"]
        return Comment(
            place,
            at,
            self.author(),
            self._text(row, words),
            row["kind"],
            self.chance.choice(answers).format(**words) if answers else "",
        )

    def _text(self, row: dict[str, Any], words: dict[str, str]) -> str:
        text = str(self.chance.choice(row["texts"])).format(**words)
        text = text[:1].upper() + text[1:]
        if row["kind"] not in ("question", "complaint"):
            return text
        greeting = self.chance.choice(self.data["greetings"])
        ending = self.chance.choice(self.data["endings"])
        return f"{greeting}{text}{ending}"

    def _moment(self, first: datetime, last: datetime) -> datetime:
        """Return a moment by day or evening; somewhat more often lately than before."""
        days = (last - first).days
        ago = int(days * (1 - self.chance.random() ** 0.8))
        day = timezone.localtime(last).date() - timedelta(days=ago)
        hour = self.chance.triangular(6.5, 23.0, 17.0)
        clock = time(int(hour), int(hour % 1 * 60), self.chance.randrange(60))
        moment = timezone.make_aware(datetime.combine(day, clock))
        return min(moment, last - timedelta(minutes=self.chance.randrange(2, 90)))
