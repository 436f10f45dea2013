"""Compile the translations whenever the package is built or installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Write a `.mo` file beside every `.po` file, so that a wheel speaks Swedish."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "src").rglob("*.po"):
            with (
                source.open("rb") as words,
                source.with_suffix(".mo").open("wb") as out,
            ):
                write_mo(out, read_po(words))
