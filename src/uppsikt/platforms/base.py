"""What every connector is: a name, what it can do, and one method for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, JsonValue

from uppsikt.policy.watch_scope import Part
from uppsikt.policy.words import N_, Message


class Can(StrEnum):
    """A thing a platform may let us do. The value is the method that does it."""

    READ = "read"
    PROFILE = "profile"
    REPLY = "reply"
    PUBLISH = "publish"
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    REPORT = "report"
    LOOK = "look"
    FIND = "find"


class ItemKind(StrEnum):
    """What an item is to the channel that it reached."""

    POST = "post"
    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    MESSAGE = "message"
    REVIEW = "review"


class SeenState(StrEnum):
    """How a thing stands for the public at the moment somebody looked."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    GONE = "gone"


class ReportCategory(StrEnum):
    """Why a thing is reported to the platform."""

    SPAM = "spam"
    RULES = "rules"
    MISLEADING = "misleading"
    SEXUAL = "sexual"
    HARASSMENT = "harassment"
    ILLEGAL = "illegal"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote a thing, by the names the platform gives."""

    handle: str
    display_name: str
    remote_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or film that hangs on an item. `kind` is image, video or link."""

    url: str
    alt: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformItem:
    """A post, comment or message, as the platform told it to us.

    `own` tells that our account wrote it. `edited_at` is None where the platform
    has no edits or does not tell.
    """

    remote_id: str
    parent_id: str | None
    root_id: str | None
    kind: ItemKind
    author: Author
    text: str
    published_at: datetime
    url: str
    public: bool
    own: bool
    edited_at: datetime | None = None
    media: tuple[Media, ...] = ()
    raw: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Items that can be kept together with the cursor that follows them.

    `withdrawn` holds remote ids that the platform said are gone.
    """

    items: tuple[PlatformItem, ...]
    cursor: str
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at one thing showed."""

    state: SeenState
    item: PlatformItem | None
    raw: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A receipt for something that was written at the platform."""

    remote_id: str
    url: str
    raw: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account as the public sees it."""

    handle: str
    display_name: str
    description: str
    url: str
    remote_id: str
    followers: int | None
    raw: JsonValue


class Parent(Protocol):
    """What must be known of a thing to answer it: a `PlatformItem` will do."""

    @property
    def remote_id(self) -> str: ...
    @property
    def root_id(self) -> str | None: ...


class PlatformError(Exception):
    """The platform said no, or said nothing.

    `permanent` tells that trying again cannot help before a person has done
    something. `retry_after` is how long the platform asked us to wait. `code` is
    the platform's own name for what went wrong, where it has one.
    """

    def __init__(
        self,
        message: str | Message,
        *,
        permanent: bool,
        retry_after: timedelta | None = None,
        code: str = "",
    ) -> None:
        self.message = Message(message) if isinstance(message, str) else message
        super().__init__(str(self.message))
        self.permanent = permanent
        self.retry_after = retry_after
        self.code = code


class CannotDo(PlatformError):
    """The connector was asked for something that it says it cannot do."""

    def __init__(self, platform: str, what: Can) -> None:
        super().__init__(
            Message(
                N_("%(platform)s cannot do this from here. Do it at the platform."),
                {"platform": platform},
            ),
            permanent=True,
            code=what.value,
        )


class Secrets(BaseModel):
    """Credentials of a connection. They draw the form and never show in an error."""

    model_config = ConfigDict(
        hide_input_in_errors=True, extra="forbid", str_strip_whitespace=True
    )


class Platform:
    """A connector. It gets an HTTP client and its credentials.

    It keeps no state but a session for as long as the object lives. A subclass
    declares what it `can`; one that boasts or hides a method is refused when it
    is defined. `hides_truthfully` says in words what hiding means there.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    can: ClassVar[frozenset[Can]]
    Credentials: ClassVar[type[Secrets]]
    max_length: ClassVar[int]
    hides_truthfully: ClassVar[str]
    profile_fields: ClassVar[frozenset[str]]
    watches: ClassVar[frozenset[Part]] = frozenset()
    """What of a day's watch it reads by itself; a person looks at the rest."""

    def __init_subclass__(cls) -> None:
        does = {c for c in Can if getattr(cls, c) is not getattr(Platform, c)}
        if does != cls.can:
            raise TypeError(f"{cls.__name__} says {set(cls.can)} but does {does}")

    def __init__(self, http: httpx.Client, credentials: Any) -> None:
        self.http = http
        self.credentials = credentials

    @classmethod
    def length(cls, text: str) -> int:
        """Return how long `text` is against `max_length`, as the platform counts."""
        return len(text)

    def check(self) -> Profile:
        """Try the credentials and return whose account they open.

        Raises `PlatformError`, permanent when the credentials are refused.
        """
        return self.profile()

    def read(self, cursor: str | None, since: datetime) -> Iterator[Batch]:
        """Yield what is new since `cursor`, or back to `since` without one.

        Own things, answers to them, mentions and quotes. The same thing may come
        more than once. Each batch can be kept together with its cursor.
        """
        raise CannotDo(self.label, Can.READ)

    def thread(self, remote_id: str) -> tuple[PlatformItem, ...]:
        """Return the conversation around one thing, each after what it answers."""
        raise CannotDo(self.label, Can.READ)

    def look(self, remote_id: str) -> Seen:
        """Look at one thing now, as the public would find it."""
        raise CannotDo(self.label, Can.LOOK)

    def missing(self, remote_ids: Sequence[str]) -> tuple[str, ...]:
        """Return those of `remote_ids` that are gone for the public. Needs `look`."""
        return tuple(
            name for name in remote_ids if self.look(name).state is SeenState.GONE
        )

    def profile(self) -> Profile:
        """Return the account's public profile."""
        raise CannotDo(self.label, Can.PROFILE)

    def reply(self, parent: Parent, text: str, key: str) -> Sent:
        """Answer `parent` in public. The same `key` twice is one answer."""
        raise CannotDo(self.label, Can.REPLY)

    def publish(self, text: str, key: str) -> Sent:
        """Publish a post. The same `key` twice is one post."""
        raise CannotDo(self.label, Can.PUBLISH)

    def find(self, key: str) -> Sent | None:
        """Return the receipt for what was written with `key`, or None if nothing was.

        Who can write can find, so that what broke off half-way is never guessed at.
        """
        raise CannotDo(self.label, Can.FIND)

    def hide(self, remote_id: str, root_id: str) -> Sent:
        """Hide another's thing below the post `root_id`. Safe to do twice."""
        raise CannotDo(self.label, Can.HIDE)

    def unhide(self, remote_id: str, root_id: str) -> Sent:
        """Show again what was hidden. Safe to do twice."""
        raise CannotDo(self.label, Can.UNHIDE)

    def delete(self, remote_id: str) -> None:
        """Delete a thing that our own account wrote. Safe to do twice."""
        raise CannotDo(self.label, Can.DELETE)

    def report(self, remote_id: str, reason: str, category: ReportCategory) -> str:
        """Report a thing to the platform and return the platform's reference."""
        raise CannotDo(self.label, Can.REPORT)
