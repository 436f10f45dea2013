"""Frequent questions: answered once, approved, and found again where one answers.

A quick answer to one is an answer to many (R-6.2-4). A frequent question is a standard
answer with the question as its name, so it has versions, approval and a last day too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from uppsikt.checks.text import fill_ins
from uppsikt.checks.text.tone import given_name
from uppsikt.inbox import drafts
from uppsikt.inbox.models import Item, Module
from uppsikt.records.stems import stem_text

NAME: Final = f"[{fill_ins.FIRST_NAME}]"
SHOWN: Final = 3
LONGEST_NAME: Final = 120
_SHORTEST_STEM: Final = 4
"""Shorter words stand in too many questions to tell anything."""
_GREETING: Final = re.compile(r"(?:Hej(?:san)?|Hallå|God \w+)\b[^\n!.,]{0,40}[!.,]\s*")


def alike(text: str, ready: Iterable[Module]) -> list[Module]:
    """Return the frequent questions most like `text`, the most alike first.

    Two words in common are asked for; rare words weigh more than common ones.
    """
    found = [(module, _stems(f"{module.name} {module.text}")) for module in _faq(ready)]
    spread = Counter(stem for _, stems in found for stem in stems)
    wanted, scored = _stems(text), []
    for module, stems in found:
        shared = wanted & stems
        if len(shared) > 1:
            scored.append((sum(1 / spread[stem] for stem in shared), module))
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [module for _, module in scored[:SHOWN]]


def holding(words: str, ready: Iterable[Module]) -> list[Module]:
    """Return the frequent questions in which all of `words` stand, or parts of them."""
    asked = words.casefold().split()
    return [m for m in _faq(ready) if all(w in _whole(m) for w in asked)][: SHOWN * 4]


def begun(item: Item) -> dict[str, object]:
    """Return a frequent question begun with what was asked and what was answered."""
    known = item.language in Module.Language.values
    return {
        "name": " ".join(item.text.split())[:LONGEST_NAME],
        "kind": Module.Kind.FAQ,
        "language": item.language if known else Module.Language.SV,
        "text": _without_frame(*_answer(item), item.author_name),
        "node": item.channel.node_id,
    }


def _faq(ready: Iterable[Module]) -> Sequence[Module]:
    return [module for module in ready if module.kind == Module.Kind.FAQ]


def _whole(module: Module) -> str:
    return f"{module.name} {module.text}".casefold()


def _stems(text: str) -> frozenset[str]:
    return frozenset(s for s in stem_text(text).split() if len(s) >= _SHORTEST_STEM)


def _answer(item: Item) -> tuple[str, str]:
    """Return what was answered and the signature below it, "" where none is known."""
    sent = item.outgoing
    if sent is not None:
        return sent.text, drafts.beginning(sent.written_by).strip()
    rows = Item.objects.filter(channel=item.channel_id, parent_id=item.remote_id)
    ours = rows.filter(own=True, secluded=False, restricted=False)
    answer = ours.order_by("-published_at", "-pk").first()
    return (answer.text, "") if answer else ("", "")


def _without_frame(text: str, signature: str, reader: str) -> str:
    """Return an answer without its signature, and with a greeting to anybody."""
    said = text.replace("\r\n", "\n").strip().removesuffix(signature).rstrip()
    said = _GREETING.sub("", said, count=1) if _GREETING.match(said) else said
    name = given_name(reader)
    if name and name in said:
        said = said.replace(name, NAME)
    return f"Hej {NAME}! {said}" if said else ""
