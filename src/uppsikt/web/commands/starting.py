"""Starting everything: data folder, tables, guideline, first link, web and worker."""

import errno
import http.client
import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from uppsikt.web.commands import house, together
from uppsikt.web.commands.saying import complain, say
from uppsikt.web.commands.stops import ASKED_WRONGLY, Stop, in_words_of_django
from uppsikt.web.commands.together import Children

LOOPBACK: Final = "127.0.0.1"
_LOOK_EVERY = 0.1
_LONGEST_START = 60.0
_NAMES: Final = {"web": "Webbservern", "worker": "Arbetaren"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants the program to be started."""

    host: str
    port: int
    demo: bool
    fresh: bool
    admin: str
    municipality: str

    @property
    def address(self) -> str:
        shown = "localhost" if self.host in (LOOPBACK, "0.0.0.0", "::") else self.host  # noqa: S104 (compared with)
        return f"http://{shown}:{self.port}/"


def start(wishes: Wishes) -> int:
    """Start the program and keep it running until somebody ends it.

    Raises:
        Stop: it cannot start; nothing is left running.
    """
    _refuse_taken(wishes)
    with house.alone():
        with in_words_of_django():
            door = _prepare(wishes)
        with (
            together.ended_by_signals() as ending,
            together.started(_commands(wishes)) as c,
        ):
            if not _is_up(wishes, c, ending):
                return _ended(c, ending)
            _welcome(wishes, door)
            together.watch(c, ending)
            return _ended(c, ending)


def _prepare(wishes: Wishes) -> str:
    """Make the installation ready; return the first administrator's link, if any."""
    if wishes.demo:
        _refuse_anothers()
    if wishes.fresh:
        _empty(house.folder())
    from uppsikt.web import worker
    from uppsikt.web.commands import preparing

    at = worker.now()
    if kept := preparing.migrate(at):
        say(f"Säkerhetskopia före uppgraderingen: {kept}")
    if wishes.demo:
        from uppsikt.web import demo

        if demo.fill(worker.now()):
            say("Exempelby kommun är på plats.")
        return ""
    top = preparing.found(wishes.municipality, at)
    if not preparing.is_empty():
        return ""
    if not (email := wishes.admin or _asked()):
        return ""
    return preparing.invite_first(email, top, f"{wishes.address}konto/inbjudan/", at)


def _asked() -> str:
    """Ask who the first administrator is, where there is somebody to ask."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return input("E-postadress till den första systemadministratören: ").strip()
    complain(
        "Ingen kan logga in än. Starta med --admin namn@kommunen.se, så får du en länk."
    )
    return ""


def _refuse_anothers() -> None:
    """Keep the demonstration out of a real installation, before a table is touched."""
    from uppsikt.web import demo

    if not demo.is_ours():
        raise Stop(
            f"{house.folder()} har annat än exempeldata. Demoläget startar bara i en "
            "tom mapp eller en egen: välj en annan med --data.",
            code=ASKED_WRONGLY,
        )


def _empty(data: Path) -> None:
    """Remove what a demonstration has made, and nothing else."""
    from django.db import connection

    if not house.on_sqlite():
        text = "--fresh tömmer bara en datamapp. Töm databasen i DATABASE_URL själv."
        raise Stop(text, code=ASKED_WRONGLY)
    from uppsikt.web import demo

    connection.close()
    demo.empty(data)


def _refuse_taken(wishes: Wishes) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((wishes.host, wishes.port))
        except OSError as fault:
            taken = fault.errno == errno.EADDRINUSE
            why = "används redan" if taken else f"går inte att använda ({fault})"
            raise Stop(
                f"Port {wishes.port} på {wishes.host} {why}. Välj en annan: "
                f"uppsikt start --port {wishes.port + 1}"
            ) from fault


def _commands(wishes: Wishes) -> Mapping[str, tuple[str, ...]]:
    parent = ("--parent", str(os.getpid()))
    where = ("--host", wishes.host, "--port", str(wishes.port))
    return {"web": ("serve", *where, *parent), "worker": ("work", *parent)}


def _is_up(wishes: Wishes, children: Children, ending: Event) -> bool:
    """Wait until the web server answers; tell whether it does."""
    last = time.monotonic() + _LONGEST_START
    while time.monotonic() < last and not together.died(children):
        if _answers(wishes):
            return True
        if ending.wait(_LOOK_EVERY):
            return False
    return False


def _answers(wishes: Wishes) -> bool:
    host = LOOPBACK if wishes.host == "0.0.0.0" else wishes.host  # noqa: S104 (compared with)
    line = http.client.HTTPConnection(host, wishes.port, timeout=5)
    try:
        line.request("GET", "/halsa/live/", headers={"Host": "localhost"})
        return line.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _welcome(wishes: Wishes, door: str) -> None:
    say(f"Uppsikt är igång: {wishes.address}")
    if wishes.demo:
        say("Exempeldata. Välj på inloggningssidan vem du vill vara.")
    if door:
        say(f"Första administratören väljer lösenord här (gäller i sju dagar): {door}")
    say("Avsluta med Ctrl-C.")


def _ended(children: Children, ending: Event) -> int:
    if ending.is_set():
        say("Avslutar …")
        return 0
    dead = together.died(children)
    what = _NAMES[dead] if dead else _NAMES["web"]
    complain(
        f"{what} har slutat av sig själv, och nu avslutas allt. Se raderna ovanför."
    )
    return 3
