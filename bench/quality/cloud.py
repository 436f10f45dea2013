"""The scores that two cloud services gave the same rows, as RTP-LX recorded them."""

import re

import numpy as np

from tools.training.corpus import Corpus, Numbers, Rows

AZURE = {
    "identity_attack": "IdentityAttack",
    "violence": "Violence",
    "sexual": "SexualContent",
}
"""It has no score for toxicity or insult: there the highest of all stands for it."""
GPT4 = {
    "toxicity": "Toxic",
    "insult": "Insult",
    "identity_attack": "IdentityAttack",
    "violence": "Violence",
    "sexual": "SexualContent",
}


def recorded(corpus: Corpus, label: str, rows: Rows) -> dict[str, Numbers]:
    """Return each service's scores of rated rows, higher is worse."""
    records = [corpus.records[row] for row in rows]
    azure = [_azure(record["azure"], label) for record in records]
    gpt4 = [_gpt4(record["gpt4"], label) for record in records]
    return {"Azure": np.array(azure), "GPT-4": np.array(gpt4)}


def _azure(scores: dict[str, float], label: str) -> float:
    return scores[AZURE[label]] if label in AZURE else max(scores.values())


def _gpt4(said: str, label: str) -> float:
    found = re.search(rf"{GPT4[label]}\w*\s*:\s*(\d)", said)
    return float(found[1]) if found else 0.0
