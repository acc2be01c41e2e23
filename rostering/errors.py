"""What the rostering library refuses, in one sentence each."""

from __future__ import annotations


class InputError(ValueError):
    """Something given from outside cannot be used.

    Args:
        message: one sentence that says what is wrong and what to do.
        path: the file it stands in, where there is one.
        where: the place inside the file, such as `line 12` or `officers[3].skills`.
    """

    def __init__(self, message: str, path: str | None = None, where: str | None = None) -> None:
        self.message = message
        self.path = path
        self.where = where
        place = ", ".join(part for part in (path, where) if part)
        super().__init__(f"{place}: {message}" if place else message)
