"""The verifier in a single file, put together from the modules' own source."""

from importlib import resources

_MODULES = (
    "canonical",
    "merkle",
    "note",
    "proof",
    "commitment",
    "batch",
    "record",
    "zipped",
    "manifest",
    "faults",
    "contents",
    "opening",
    "record_check",
    "verify",
)
_HEAD = '''\
#!/usr/bin/env python3
"""Kontrollera ett arkivpaket från Uppsikt: python3 verify.py PAKET [--key NYCKEL]

Kräver Python 3.11 eller senare och paketet cryptography, ingenting annat.
Varje text nedan är, tecken för tecken, filen med samma namn i uppsikt/archive.
"""

import sys
import types

SOURCES = {}
'''
_TAIL = """
for package in ("uppsikt", "uppsikt.archive"):
    sys.modules[package] = types.ModuleType(package)
    sys.modules[package].__path__ = []

for name, text in SOURCES.items():
    module = types.ModuleType("uppsikt.archive." + name)
    sys.modules[module.__name__] = module
    setattr(sys.modules["uppsikt.archive"], name, module)
    exec(compile(text, "verify.py: " + name, "exec"), module.__dict__)

if __name__ == "__main__":
    sys.exit(sys.modules["uppsikt.archive.verify"]._run())
"""


class NotQuotable(ValueError):
    """A module's source cannot stand unchanged between three apostrophes."""


def verifier() -> bytes:
    """Write the whole verifier as one Python program.

    Raises:
        NotQuotable: a module would not stand in it letter by letter.
    """
    return (_HEAD + "".join(map(_quoted, _MODULES)) + _TAIL).encode()


def _quoted(name: str) -> str:
    source = (
        resources.files("uppsikt.archive").joinpath(f"{name}.py").read_text("utf-8")
    )
    if "'" * 3 in source or "\r" in source:
        raise NotQuotable(name)
    return f"\nSOURCES[{name!r}] = r'''{source}'''\n"
