"""A status, the clock, a fault and a consequence each have one place."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house.source import PURE, Module, dotted, modules

MOVES = "governance/moves.py"
# Where the day begins: a request, a job, a command. All below are told the time.
CLOCKS = {
    "views",
    "worker",
    "work",
    "cli",
    "jobs",
    "middleware",
    "public",
    "management",
}
NOW = (
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
)
# These read the clock only when they are given no time.
NOW_UNLESS_GIVEN = ("timezone.localtime", "timezone.localdate")
# django-tasks tells by signal that a task has ended; only the worker listens.
LISTENERS = {"web/worker.py", "web/jobs.py"}
WIDE = {"Exception", "BaseException"}


def status_writers(module: Module) -> Iterator[str]:
    """Yield each place where a Django floor writes a status by itself."""
    if module.parts[0] in PURE or module.name == MOVES:
        return
    for node in module.nodes():
        match node:
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                if any(_is_status(t) for t in _targets(node)):
                    yield module.at(node)
            case ast.Call(ast.Attribute(attr="update"), _, keywords):
                if any(k.arg == "status" for k in keywords):
                    yield module.at(node)
            case ast.Call(ast.Name("setattr"), [_, ast.Constant("status"), *_]):
                yield module.at(node)


def _targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[ast.expr]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [
        one
        for target in targets
        for one in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]


def _is_status(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "status"


def clock_readers(module: Module) -> Iterator[str]:
    """Yield each place below a view or a job that asks what time it is."""
    if CLOCKS & set(module.parts):
        return
    for node in module.nodes():
        match node:
            case ast.Attribute() if dotted(node).endswith(NOW):
                yield module.at(node)
            case ast.Call(function, [], []):
                if dotted(function).endswith(NOW_UNLESS_GIVEN):
                    yield module.at(node)


def wide_nets(module: Module) -> Iterator[str]:
    """Yield each handler that catches whatever went wrong."""
    if module.name == "web/worker.py":
        return
    for node in module.nodes():
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(c is None or dotted(c) in WIDE for c in caught):
                yield module.at(node)


def listeners(module: Module) -> Iterator[str]:
    """Yield each import by which something could happen by itself."""
    if module.name in LISTENERS:
        return
    for node in module.nodes():
        match node:
            case ast.ImportFrom(module=str(origin), names=names):
                found = [f"{origin}.{alias.name}" for alias in names]
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case _:
                continue
        if any(_signals(name) for name in found):
            yield module.at(node)


def _signals(name: str) -> bool:
    return "signals" in name.split(".") or name.startswith("django.dispatch")


Rule = Callable[[Module], Iterator[str]]
RULES: list[Rule] = [status_writers, clock_readers, wide_nets, listeners]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_thing_is_done_in_its_own_place(rule: Rule) -> None:
    assert [place for module in modules() for place in rule(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "case.status = 'removed'",
        "case.status, case.by = 'removed', who",
        "case.status: str = 'removed'",
        "Case.objects.filter(pk=1).update(status='removed')",
        "setattr(case, 'status', 'removed')",
    ],
)
def test_a_status_written_elsewhere_is_seen(line: str) -> None:
    assert list(status_writers(Module("inbox/actions.py", line))) == [
        "inbox/actions.py:1"
    ]


@pytest.mark.parametrize(
    "line", ["print(case.status)", "cases.update(seen=True)", "status = 'new'"]
)
def test_a_status_that_is_only_read_is_let_be(line: str) -> None:
    assert not list(status_writers(Module("inbox/actions.py", line)))


def test_the_moves_and_the_pure_floors_may_say_status() -> None:
    line = "it.status = 404"
    assert not list(status_writers(Module(MOVES, line)))
    assert not list(status_writers(Module("platforms/base.py", line)))


@pytest.mark.parametrize(
    "line",
    [
        "at = timezone.now()",
        "made_at = DateTimeField(default=timezone.now)",
        "at = datetime.datetime.now(tz=UTC)",
        "on = date.today()",
        "on = timezone.localdate()",
    ],
)
def test_a_clock_below_the_views_is_seen(line: str) -> None:
    assert list(clock_readers(Module("inbox/actions.py", line)))
    assert not list(clock_readers(Module("inbox/views.py", line)))
    assert not list(clock_readers(Module("web/management/commands/x.py", line)))


def test_a_time_that_is_given_may_be_turned_into_ours() -> None:
    line = "on = timezone.localtime(at).date()"
    assert not list(clock_readers(Module("inbox/actions.py", line)))


def test_the_database_may_be_asked_for_its_own_time() -> None:
    assert not list(clock_readers(Module("sending/work.py", "until = Now() + lease")))


@pytest.mark.parametrize("caught", ["", " Exception", " (OSError, BaseException)"])
def test_a_wide_net_is_seen(caught: str) -> None:
    code = f"try:\n    go()\nexcept{caught}:\n    pass\n"
    assert list(wide_nets(Module("records/camera.py", code)))
    assert not list(wide_nets(Module("web/worker.py", code)))


@pytest.mark.parametrize(
    "line",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "import allauth.account.signals",
    ],
)
def test_a_signal_is_seen(line: str) -> None:
    assert list(listeners(Module("inbox/models/item.py", line)))
    assert not list(listeners(Module("inbox/models/item.py", "import signal")))
