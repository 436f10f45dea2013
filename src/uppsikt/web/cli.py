"""The command line: `uppsikt`. What it says is Swedish, for those who run the program.

Exit codes: 0 it went well; 1 what was examined is not well; 2 the command was asked
wrongly; 3 the machine, the database or the disk does not let it be done.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Annotated, Final

import typer

from uppsikt.web.commands import house
from uppsikt.web.commands.saying import complain, say, say_json
from uppsikt.web.commands.stops import NOT_WELL, Stop, in_words, in_words_of_django

CODES: Final = (
    "Slutkoder: 0 det gick bra, 1 det som granskades är inte bra, 2 kommandot var fel "
    "skrivet, 3 datorn, databasen eller disken tillåter det inte."
)
PORT: Final = 8420

app = typer.Typer(
    help=f"Uppsikt: kommunens sociala medier, skötta som riktlinjen säger. {CODES}",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
guideline = typer.Typer(help="Granska riktlinjefiler.", no_args_is_help=True)
export = typer.Typer(help="Lämna ut det som har hänt.", no_args_is_help=True)
app.add_typer(guideline, name="guideline")
app.add_typer(export, name="export")

Data = Annotated[
    Path | None,
    typer.Option(help="Datamappen.", envvar="UPPSIKT_DATA", file_okay=False),
]
Json = Annotated[bool, typer.Option("--json", help="Svara för maskiner.")]
Parent = Annotated[int, typer.Option(hidden=True)]
Host = Annotated[str, typer.Option(help="Adress att lyssna på.")]
Port = Annotated[int, typer.Option(help="Port att lyssna på.", min=1, max=65535)]


def main() -> None:
    """Run the command that was asked for, and end with its exit code."""
    try:
        with in_words():
            app()
    except Stop as stop:
        complain(str(stop))
        sys.exit(stop.code)


@app.command()
def start(  # noqa: PLR0913 (each is a wish of the operator's)
    *,
    data: Data = None,
    port: Port = PORT,
    host: Host = "127.0.0.1",
    demo: Annotated[
        bool, typer.Option("--demo", help="Med en påhittad kommun.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Med --demo: börja om med nya exempeldata.")
    ] = False,
    admin: Annotated[
        str, typer.Option(help="Bjud in den första systemadministratören (e-post).")
    ] = "",
    municipality: Annotated[
        str, typer.Option(help="Kommunens namn, vid första starten.")
    ] = "Kommunen",
) -> None:
    """Starta webbserver och arbetare tillsammans. Ctrl-C avslutar båda."""
    if fresh and not demo:
        raise typer.BadParameter("--fresh går bara ihop med --demo.")
    house.choose(data, demo=demo)
    house.open_up()
    house.keep_demo_at_home(host)
    from uppsikt.web.commands.starting import Wishes
    from uppsikt.web.commands.starting import start as started

    raise typer.Exit(started(Wishes(host, port, demo, fresh, admin, municipality)))


@app.command(hidden=True)
def serve(host: Host = "127.0.0.1", port: Port = PORT, parent: Parent = 0) -> None:
    """Kör bara webbservern. Flera processer mot PostgreSQL, en mot SQLite."""
    house.open_up()
    house.keep_demo_at_home(host)
    from uppsikt.web import serving

    if parent:
        serving.end_with(parent)
    processes = 1 if house.on_sqlite() else min(4, os.cpu_count() or 1)
    serving.serve(host, port, processes=processes, threads=4)


@app.command()
def work(
    *,
    data: Data = None,
    once: Annotated[
        bool, typer.Option("--once", help="Gör varje sysslas tur en gång och sluta.")
    ] = False,
    as_json: Json = False,
    parent: Parent = 0,
) -> None:
    """Kör arbetaren: skicka, hämta, säkra, ta bort. Flera går bra mot PostgreSQL."""
    house.choose(data)
    house.open_up()
    if parent:
        _work(parent)
    elif house.on_sqlite():
        with house.alone():
            _work_alone(as_json=as_json, once=once)
    else:
        _work_alone(as_json=as_json, once=once)


@app.command()
def doctor(*, data: Data = None, as_json: Json = False) -> None:
    """Undersök installationen. Rött säger också vad du gör åt det."""
    house.choose(data)
    house.open_up()
    from django.db import DatabaseError
    from django.utils import timezone

    from uppsikt.web import worker
    from uppsikt.web.doctor import examine

    ours = timezone.now()
    try:
        now = worker.now()
    except DatabaseError:
        now = ours
    found = examine(now, ours)
    if as_json:
        told = [{"what": f.what, "well": f.well, "says": f.says} for f in found]
        say_json({"well": all(f.well for f in found), "found": told})
    else:
        for one in found:
            _say_found(one.what, one.says, one.cure, well=one.well)
    raise typer.Exit(0 if all(f.well for f in found) else NOT_WELL)


@guideline.command("check")
def guideline_check(file: Path, *, as_json: Json = False) -> None:
    """Granska en riktlinjefil. Varje fel får en rad; slutkod 1 om det finns något."""
    from uppsikt.web.commands import guidelines

    house.open_up()
    raise typer.Exit(guidelines.check(file, as_json=as_json))


@guideline.command("coverage")
def guideline_coverage(file: Path, text: Path, *, as_json: Json = False) -> None:
    """Visa vilka krav i en antagen text som riktlinjefilen inte svarar på."""
    from uppsikt.web.commands import guidelines

    house.open_up()
    raise typer.Exit(guidelines.cover(file, text, as_json=as_json))


@guideline.command("adopt")
def guideline_adopt(
    file: Path,
    *,
    decided_by: Annotated[str, typer.Option(help="Vem som har beslutat.")],
    number: Annotated[str, typer.Option(help="Beslutets diarienummer.")],
    starts_on: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Första dagen; annars nu."),
    ] = None,
    changed: Annotated[
        str, typer.Option(help="Vad den ändrar; krävs om en annan gäller redan.")
    ] = "",
    data: Data = None,
) -> None:
    """Låt en riktlinjefil gälla. En fil med fel tas inte; varje fel får en rad."""
    house.choose(data)
    house.open_up()
    from uppsikt.web import worker
    from uppsikt.web.commands import guidelines

    with in_words_of_django():
        taken = guidelines.Wish(file, decided_by, number, starts_on, changed)
        say(guidelines.adopt(taken, worker.now()))


@app.command()
def verify(
    package: Annotated[
        Path | None, typer.Argument(help="Ett arkivpaket; utan det, den egna liggaren.")
    ] = None,
    key: Annotated[str, typer.Option(help="Kommunens publicerade nyckel.")] = "",
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Kontrollera att inget är ändrat: den egna liggaren, eller ett paket."""
    if package is not None:
        raise typer.Exit(_verify_package(package, key, as_json=as_json))
    house.choose(data)
    house.open_up()
    from uppsikt.web.commands import verifying

    with in_words_of_django():
        raise typer.Exit(verifying.own(as_json=as_json))


@export.command("case")
def export_case(
    number: Annotated[int, typer.Argument(help="Ärendets nummer.")],
    to: Annotated[Path, typer.Option(help="Filen som ska skrivas (zip).")],
    by: Annotated[
        str, typer.Option(help="E-post till den som lämnar ut, t.ex. registratorn.")
    ],
    data: Data = None,
) -> None:
    """Lämna ut ett ärende som ett paket som vem som helst kan kontrollera."""
    house.choose(data)
    house.open_up()
    from uppsikt.web import worker
    from uppsikt.web.commands import exporting

    with in_words_of_django():
        say(f"Skrivet: {exporting.case(number, to, by=by, at=worker.now())}")


@app.command()
def backup(file: Path, data: Data = None) -> None:
    """Säkerhetskopiera databas, valv och nycklar till en fil."""
    house.choose(data)
    house.open_up()
    from uppsikt.web import worker
    from uppsikt.web.commands import backup as backups

    with in_words_of_django():
        count = backups.take(file, worker.now())
    say(f"Skrivet: {file} ({count} filer). Den har nycklar i sig: förvara den låst.")


@app.command()
def restore(file: Path, data: Data = None) -> None:
    """Återställ en säkerhetskopia till en tom datamapp."""
    house.choose(data)
    from uppsikt.web.commands import restore as restores

    count = restores.restore(file, house.chosen())
    say(f"Återställt i {house.chosen()}: {count} filer. Kör uppsikt verify.")


def _work(parent: int) -> None:
    from uppsikt.web import serving

    serving.end_with(parent)
    _work_alone()


def _work_alone(*, as_json: bool = False, once: bool = False) -> None:
    from uppsikt.web import worker

    if once:
        with in_words_of_django():
            did = worker.once()
        if as_json:
            say_json(did)
        else:
            for name, count in did.items():
                say(f"{name}: {count}")
        return
    ending = Event()
    worker.end_on_signals(ending)
    if not worker.work(ending):
        raise Stop("En del av arbetaren har stannat. Starta om den, och se loggen.")


def _verify_package(package: Path, key: str, *, as_json: bool) -> int:
    from uppsikt.archive.verify import main as verify_package

    asked = [str(package), *(["--key", key] if key else [])]
    return verify_package([*asked, *(["--json"] if as_json else [])])


def _say_found(what: str, says: str, cure: str, *, well: bool) -> None:
    mark = typer.style("BRA " if well else "FEL ", fg="green" if well else "red")
    typer.echo(f"{mark} {what}: {says}")
    if not well:
        typer.echo(f"      {cure}")
