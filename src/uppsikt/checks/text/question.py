"""Tell whether a text asks something that somebody should answer (R-6.2-3).

It reads sentence by sentence: a question mark first, then words that ask ("undrar",
"vet ni"), then the order of words (an interrogative or a verb first, then its subject).
"""

import re
from collections.abc import Callable

from uppsikt.checks.text.fold import without_addresses
from uppsikt.checks.text.lexicon import read_groups
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
SENTENCE = re.compile(r"[^.!?\s][^.!?\n]*[.!?]*")
WORDS = re.compile(r"[^\W_]+(?::[a-zåäö]+)?|,|(?<= )[–—-](?= )")
DASHES = ("–", "—", "-")
TO_A_FRIEND = re.compile(
    r"\s*@\S+ [^?]*\b(?:ska|vill|hänger|kommer|kan|minns|har|orkar|hinner) (?:vi|du)\b",
    re.I,
)
NEAR = 5
"""Words after an interrogative among which its verb stands."""

FEWEST = 3
"""Words of the shortest question that begins with a verb."""
VERB_FORM = re.compile(r"\w{2,}(?:ar|er|as|eras|ades)\Z").match
NOUN_FORM = re.compile(r"\w{2,}(?:[ie]n|na|[aeo]r|het|ing|ion|et|[^s]s|an)\Z").match
SUPINE = re.compile(r"\w+(?:at|it|tt)\Z").match
INFINITIVE_OR_ADVERB = re.compile(r"\w+(?:a|t|as)\Z").match

_LISTS = read_groups("question.txt")


def is_question(text: str) -> Signal | None:
    """Return a signal for the first sentence that asks something, or None. Linear."""
    if TO_A_FRIEND.match(text):
        return None
    for found in SENTENCE.finditer(without_addresses(text)):
        certainty = _certainty(found.group())
        if certainty:
            message = Message(N_("A question that needs an answer."))
            return Signal("question", VERSION, found.span(), certainty, message)
    return None


def _certainty(sentence: str) -> float:
    found = WORDS.findall(sentence.lower())
    spoken = ["," if word in DASHES else word for word in found]
    words = _after_opening(spoken)
    said = f" {' '.join(words)} "
    if not words or _is_tag(spoken) or _says(said, "rhetorical"):
        return 0.0
    if "?" in sentence:
        return 0.95
    if _says(said, "asks") and not _says(said, "no asking"):
        return 0.85
    return 0.0 if sentence.endswith("!") else _by_order(words)


def _by_order(words: list[str]) -> float:
    if _interrogative_first(words) or _last_clause_asks(words):
        return 0.75
    return 0.65 if _verb_first(words) else 0.0


def _after_opening(words: list[str]) -> list[str]:
    """Drop a greeting and small words before the sentence itself."""
    start = 0
    while start < len(words) and words[start] in OPENING:
        start += 1
    return words[start:]


def _is_tag(words: list[str]) -> bool:
    """Tell a sentence that only seeks agreement, alone or after a comma, by its end."""
    return words in TAGS or any(words[-len(tag) :] == tag for tag in AFTER_COMMA)


def _says(said: str, kind: str) -> bool:
    return bool(PHRASES[kind](said))


def _interrogative_first(words: list[str]) -> bool:
    """Tell a question from "När jag kom", "Vad fint" and "Vilken dag" by its verb."""
    if not words or words[0] not in INTERROGATIVE:
        return False
    if words[1:2] in (["och"], ["eller"]) and words[2:3] and words[2] in INTERROGATIVE:
        return _interrogative_first(words[2:])
    if words[0] in BEFORE_NOUN or (words[1:2] and words[1] in DEGREE):
        return _verb_before_subject(words[1 : 2 + NEAR])
    return words[1:2] == [] or _is_verb(words[1], after=words[0])


def _is_verb(word: str, *, after: str) -> bool:
    """Tell a verb, in doubt by its ending; "när bilar" and "var barnens" are nouns."""
    return word in VERB or (after not in ("när", "var") and bool(VERB_FORM(word)))


def _verb_before_subject(words: list[str]) -> bool:
    """Tell "hur mycket kostar det" from "hur mycket det kostar" (a clause)."""
    for word in words:
        if word in VERB or word.endswith("as"):
            return True
        if word in PRONOUN or word == "som":
            return False
    return False


def _last_clause_asks(words: list[str]) -> bool:
    """Find the question at the end: "vi vill ha farthinder, vart vänder man sig"."""
    if "," not in words:
        return False
    clause = words[len(words) - words[::-1].index(",") :]
    if not clause or clause[0] in BEFORE_NOUN:
        return False  # "..., vilket är bra" tells something
    if _interrogative_first(clause):
        return True
    return clause[0] in CLAUSE and _tells_of_oneself(words) and _verb_first(clause)


def _tells_of_oneself(words: list[str]) -> bool:
    """Tell "Om jag flyttar, får ..." from "Om du har barn, kan du ..."."""
    return not OWN.isdisjoint(words[: words.index(",")])


def _verb_first(words: list[str]) -> bool:
    """Tell "Får man bada här" from the condition "Får du problem, ring oss"."""
    if len(words) < FEWEST or words[0] not in VERB:
        return False
    subject = words[2] if words[1] in AFTER_VERB else words[1]
    if subject not in SUBJECT and not _like_noun(words[0], subject):
        return False
    return words[0] == "finns" or not _is_condition(words[2:])


def _is_condition(rest: list[str]) -> bool:
    """Tell by what follows that a clause with its verb first states a condition."""
    return any(
        (word == "så" and following != "att")
        or (word == "," and following not in GOES_ON)
        or (word in VERB and following in PRONOUN and before not in ALTERNATIVE)
        for before, word, following in zip(
            ["", *rest], rest, [*rest[1:], ""], strict=False
        )
        if following
    )


def _like_noun(verb: str, word: str) -> bool:
    """Tell "Kan religion vara ett skäl" from "Kan varmt rekommendera"."""
    if verb not in OPENS or word in NO_SUBJECT or word in VERB:
        return False
    if verb in ("har", "hade"):
        return not SUPINE(word)
    if verb == "är":
        return bool(NOUN_FORM(word))
    return word[0].isdigit() or bool(NOUN_FORM(word)) or not INFINITIVE_OR_ADVERB(word)


def _matcher(kind: str) -> Callable[[str], re.Match[str] | None]:
    phrases = sorted(_LISTS[kind], key=len, reverse=True)
    return re.compile(rf" (?:{'|'.join(map(re.escape, phrases))}) ").search


(
    OPENING,
    INTERROGATIVE,
    BEFORE_NOUN,
    DEGREE,
    VERB,
    PRONOUN,
    NO_SUBJECT,
    OPENS,
    OWN,
    CLAUSE,
) = (
    frozenset(_LISTS[kind])
    for kind in (
        "opening",
        "interrogative",
        "before noun",
        "degree",
        "verb",
        "pronoun",
        "no subject",
        "opens",
        "own",
        "clause",
    )
)
AFTER_VERB = frozenset(("inte", "då", "också", "även", "verkligen", "egentligen"))
GOES_ON = frozenset(("en", "ett", "eller", "och", "till", "t", "dvs", "men", "som"))
ALTERNATIVE = frozenset(("eller", "att", "som", "när", "om", "–", ","))
SUBJECT = PRONOUN | frozenset(_LISTS["subject"])
TAGS = [tag.split() for tag in _LISTS["tag"]]
AFTER_COMMA = [[",", *tag.split()] for tag in _LISTS["agreement"]]
PHRASES = {kind: _matcher(kind) for kind in ("rhetorical", "asks", "no asking")}
