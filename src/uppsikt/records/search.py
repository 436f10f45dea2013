"""The search index: stems of open texts, found by word on SQLite and PostgreSQL alike.

What is restricted or secluded is not in it: who makes it so calls `forget`, and it is
not handed in again. Nothing selects persons by a sensitive matter (D-16). The index
follows its table in the same transaction: by the triggers of a migration on SQLite, by
itself on PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeAlias

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from uppsikt.records import bulk
from uppsikt.records.models import SearchDocument
from uppsikt.records.stems import STEMMER_VERSION, query_terms, stem_text

Text: TypeAlias = tuple[str, str, str]
"""Subject, path of the node that decides who sees it, and the text itself."""

EVERYWHERE = ""
_REPLACED = ("path", "at", "stems", "version")
_COLUMNS = ("subject", *_REPLACED)
_FOUND = {
    "sqlite": "SELECT rowid FROM records_search WHERE records_search MATCH %s",
    "postgresql": (
        "SELECT id FROM records_searchdocument WHERE "
        "array_to_tsvector(string_to_array(stems, ' ')) @@ %s::tsquery"
    ),
}


def index(subject: str, path: str, text: str, *, at: datetime) -> None:
    """Make `text` findable as `subject`, in the place of what was known before."""
    index_many([(subject, path, text)], at=at)


def index_many(texts: Iterable[Text], *, at: datetime) -> None:
    """Make many texts findable, such as those of a fetch.

    A subject that comes twice counts as it came last.
    """
    rows = {
        subject: (subject, path, at, stem_text(text), STEMMER_VERSION)
        for subject, path, text in texts
    }
    bulk.put(
        SearchDocument,
        _COLUMNS,
        [*rows.values()],
        unique="subject",
        update=_REPLACED,
    )


def forget(subject: str) -> None:
    """Make a subject unfindable."""
    SearchDocument.objects.filter(subject=subject).delete()


def find(query: str, paths: Sequence[str]) -> "QuerySet[SearchDocument]":
    """Find what has all words of `query`, the last one begun at least, below `paths`.

    Last told first: the index is read in that order, so that the first page of a common
    word costs little more than the index itself. No words or no paths find nothing.
    """
    terms = query_terms(query)
    if not terms or not paths:
        return SearchDocument.objects.none()
    found = RawSQL(_FOUND[connection.vendor], [_asked(terms)])  # noqa: S611 (the words are a parameter)
    rows = SearchDocument.objects.filter(_below(paths), pk__in=found)
    return rows.order_by("-pk")


def outdated(prefix: str) -> Iterator[str]:
    """Yield subjects that begin so whose stems another version made, oldest first."""
    rows = SearchDocument.objects.exclude(version=STEMMER_VERSION)
    rows = rows.filter(subject__startswith=prefix).order_by("pk")
    return rows.values_list("subject", flat=True).iterator()


def _below(paths: Sequence[str]) -> Q:
    if EVERYWHERE in paths:
        return Q()
    return reduce(or_, (Q(path__startswith=path) for path in paths))


def _asked(terms: Sequence[str]) -> str:
    """Write the question; a term is letters and digits, so it needs only its quotes."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{term}"' for term in terms) + "*"
    return " & ".join(f"'{term}'" for term in terms) + ":*"
