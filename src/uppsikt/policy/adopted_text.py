"""The text of a guideline as it was adopted, cut into its sentences."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

HEAD = "0"  # the section of what stands before the first heading

_FOLD = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\xad": None})
_PAGE_NUMBER = re.compile(r"(sid(a|an)\s*)?\d{1,3}(\s*\(\d+\)|\s+av\s+\d+)?", re.I)
_CONTENTS = re.compile(r"innehåll(sförteckning)?", re.I)
_CONTENTS_ROW = re.compile(r"\S.*[\s.]\d{1,3}")
_LEADER = re.compile(r".*\.{4,}\s*\d{1,3}")
_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-ZÅÄÖ].*")
_BULLET = re.compile(r"(?:[-–—•*·▪]|[a-zåäö]\))\s+(\S.*)")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(\S.*)")
_ENDED = re.compile(r".*[.!?:;…][\"')»]*", re.S)
_BREAK = re.compile(r"(?<=[.!?…])[\"')»]*\s+(?=[\"'(«]*[A-ZÅÄÖ0-9])")
_SHORTENED = re.compile(
    r".*\b(t\.\s?ex|bl\.\s?a|m\.\s?m|m\.\s?fl|o\.\s?d|s\.\s?k|d\.\s?v\.\s?s|f\.\s?n"
    r"|dvs|ca|kl|nr|jfr|resp|inkl|exkl|kap|tel|st|max|min)\.",
    re.I | re.S,
)
_HEADING_WORDS = 12
_RUNNING_HEAD = 3  # lines that come so often are taken to stand on each page


class Sentence(NamedTuple):
    """A sentence of an adopted text, and the section where it stands."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands together: a paragraph, an item of a list or a row of a table."""

    section: str
    text: str
    kind: str  # "text", "bullet", "number" or "row"
    lead: str = ""
    leads: bool = False


@dataclass(slots=True)
class _Cutter:
    """Take a text line by line; keep where in it we are."""

    blocks: list[_Block] = field(default_factory=list)
    section: str = HEAD
    is_open: bool = False
    in_contents: bool = False

    def take(self, line: str) -> None:
        plain = normal(line)
        if not plain:
            self.is_open = False
        elif not self._is_contents(plain):
            self._take_words(line, plain)

    def _is_contents(self, plain: str) -> bool:
        row = self.in_contents and _CONTENTS_ROW.fullmatch(plain)
        self.in_contents = bool(row or _CONTENTS.fullmatch(plain))
        return self.in_contents or bool(_LEADER.fullmatch(plain))

    def _take_words(self, line: str, plain: str) -> None:
        if item := self._item(plain):
            self._begin_item(*item)
        elif not self.is_open and (section := _section(plain)):
            self.section = section
        elif "\t" in line.strip():
            self._begin("row", plain)
        elif self._goes_on(plain):
            self.blocks[-1] = _joined(self.blocks[-1], plain)
            self.is_open = True
        else:
            self._begin("text", plain)

    def _item(self, plain: str) -> tuple[str, str] | None:
        """Return kind and words, if `plain` is an item and not a numbered heading."""
        if found := _BULLET.fullmatch(plain):
            return "bullet", found[1]
        found = _NUMBERED.fullmatch(plain)
        last = self._last()
        in_list = last and (last.kind == "number" or last.text.endswith(":"))
        return ("number", found[1]) if found and in_list else None

    def _begin(self, kind: str, words: str, lead: str = "") -> None:
        self.blocks.append(_Block(self.section, words, kind, lead))
        self.is_open = kind != "row"

    def _begin_item(self, kind: str, words: str) -> None:
        last = self._last()
        if last and last.kind == "text" and last.text.endswith(":"):
            self.blocks[-1] = replace(last, leads=True)
            self._begin(kind, words, _split(last.text)[-1])
        else:
            self._begin(kind, words, last.lead if last else "")

    def _goes_on(self, plain: str) -> bool:
        """Tell whether `plain` goes on with the last block, maybe over a page break."""
        last = self._last()
        if not last or last.kind == "row":
            return False
        return self.is_open or (plain[0].islower() and not _ENDED.fullmatch(last.text))

    def _last(self) -> _Block | None:
        """Return the last block of this section."""
        here = self.blocks and self.blocks[-1].section == self.section
        return self.blocks[-1] if here else None


def cut(text: str) -> list[Sentence]:
    """Return the sentences of an adopted text, in order, each with its section.

    White space is normalised; page numbers, running heads, numbered headings and the
    table of contents are left out, and what a page break parted is joined. An item of
    a list is written after the line that leads to it: "The manager shall send:
    purpose". The rows of the table in the head of a document are sentences of section
    `HEAD`. A heading without number stays, since a short demand looks just the same.
    """
    cutter = _Cutter()
    for line in _without_furniture(text):
        cutter.take(line)
    return [sentence for block in cutter.blocks for sentence in _sentences(block)]


def normal(text: str) -> str:
    """Return `text` with white space, quotation marks and letters in one form."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLD).split())


def _without_furniture(text: str) -> Iterator[str]:
    lines = text.replace("\f", "\n\n").splitlines()
    often = Counter(normal(line) for line in lines)
    for line in lines:
        plain = normal(line)
        running = often[plain] >= _RUNNING_HEAD and not _is_content(plain)
        if not plain or not (running or _PAGE_NUMBER.fullmatch(plain)):
            yield line


def _is_content(plain: str) -> bool:
    return bool(_ENDED.fullmatch(plain) or _BULLET.fullmatch(plain))


def _section(plain: str) -> str | None:
    """Return the number of a numbered heading, or None for anything else."""
    found = _HEADING.fullmatch(plain)
    short = len(plain.split()) <= _HEADING_WORDS and not _ENDED.fullmatch(plain)
    return found[1] if found and short else None


def _joined(block: _Block, words: str) -> _Block:
    return replace(block, text=f"{block.text} {words}")


def _sentences(block: _Block) -> list[Sentence]:
    parts = _split(block.text)
    kept = parts[:-1] if block.leads else parts
    lead = f"{block.lead} " if block.lead else ""
    return [Sentence(block.section, lead + part) for part in kept]


def _split(text: str) -> list[str]:
    """Return the sentences of one paragraph; "t.ex." and its like end none."""
    parts: list[str] = []
    begin = 0
    for gap in _BREAK.finditer(text):
        if not _SHORTENED.fullmatch(text, begin, gap.start()):
            end = gap.start() + len(gap[0].rstrip())
            parts.append(text[begin:end])
            begin = gap.end()
    return [*parts, text[begin:]]
