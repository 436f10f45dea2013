"""The days that Sweden gives a name: public holidays, eves and bridge days."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

# An eve is no public holiday in law 1989:253, so each municipality says which are
# free or short. Each is so many days before the holiday it is named after.
EVES: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "trettondagsafton": ("Trettondedag jul", 1),
        "skärtorsdag": ("Långfredagen", 1),
        "påskafton": ("Påskdagen", 1),
        "valborgsmässoafton": ("Första maj", 1),
        "dagen före Kristi himmelsfärdsdag": ("Kristi himmelsfärdsdag", 1),
        "pingstafton": ("Pingstdagen", 1),
        "dagen före midsommarafton": ("Midsommardagen", 2),
        "midsommarafton": ("Midsommardagen", 1),
        "allhelgonaafton": ("Alla helgons dag", 1),
        "dagen före julafton": ("Juldagen", 2),
        "julafton": ("Juldagen", 1),
        "dagen före nyårsafton": ("Nyårsdagen", 2),
        "nyårsafton": ("Nyårsdagen", 1),
    }
)
# A working day between two free ones: no date of its own, it depends on the rest.
BRIDGE_DAY = "klämdag"


@lru_cache(maxsize=64)
def public_holidays(year: int) -> Mapping[date, tuple[str, ...]]:
    """Return the Swedish names of each public holiday of `year` (law 1989:253)."""
    found = holidays.country_holidays("SE", years=year, language="sv")
    return MappingProxyType({day: tuple(found.get_list(day)) for day in found})


@lru_cache(maxsize=4096)
def eves(day: date) -> tuple[str, ...]:
    """Return the names in `EVES` that `day` bears; most days bear none."""
    return tuple(name for name, eve in EVES.items() if _is_before(day, *eve))


def _is_before(day: date, holiday: str, days: int) -> bool:
    later = day + timedelta(days=days)
    return holiday in public_holidays(later.year).get(later, ())
