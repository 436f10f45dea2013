"""Read again what an earlier version of the analysis, or of the stems, has read."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from uppsikt.checks.text import ANALYSIS_VERSION, Signal, analyse
from uppsikt.checks.text.register import RULES, rule_of
from uppsikt.governance import rules
from uppsikt.inbox import pointing, twins
from uppsikt.inbox.models import Item, ItemSignal, ItemVersion
from uppsikt.inbox.showing import Shown
from uppsikt.policy.guideline import Guideline
from uppsikt.records import search

AT_ONCE: Final = 200
PREFIX: Final = "item:"


def reread(now: datetime) -> int:
    """Analyse again versions that another analysis read, newest first; return how many.

    Safe to run twice and beside itself: who sets a version's number first reads it.
    """
    rows = ItemVersion.objects.filter(analysis__lt=ANALYSIS_VERSION)
    found = (
        rows.select_related("item__channel").prefetch_related("signals").order_by("-pk")
    )
    shown, guideline = Shown.now(), rules.in_force(now)
    return sum(_reread(version, shown, guideline) for version in found[:AT_ONCE])


@transaction.atomic
def _reread(version: ItemVersion, shown: Shown, guideline: Guideline) -> bool:
    rows = ItemVersion.objects.filter(pk=version.pk, analysis=version.analysis)
    if not rows.update(analysis=ANALYSIS_VERSION):
        return False
    if version.item.own or version.item.secluded:
        return True
    told = analyse(version.text)
    kept = [one for one in version.signals.all() if _stands(one, shown)]
    version.signals.exclude(pk__in=[one.pk for one in kept]).delete()
    pointing.keep([(version.pk, told)])
    if version.number == version.item.versions_seen:
        _tell_item(version.item, [*kept, *shown.among(told)], guideline)
    return True


def _stands(one: ItemSignal, shown: Shown) -> bool:
    """Tell whether an earlier version's signal stays: while the new one runs silent."""
    known = RULES.get(rule_of(one.rule))
    if known is None or known.version == one.rule_version:
        return False
    return shown(one.rule, one.rule_version) and not shown(one.rule, known.version)


def _tell_item(
    item: Item, seen: Iterable[Signal | ItemSignal], guideline: Guideline
) -> None:
    twin = twins.of(item.channel.site, item.author_id or item.author_handle, item.text)
    rows = Item.objects.filter(pk=item.pk)
    rows.update(twin=twin, **pointing.pointed_at(seen, guideline))


def reindex(now: datetime) -> int:
    """Index again texts whose stems another version made; return how many.

    What has become restricted or secluded leaves the index instead.
    """
    subjects = list(islice(search.outdated(PREFIX), AT_ONCE))
    numbers = [int(subject.removeprefix(PREFIX)) for subject in subjects]
    rows = Item.objects.filter(pk__in=numbers, restricted=False, secluded=False)
    texts = {it.subject: it for it in rows.select_related("channel__node")}
    search.index_many(
        [(subject, it.path, it.text) for subject, it in texts.items()], at=now
    )
    for subject in set(subjects) - set(texts):
        search.forget(subject)
    return len(subjects)
