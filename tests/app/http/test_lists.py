"""Versions and cursors survive the way to the caller and back; nothing else is taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput, Stale
from app.web.http.etag import FORM, check_version, etag
from app.web.http.paging import cursor, read_cursor


@given(st.lists(st.text() | st.integers() | st.none(), max_size=4))
def test_a_cursor_comes_back_as_it_went(key: list[str | int | None]) -> None:
    """Whatever stands in a key, and nothing in it needs quoting in an address."""
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
