"""The feed of changes in the register (RFC 4287)."""

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from uppsikt.channels.register_events import Event
from uppsikt.channels.register_record import Link, utc
from uppsikt.records.table_files import printable

_NS: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 100
"""Entries in the feed; the rest are found in the interface's `andringar`."""
ET.register_namespace("", _NS)


def feed(title: str, by: str, events: Sequence[Event], place: str, link: Link) -> bytes:
    """Write the feed that stands at `place`, the latest change first."""
    root = ET.Element(f"{{{_NS}}}feed", {"xml:lang": "sv"})
    _say(root, "id", place)
    _say(root, "title", title)
    _say(root, "updated", utc(events[0].at) if events else "1970-01-01T00:00:00Z")
    _say(ET.SubElement(root, f"{{{_NS}}}author"), "name", by or title)
    _to(root, "self", place, "application/atom+xml")
    _to(root, "alternate", link(""), "text/html")
    for event in events[:MOST]:
        _entry(root, event, link)
    told: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return told


def _entry(root: ET.Element, event: Event, link: Link) -> None:
    entry = ET.SubElement(root, f"{{{_NS}}}entry")
    page = link(event.channel.slug)
    _say(entry, "id", f"{link('')}#{event.name}")
    _say(entry, "title", event.title)
    _say(entry, "updated", utc(event.at))
    _say(entry, "summary", f"{event.channel.platform_name}: {event.channel.url}")
    ET.SubElement(entry, f"{{{_NS}}}category", {"term": event.kind})
    _to(entry, "alternate", page, "text/html")


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_NS}}}{name}").text = printable(text)


def _to(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    told = {"rel": rel, "href": href, "type": kind}
    ET.SubElement(parent, f"{{{_NS}}}link", told)
