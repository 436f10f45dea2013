"""Connectors, one class each. A new platform is one file and one line here."""

from uppsikt.platforms.base import (
    Author,
    Batch,
    Can,
    CannotDo,
    ItemKind,
    Media,
    Platform,
    PlatformError,
    PlatformItem,
    Profile,
    ReportCategory,
    Secrets,
    Seen,
    SeenState,
    Sent,
)
from uppsikt.platforms.bluesky import Bluesky
from uppsikt.platforms.manual import Manual

__all__ = [
    "PLATFORMS",
    "Author",
    "Batch",
    "Bluesky",
    "Can",
    "CannotDo",
    "ItemKind",
    "Manual",
    "Media",
    "Platform",
    "PlatformError",
    "PlatformItem",
    "Profile",
    "ReportCategory",
    "Secrets",
    "Seen",
    "SeenState",
    "Sent",
]

PLATFORMS: dict[str, type[Platform]] = {p.name: p for p in (Bluesky, Manual)}
