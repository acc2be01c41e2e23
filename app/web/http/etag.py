"""Versions of what people edit, as ETag and If-Match (RFC 9110 §§8.8.3, 13.1.1)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

from app.errors import Stale, VersionNeeded, invalid

FORM = re.compile(r'"(\d{1,9})"')


def etag(version: int) -> str:
    """The entity tag of a version, with its quotes."""
    return f'"{version}"'


def _if_match(
    if_match: Annotated[
        str | None,
        Header(description='The version that the change was made from: its ETag, `"3"`.'),
    ] = None,
) -> int:
    if if_match is None:
        raise VersionNeeded("Read the thing first, and send its ETag as If-Match.")
    match = FORM.fullmatch(if_match.strip())
    if match is None:
        raise invalid("If-Match", 'Give one version, as the ETag said it: "3".')
    return int(match.group(1))


IfMatch = Annotated[int, Depends(_if_match)]
"""The version that a change was made from; 428 when the header is missing."""


def check_version(asked: int, present: int) -> None:
    """Refuse a change that was made from another version than the present one.

    Raises:
        Stale: when somebody changed the thing meanwhile.
    """
    if asked != present:
        raise Stale("Somebody changed this meanwhile: read again, then change.")
