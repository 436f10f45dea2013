"""What stops a command, in words, with an exit code that means something.

0 it went well; 1 what was examined is not well; 2 the command was asked wrongly; 3 the
machine, the database or the disk does not let it be done.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

NOT_WELL: Final = 1
ASKED_WRONGLY: Final = 2
CANNOT: Final = 3

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class Stop(Exception):
    """The command ends here; the text says why and what to do about it."""

    def __init__(self, text: str, *, code: int = CANNOT) -> None:
        super().__init__(text)
        self.code = code


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the machine refuses into a `Stop`."""
    try:
        yield
    except OSError as fault:
        raise Stop(_of_system(fault)) from fault


@contextmanager
def in_words_of_django() -> Iterator[None]:
    """Turn what the database and our own floors raise into a `Stop`, too."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error as DatabaseError

    from uppsikt.records.files import NoRoom
    from uppsikt.records.keys import BadKey, KeyMissing

    try:
        with in_words():
            yield
    except NoRoom as fault:
        raise Stop(FULL) from fault
    except (KeyMissing, BadKey) as fault:
        text = (
            f"Nyckeln {fault} saknas eller går inte att läsa. Lägg tillbaka den från "
            "säkerhetskopian i mappen keys i datamappen."
        )
        raise Stop(text) from fault
    except ImproperlyConfigured as fault:
        raise Stop(f"Inställningarna går inte att använda: {fault}") from fault
    except DatabaseError as fault:
        raise Stop(_of_database(fault)) from fault


FULL: Final = (
    "Disken är full. Inget är sparat till hälften: frigör plats och försök igen."
)


def _of_system(fault: OSError) -> str:
    if fault.errno in _FULL:
        return FULL
    where = fault.filename or "filen"
    if fault.errno in _CLOSED:
        return (
            f"Uppsikt får inte läsa eller skriva {where}. Ge kontot som kör Uppsikt "
            "rätt till den, eller välj en annan datamapp med --data."
        )
    return f"{where} går inte att använda: {fault.strerror or fault}."


def _of_database(fault: Exception) -> str:
    first = str(fault).strip().partition("\n")[0]
    if "disk is full" in first or "No space left" in first:
        return FULL
    if "no such table" in first or "does not exist" in first:
        return (
            "Databasen saknar Uppsikts tabeller. Kör uppsikt start, som lägger in dem."
            f" ({first})"
        )
    return (
        "Databasen går inte att nå. Kontrollera DATABASE_URL (eller datamappen) och "
        f"att databasen är igång. Den svarade: {first}"
    )
