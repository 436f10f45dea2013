"""What can be wrong with a package, each fault with its name and a Swedish sentence.

The sentences stand here and not in a catalogue of translations, because the verifier
must speak for itself on a machine that has nothing else of this program.
"""

from dataclasses import dataclass, field

SENTENCES = {
    "manifest-unreadable": "manifest.json går inte att läsa: ändrad eller avhuggen.",
    "manifest-signature": "manifest.sig: underskriften stämmer inte med manifest.json.",
    "manifest-incomplete": "manifest.json nämner inte {name}, som varje paket ska ha.",
    "key-unreadable": "key.txt innehåller ingen nyckel som går att läsa.",
    "key-other": "Paketet är underskrivet med en annan nyckel än den du angav.",
    "structure": "Zip-strukturen är ändrad vid byte {at} ({part}).",
    "length": "Paketet är {found} byte långt men ska vara {expected} byte.",
    "not-opened": "Zip-filen går inte att öppna. Filerna är inte kontrollerade.",
    "file-changed": "Filen {name} är ändrad.",
    "file-missing": "Filen {name} saknas.",
    "file-extra": "Filen {name} hör inte till paketet.",
    "file-twice": "Filen {name} finns flera gånger.",
    "file-unreadable": "Filen {name} går inte att läsa.",
    "checkpoint-unreadable": "checkpoint.txt är ingen kontrollpunkt.",
    "checkpoint-signature": "checkpoint.txt: underskriften stämmer inte.",
    "record-unreadable": "Post {record} går inte att läsa.",
    "record-other": "Post {record}: filen handlar om en annan post.",
    "record-changed": "Post {record}: ett värde är ändrat, posten stämmer inte.",
    "record-missing": "Post {record} saknas, men {name} säger sig höra till den.",
    "proof-missing": "Post {record}: beviset saknas.",
    "proof-unreadable": "Post {record}: beviset går inte att läsa.",
    "proof-checkpoint": "Post {record}: beviset har en annan kontrollpunkt än paketet.",
    "proof-broken": "Post {record}: beviset leder inte till liggarens kontrollpunkt.",
    "evidence-unnamed": "Post {record} nämner inte filen {name} bland sitt underlag.",
}

TOLD = 1000
"""How many faults a report lists: more would say nothing more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its `code` in `SENTENCES`, and what it concerns."""

    code: str
    details: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        plain = {key: _plain(str(detail)) for key, detail in self.details.items()}
        return SENTENCES[self.code].format(**plain)


def fault(code: str, **details: str | int) -> Fault:
    """Name a fault."""
    return Fault(code, details)


def _plain(detail: str) -> str:
    """Show a name so that it cannot steer the terminal."""
    return detail if detail.isprintable() else ascii(detail)
