"""Exempelby's people: authorised, away and gone; its risks and platforms."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.channels import assessing, authorising, recovering, risking, staffing
from uppsikt.channels.assessing import Answers, Arrangement
from uppsikt.channels.authorising import Grant, Kind
from uppsikt.channels.models import Measure, SignOff
from uppsikt.channels.staffing import SignIn
from uppsikt.governance import absences, people
from uppsikt.governance.actors import Actor
from uppsikt.inbox import handing_over
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

OFFICE: Final = "sara"
DIRECTOR: Final = "johan"
OFFICER: Final = "disa"
KEEPER: Final = "sixten"
LEAVER: Final = {
    "key": "stina",
    "name": "Stina Holm",
    "title": "Vikarierande kommunikatör",
    "unit": "Kommunikationsstaben",
    "role": "publisher",
    "at": "stab",
}
UNAUTHORISED_EVERY: Final = 4
"""One channel in four has a substitute whom nobody has authorised yet."""
DECIDED: Final = ("facebook", "instagram")
LATE: Final = 10
"""The measure that is due so many weeks later is not done."""


def plan(town: Town, story: Story, now: datetime) -> None:
    """Put into the story what is done about people, risks and platforms."""
    days = {
        84: _authorise,
        75: _assess,
        60: _hire,
        40: _keep_codes,
        5: _leave,
        0: _away,
    }
    for ago, act in days.items():
        story.at(now - timedelta(days=ago, minutes=5), partial(act, town))


def _places(town: Town) -> Iterable[tuple[int, Place]]:
    return enumerate(town.places.values())


def _authorise(town: Town, at: datetime) -> None:
    approvers = {row["name"]: row["approver"] for row in towns.told("town")["channel"]}
    for number, place in _places(town):
        chief = town.actor(approvers[place.channel.name], at)
        users = [place.owner.person]
        if number % UNAUTHORISED_EVERY:
            users.append(place.deputy.person)
        for user in users:
            for kind in Kind:
                grant, node = Grant(kind, at.date()), place.channel.node
                authorising.authorise(node, user, grant, actor=chief, at=at)


def _assess(town: Town, at: datetime) -> None:
    office, director = town.actor(OFFICE, at), town.actor(DIRECTOR, at)
    officer = town.actor(OFFICER, at)
    risking.begin(actor=office, at=at)
    for site in DECIDED:
        told = Arrangement(
            "Plattformens villkor om gemensamt personuppgiftsansvar",
            at.date(),
            "Kommunen och plattformen ansvarar tillsammans för besöksstatistiken. "
            "Vänd dig till kommunens dataskyddsombud med frågor.",
        )
        assessing.arrange(site, told, actor=office, at=at)
        answers = Answers(
            children=True,
            sensitive_data=False,
            large_scale=True,
            new_technology=False,
            result="Konsekvensbedömning gjord och diarieförd.",
        )
        row = assessing.screen(site, answers, actor=office, at=at)
        said = "Godtagbart med de beslutade åtgärderna."
        assessing.advise(row, said, actor=officer, at=at)
        outcome = SignOff.Outcome.MEASURES
        risking.sign(site, outcome, "", actor=director, at=at)
    _share_out(town, office, at)


def _share_out(town: Town, office: Actor, at: datetime) -> None:
    """Give each platform's first measures an owner; one of them will be late."""
    for number, site in enumerate(DECIDED):
        rows = Measure.objects.filter(risk__site=site).order_by("pk")[:3]
        for weeks, row in enumerate(rows, start=9 + number):
            day = at.date() + timedelta(weeks=weeks)
            owner = town.people[OFFICE]
            risking.take_on(row, owner, day, actor=office, at=at)
            if weeks != LATE:
                risking.done(row, actor=office, at=at + timedelta(hours=weeks))


def _hire(town: Town, at: datetime) -> None:
    towns.invite(town, LEAVER, at)
    place = next(iter(town.places.values()))
    user, owner = town.people["stina"], town.actor("mikaela", at)
    guarded = SignIn.on("app", at.date())
    staffing.give_access(place.channel, user, guarded, "editor", actor=owner, at=at)


def _keep_codes(town: Town, at: datetime) -> None:
    for number, place in _places(town):
        if number % 2:
            continue
        known_by = [place.owner.person, place.deputy.person]
        where = f"Lösenordsvalvet, samlingen Kommunikation, {place.channel.name}"
        recovering.note(place.channel, where, known_by, actor=place.owner, at=at)


def _leave(town: Town, at: datetime) -> None:
    why, keeper = "Vikariatet är slut", town.actor(KEEPER, at)
    people.deactivate(town.people["stina"], why=why, actor=keeper, at=at)


def _away(town: Town, at: datetime) -> None:
    jonas = town.actor("jonas", at)
    handing_over.away_today(jonas.person, actor=jonas, at=at)
    week = at.date() + timedelta(days=7)
    anna = town.actor("anna", at)
    last = week + timedelta(days=4)
    absences.enter_uncovered(town.people["anna"], week, last, actor=anna, at=at)
