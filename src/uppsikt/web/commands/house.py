"""Opening the house: where its data lie, its settings, and nobody else in it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from uppsikt.web.commands.stops import ASKED_WRONGLY, Stop, in_words

SETTINGS: Final = "uppsikt.web.settings"
LOCK: Final = "lock"


def choose(data: Path | None, *, demo: bool = False) -> None:
    """Let the settings, which are read later, find this data folder and this mode."""
    if demo:
        os.environ["UPPSIKT_DEMO"] = "1"
        data = data or Path.home() / ".local" / "share" / "uppsikt-demo"
    if data is not None:
        os.environ["UPPSIKT_DATA"] = str(data.absolute())


def open_up() -> None:
    """Read the settings and make the program ready, in Swedish.

    Raises:
        Stop: a setting cannot be used, or the data folder cannot be written.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    with in_words():
        _make_folder()
        import django
        from django.core.exceptions import ImproperlyConfigured

        try:
            django.setup()
        except ImproperlyConfigured as fault:
            text = f"Inställningarna går inte att använda: {fault}"
            raise Stop(text) from fault
    from django.utils import translation

    translation.activate("sv")


def chosen() -> Path:
    """Return the data folder that the settings will read; it may not exist yet."""
    default = Path.home() / ".local" / "share" / "uppsikt"
    return Path(os.environ.get("UPPSIKT_DATA", default))


def folder() -> Path:
    """Return the data folder."""
    from django.conf import settings

    return Path(settings.DATA)


def keep_demo_at_home(host: str) -> None:
    """Let the demonstration, where one click signs in, listen on this machine alone.

    Raises:
        Stop: others could reach it at `host`.
    """
    from django.conf import settings

    if settings.DEMO and not _is_this_machine(host):
        text = (
            f"Demoläget öppnar alla dörrar, så det lyssnar bara på den egna datorn och "
            f"inte på {host}. Utelämna --host."
        )
        raise Stop(text, code=ASKED_WRONGLY)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def on_sqlite() -> bool:
    """Tell whether the database is a file in the data folder."""
    from django.db import connection

    return connection.vendor == "sqlite"


@contextmanager
def alone() -> Iterator[None]:
    """Keep every other process that works out of the data folder.

    Raises:
        Stop: somebody is in it already.
    """
    path = folder() / LOCK
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = (
                f"Uppsikt är redan igång med datamappen {path.parent}. Avsluta det "
                "först, eller välj en annan mapp med --data."
            )
            raise Stop(text) from None
        yield


def _make_folder() -> None:
    """Make the data folder, for our own account only, where it is named."""
    if named := os.environ.get("UPPSIKT_DATA"):
        Path(named).mkdir(mode=0o700, parents=True, exist_ok=True)
