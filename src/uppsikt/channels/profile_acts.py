"""Acts on a profile: read it, say what stands there, own to a change of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels import connecting, profile, staffing
from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.channels.profile import Wanted
from uppsikt.governance import rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.platforms import Can, Profile
from uppsikt.platforms.profile_fields import Text
from uppsikt.policy.roles import Right
from uppsikt.policy.sameness import fingerprint
from uppsikt.records import ledger, media, vault

PICTURES = (media.PNG, media.JPEG, media.WEBP)
Source = ProfileReading.Source


class CannotRead(Exception):
    """No connector reads this channel's profile: a person has to look."""


class NoPicture(Exception):
    """A person says what stands there, and shows no picture of it."""


class AnotherText(Exception):
    """A text has been changed since the page was opened: what was seen is not it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person saw: which texts, in which version of them, where, with a picture.

    `impossible` is why the rules cannot stand on this channel, if they cannot.
    """

    texts: frozenset[Text]
    version: str
    picture: bytes
    place: str = ""
    impossible: str = ""


def must_see_to(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel runs and the actor sees to its profile."""
    staffing.must_run(channel, actor, rules.in_force(at).holders(Right.PROFILE))


def version(wanted: Wanted) -> str:
    """Return one mark for all the texts that are demanded now."""
    return fingerprint(" ".join(wanted.marks[text] or "-" for text in Text))


def look(channel: Channel, *, actor: Actor, at: datetime) -> ProfileReading:
    """Read the profile at the platform, because a person asks for it.

    Raises:
        CannotRead: there is no connector or no connection that can.
        PlatformError, connecting.KeyLost: the platform could not be asked.
    """
    must_see_to(channel, actor, at=at)
    return read(channel, actor=actor, at=at)


def read(channel: Channel, *, actor: Actor = CLOCK, at: datetime) -> ProfileReading:
    """Read the profile at the platform, compare it, and keep what was read.

    Raises as `look`.
    """
    if not connecting.can(channel, Can.PROFILE):
        raise CannotRead
    with connecting.reached(channel) as platform:
        answered = _fields(platform.profile(), platform.profile_fields)
    return keep(channel, answered, actor=actor, at=at)


@transaction.atomic
def keep(
    channel: Channel, answered: Mapping[str, str], *, actor: Actor, at: datetime
) -> ProfileReading:
    """Keep what the platform answered, by field, and what has changed since last."""
    wanted = profile.wanted(channel, at=at)
    seen = wanted.seen_in(answered)
    return _store(
        ProfileReading(
            channel=channel,
            source=Source.API,
            fields=dict(answered),
            fingerprint=_print_of(answered),
            changed=_changed(channel, answered, wanted, at),
            **_columns(seen),
        ),
        actor=actor,
        at=at,
    )


@transaction.atomic
def attest(
    channel: Channel, told: Told, *, actor: Actor, at: datetime
) -> ProfileReading:
    """Keep what a person saw on the profile, with the picture that shows it.

    Raises:
        AnotherText: the texts are not those that were on the page.
        NoPicture: there is none.
        media.NotWhatItSays: the picture is none.
    """
    must_see_to(channel, actor, at=at)
    wanted = profile.wanted(channel, at=at)
    if told.version != version(wanted):
        raise AnotherText
    if not told.picture:
        raise NoPicture
    seen = {t: wanted.marks[t] if t in told.texts else "" for t in Text}
    kind = media.checked(told.picture, PICTURES)
    return _store(
        ProfileReading(
            channel=channel,
            source=Source.PERSON,
            by=actor.person,
            place=told.place.strip(),
            rules_impossible=_reason(told),
            picture=vault.keep(told.picture, kind, at=at),
            **_columns(seen),
        ),
        actor=actor,
        at=at,
    )


@transaction.atomic
def own_to(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Say that the last change of the profile was ours; nothing to do if none was."""
    must_see_to(channel, actor, at=at)
    latest = last_answer(channel, at=at)
    if latest is None or not latest.pending(at):
        return
    latest.accepted_at, latest.accepted_by = at, actor.person
    latest.save(update_fields=["accepted_at", "accepted_by"])
    told: dict[str, ledger.JsonValue] = {"reading": latest.pk, "fields": latest.changed}
    act = "profile.own_to"
    ledger.append(act, channel.subject, told, actor=actor.name, at=at)


def last_answer(channel: Channel, *, at: datetime) -> ProfileReading | None:
    """Return the platform's last answer until `at`, if there is one."""
    rows = ProfileReading.objects.filter(channel=channel, source=Source.API, at__lte=at)
    return rows.order_by("pk").last()


def _fields(shown: Profile, names: frozenset[str]) -> dict[str, str]:
    """Return the texts of a profile; how many follow it is none."""
    told = {name: getattr(shown, name) for name in sorted(names)}
    return {name: text for name, text in told.items() if isinstance(text, str)}


def _changed(
    channel: Channel, answered: Mapping[str, str], wanted: Wanted, at: datetime
) -> list[str]:
    """Return the fields that changed and nobody has owned to, those from before too.

    What has become just what should stand there is no surprise.
    """
    before = last_answer(channel, at=at)
    if before is None:
        return []
    proposed = {one.field.read_as: fingerprint(one.text) for one in wanted.fitted}
    fresh = [
        name
        for name, text in answered.items()
        if before.fields.get(name, "") != text
        and proposed.get(name) != fingerprint(text)
    ]
    return sorted({*before.pending(at), *fresh})


def _columns(seen: Mapping[Text, str]) -> dict[str, str]:
    return {f"{text}_seen": mark for text, mark in seen.items()}


def _print_of(answered: Mapping[str, str]) -> str:
    return fingerprint("\n".join(f"{k}: {v}" for k, v in sorted(answered.items())))


def _reason(told: Told) -> str:
    """Return why the rules cannot stand there; what stands there needs no reason."""
    return "" if Text.RULES in told.texts else told.impossible.strip()


def _store(reading: ProfileReading, *, actor: Actor, at: datetime) -> ProfileReading:
    told: dict[str, ledger.JsonValue] = {
        "source": reading.source,
        "fingerprint": reading.fingerprint,
        "seen": {text.value: getattr(reading, f"{text}_seen") for text in Text},
        "changed": reading.changed,
        "place": reading.place,
        "rules_impossible": reading.rules_impossible,
        "picture": reading.picture.name if reading.picture else "",
    }
    subject = reading.channel.subject
    reading.at = at
    reading.entry = ledger.append(
        "profile.read", subject, told, actor=actor.name, at=at
    )
    reading.save(force_insert=True)
    return reading
