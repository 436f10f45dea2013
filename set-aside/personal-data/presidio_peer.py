"""Run Presidio's analyzer over texts; started by `personal_data.py`, not by hand.

All its recognisers that fit Sweden, spaCy's blank Swedish pipeline (no Swedish model is
to be had from a package index). Reads a JSON list of texts, writes one JSON object.
"""

import json
import socket
import sys
import time
from typing import Any

KINDS = {
    "SE_PERSONNUMMER": "identity",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "PERSON": "name",
    "LOCATION": "address",
}
WITH_LANGUAGE = (
    *("EmailRecognizer", "IbanRecognizer"),
    *("UrlRecognizer", "CreditCardRecognizer"),
)
attempts: list[str] = []


def refuse(_: Any, address: Any) -> None:
    """Refuse a connection, and keep that it was tried."""
    attempts.append(str(address))
    raise ConnectionRefusedError


def engine() -> Any:
    """Return an analyzer for Swedish without a model."""
    import presidio_analyzer.predefined_recognizers as there
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "sv", "model_name": "blank"}])
            self.nlp = {"sv": spacy.blank("sv")}

        def load(self) -> None:
            """Load nothing: it is there."""

    registry = RecognizerRegistry(supported_languages=["sv"])
    swedish = [n for n in dir(there) if n.startswith("Se") and n.endswith("Recognizer")]
    for name in (*swedish, *WITH_LANGUAGE):
        registry.add_recognizer(getattr(there, name)(supported_language="sv"))
    phones = there.PhoneRecognizer(supported_language="sv", supported_regions=["SE"])
    registry.add_recognizer(phones)
    return AnalyzerEngine(
        registry=registry, nlp_engine=Blank(), supported_languages=["sv"]
    )


def main() -> None:
    """Analyse once to warm up and to compare, and once to take the time."""
    socket.socket.connect = refuse  # type: ignore[assignment,method-assign]
    texts = json.load(sys.stdin)
    analyzer = engine()
    found = [(text, _spans(analyzer, text)) for text in texts]
    start = time.process_time()
    for text in texts:
        analyzer.analyze(text, language="sv", score_threshold=0.4)
    seconds = time.process_time() - start
    told = {"rate": len(texts) / seconds, "found": found, "attempts": len(attempts)}
    print(json.dumps(told))


def _spans(analyzer: Any, text: str) -> list[tuple[str, int, int]]:
    hits = analyzer.analyze(text, language="sv", score_threshold=0.4)
    return [(KINDS.get(h.entity_type, h.entity_type), h.start, h.end) for h in hits]


if __name__ == "__main__":
    main()
