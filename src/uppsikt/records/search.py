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
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from uppsikt.records import bulk
from uppsikt.records.asking import Question, read
from uppsikt.records.models import SearchDocument
from uppsikt.records.stems import STEMMER_VERSION, index_text

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
        subject: (subject, path, at, index_text(text), STEMMER_VERSION)
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
    """Find what has all words and "phrases in quotes" of `query`, below `paths`.

    A word may be begun only, or be what a longer one ends in (`asking`). Last told
    first: the index is read in that order, so that the first page of a common word
    costs little more than the index itself. No words or no paths find nothing.
    """
    question = read(query)
    if not question.terms or not paths:
        return SearchDocument.objects.none()
    found = RawSQL(_FOUND[connection.vendor], [_asked(question)])  # noqa: S611 (the words are a parameter)
    rows = SearchDocument.objects.filter(_below(paths), pk__in=found)
    for phrase in question.phrases:
        padded = Concat(Value(" "), "stems", Value(" "), output_field=TextField())
        rows = rows.alias(padded=padded).filter(padded__contains=f" {phrase} ")
    return rows.order_by("-pk")


def outdated(prefix: str) -> Iterator[str]:
    """Yield subjects that begin so whose stems another version made, oldest first."""
    older, newer = Q(version__lt=STEMMER_VERSION), Q(version__gt=STEMMER_VERSION)
    rows = SearchDocument.objects.filter(older | newer, subject__startswith=prefix)
    return rows.order_by("pk").values_list("subject", flat=True).iterator()


def _below(paths: Sequence[str]) -> Q:
    if EVERYWHERE in paths:
        return Q()
    return reduce(or_, (Q(path__startswith=path) for path in paths))


def _asked(question: Question) -> str:
    """Write the question; a term is letters and digits, so it needs only its quotes."""
    sqlite = connection.vendor == "sqlite"
    quote, begun, both = ('"', "*", " ") if sqlite else ("'", ":*", " & ")
    return both.join(
        f"{quote}{term}{quote}{begun if term in question.begun else ''}"
        for term in question.terms
    )
