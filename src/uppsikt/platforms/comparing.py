"""Find the texts that are demanded in what a profile says."""

from collections.abc import Iterable, Mapping, Sequence

from uppsikt.platforms.fitting import Demanded, Fitted, shorter
from uppsikt.platforms.profile_fields import Text
from uppsikt.policy.sameness import said


def shown(
    fields: Mapping[str, str], fitted: Sequence[Fitted], demanded: Demanded
) -> frozenset[Text]:
    """Return the texts that `fields`, by name what each says, tell the visitor.

    A text that no field of the platform has room for is told by the link to the
    channel's public card (R-6.1-7); any other has to stand there itself.
    """
    everything = said("\n".join(fields.values()))
    found = {t for t in Text if any(s in everything for s in _ways(t, demanded))}
    if _bare(demanded.link) in everything:
        found |= {t for t in behind_link(fitted) if _ways(t, demanded)}
    return frozenset(found)


def behind_link(fitted: Iterable[Fitted]) -> frozenset[Text]:
    """Return the texts that have no room in any field and stand behind the link."""
    linked: set[Text] = set()
    inside: set[Text] = set()
    for one in fitted:
        linked |= set(one.linked)
        inside |= set(one.field.holds) - set(one.linked)
    return frozenset(linked - inside)


def _ways(text: Text, demanded: Demanded) -> list[str]:
    """Return each wording by which `text` is told; none when it is not written."""
    if text is Text.SENDER:
        ways = [demanded.municipality]
    elif text is Text.DESCRIPTION:
        ways = shorter(demanded.full[text])
    else:
        ways = [demanded.full[text]]
    return [way for way in map(said, ways) if way]


def _bare(link: str) -> str:
    """Return a link as platforms show it: without its scheme."""
    return said(link.partition("://")[2] or link)
