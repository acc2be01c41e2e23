"""Versions and cursors survive the way to the caller and back; nothing else is taken for them."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs

import pytest
from fastapi import Request, Response
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput, Stale
from app.web.http.etag import FORM, check_version, etag
from app.web.http.paging import Page, cursor, read_cursor

KEPT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(st.lists(KEPT | st.integers(1 - 2**63, 2**63 - 1) | st.none(), max_size=4))
def test_a_cursor_comes_back_as_it_went(key: list[str | int | None]) -> None:
    """Whatever a database keeps may stand in a key, and nothing in it needs quoting."""
    word = cursor(key)
    assert read_cursor(word) == key
    assert all(letter.isalnum() or letter in "-_" for letter in word)


@given(st.text(max_size=40))
def test_no_other_word_breaks_the_reader(word: str) -> None:
    """Any word is a key or refused in words."""
    try:
        key = read_cursor(word)
    except InvalidInput:
        return
    assert isinstance(key, list)


@pytest.mark.parametrize(
    "said", [r'["\u0000"]', r'["\ud800"]', f"[{2**63}]", "[true]", "[1.5]", "[" * 700]
)
def test_what_no_database_could_be_asked_is_no_cursor(said: str) -> None:
    """NUL, half a character and numbers beyond every column are refused, not looked for."""
    word = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")
    with pytest.raises(InvalidInput):
        read_cursor(word)


def test_the_next_page_is_asked_for_as_the_first_was() -> None:
    """What was asked several times over, such as queues, is asked for again as often."""
    asked = b"queue_id=a&after=x&queue_id=b&limit=1"
    request = Request({"type": "http", "path": "/here", "query_string": asked, "headers": []})
    response = Response()
    Page(None, 1, request).link(response, ["c"])
    address = response.headers["Link"].partition(">")[0]
    assert parse_qs(address.partition("?")[2]) == {
        "queue_id": ["a", "b"], "limit": ["1"], "after": [cursor(["c"])],
    }  # fmt: skip


@given(st.integers(0, 999_999_999))
def test_a_version_is_read_from_its_tag(version: int) -> None:
    """What ETag says If-Match takes."""
    match = FORM.fullmatch(etag(version))
    assert match is not None
    assert int(match[1]) == version


def test_another_version_is_stale() -> None:
    """The present version passes, any other is refused."""
    check_version(3, 3)
    for other in (2, 4):
        with pytest.raises(Stale):
            check_version(other, 3)
