"""What the library refuses, told by the field that it was given in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.errors import invalid
from forecasting.errors import InputError

Value = TypeVar("Value")


def in_field(field: str, make: Callable[[], Value]) -> Value:
    """What is made.

    Raises:
        InvalidInput: naming the field, when the library refuses to make it.
    """
    try:
        return make()
    except InputError as error:
        raise invalid(field, error.message) from error
