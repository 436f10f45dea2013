"""Standard answers and frequent questions as rows of a table."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.inbox.models import Module

Row = tuple[str, ...]


def rows(modules: Iterable[Module]) -> Iterator[Row]:
    """Yield headings, and a row for each standard answer."""
    yield (
        _("Name"),
        _("Text"),
        _("Kind"),
        _("Language"),
        _("Holds for"),
        _("State"),
        _("Version"),
        _("Used"),
        _("Approved"),
        _("Valid until"),
    )
    for module in modules:
        yield _of(module)


def _of(module: Module) -> Row:
    approved = module.approved_at
    return (
        module.name,
        module.text,
        module.get_kind_display(),
        module.get_language_display(),
        module.node.name,
        str(module.state),
        str(module.number),
        str(module.used),
        f"{timezone.localtime(approved):%Y-%m-%d}" if approved else "",
        module.valid_until.isoformat() if module.valid_until else "",
    )
