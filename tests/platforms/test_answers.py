"""How long to wait, and what no database can hold."""

import json
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platforms.wire import NOW, patient
from uppsikt.platforms.answers import clean, refusal, retry_after


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "99999999"}, 86_400),
        ({"Retry-After": "Sun, 22 Nov 2026 14:12:17 GMT"}, 120),
        ({"Retry-After": "Sun, 22 Nov 2026 14:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"RateLimit-Reset": "1795356737"}, 120),
        ({"RateLimit-Reset": "30"}, 30),
        ({"X-RateLimit-Reset": "2026-11-22T14:12:17.000Z"}, 120),
        ({"Retry-After": "5", "RateLimit-Reset": "1795356737"}, 5),
        ({"RateLimit-Reset": "1795356737", "RateLimit-Remaining": "7"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_what_the_platform_said(
    headers: dict[str, str], seconds: int | None
) -> None:
    wait = retry_after(httpx.Headers({"Date": NOW, **headers}))

    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def test_a_moment_without_the_platforms_clock_tells_nothing() -> None:
    assert retry_after(httpx.Headers({"RateLimit-Reset": "1795356737"})) is None


@patient
@given(st.text(), st.text())
def test_no_header_breaks_the_waiting(value: str, date: str) -> None:
    raw = {
        "Retry-After": value.encode("utf-8", "replace"),
        "Date": date.encode("utf-8", "replace"),
    }
    wait = retry_after(httpx.Headers({k.encode(): v for k, v in raw.items()}))

    assert wait is None or timedelta(0) <= wait <= timedelta(days=1)


TEXT = st.text(st.characters())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda v: st.lists(v) | st.dictionaries(TEXT, v),
)


@patient
@given(VALUES)
def test_what_is_clean_can_be_stored_and_stays_as_it_is(value: object) -> None:
    cleaned = clean(value)  # type: ignore[arg-type]

    stored = json.dumps(cleaned, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert clean(json.loads(stored)) == cleaned


@patient
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_an_ordinary_text_is_not_touched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("body", [b"\xff", b"[1]", b'"x"', b'{"message": [1]}', b""])
@pytest.mark.parametrize("status", [302, 400, 409, 418, 451, 503])
def test_every_refusal_has_words(status: int, body: bytes) -> None:
    error = refusal(httpx.Response(status, content=body))

    assert str(error)
    assert error.permanent is (status < 500)


def test_a_long_reason_is_cut() -> None:
    said = json.dumps({"message": "x" * 10_000}).encode()
    error = refusal(httpx.Response(400, content=said))

    assert len(str(error)) < 300
