"""The channel and the citizen of the captured Bluesky answers."""

from typing import Any

from pydantic import SecretStr

from tests.platforms.wire import captured
from uppsikt.platforms import Bluesky

ME = "did:plc:kommunkommunkommunkommun"
THEM = "did:plc:medborgarmedborgarmedbor"
POST = f"at://{ME}/app.bsky.feed.post/3aaaaaaaaapost"
REPLY = f"at://{THEM}/app.bsky.feed.post/3aaaaaaaareply"
ADS = f"at://{THEM}/app.bsky.feed.post/3aaaaaaaaaads"


def credentials(**more: Any) -> Bluesky.Credentials:
    given = {
        "identifier": "kommunen.test",
        "app_password": SecretStr("abcd-efgh-ijkl-mnop"),
        "server": "https://bsky.example",
    }
    return Bluesky.Credentials(**{**given, **more})


def view(**more: Any) -> dict[str, Any]:
    """Return the captured reply, with its record changed by `more`."""
    posts = captured("bluesky", "getPosts")["body"]["posts"]
    (post,) = [p for p in posts if p["uri"] == REPLY]
    return {**post, "record": {**post["record"], **more}}
