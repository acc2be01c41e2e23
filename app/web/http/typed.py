"""The fields of a form whose names are not known beforehand, as they were typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData


def text_fields(form: FormData) -> dict[str, str]:
    """The fields that are texts; of several with one name the last."""
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _typed(request: Request) -> dict[str, str]:
    return text_fields(await request.form())


Typed = Annotated[dict[str, str], Depends(_typed)]
"""Them, to a door that asks."""
