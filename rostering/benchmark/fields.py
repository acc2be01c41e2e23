"""One line of an instance, field by field: what it holds, and where it is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rostering.errors import InputError

LARGEST = 1_000_000
"""Largest number: beyond it a sum of points could grow past 64 bits."""

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of a line between two commas.

    Attributes:
        text: what it holds, without spaces around it.
        path: the file.
        line, column: where it begins, counted from 1.
    """

    text: str
    path: str
    line: int
    column: int

    def refused(self, message: str) -> InputError:
        """The error that says what is wrong with it, and where."""
        return InputError(message, self.path, f"line {self.line}, column {self.column}")

    def whole(self, least: int = 0, most: int = LARGEST) -> int:
        """A whole number between two limits, both included."""
        digits = self.text.isascii() and self.text.isdigit()
        if not digits or not least <= int(self.text[:12]) <= most:
            raise self.refused(f'"{self.text[:40]}" is not a whole number from {least} to {most}.')
        return int(self.text)

    def name(self) -> str:
        """A name that is not empty and holds no mark with a meaning of its own."""
        if not self.text:
            raise self.refused("A name is missing.")
        if len(self.text) > LONGEST_NAME:
            raise self.refused(f"The name is longer than {LONGEST_NAME} characters.")
        marks = sorted({*self.text} & {*"|=:;"})
        if marks or not self.text.isprintable():
            raise self.refused(f'The name "{self.text}" holds a mark that names may not have.')
        return self.text

    def one_of(self, known: Collection[str], what: str) -> str:
        """A name that is known."""
        if self.text not in known:
            raise self.refused(f'"{self.text[:40]}" is not {what}.')
        return self.text

    def parts(self, mark: str) -> list[Field]:
        """The pieces between marks; none where there is no text."""
        return _split(self, mark) if self.text else []


def fields_of(text: str, path: str, line: int) -> list[Field]:
    """The fields of a line, by commas."""
    return _split(Field(text, path, line, 1), ",")


def _split(whole: Field, mark: str) -> list[Field]:
    found = []
    column = whole.column
    for piece in whole.text.split(mark):
        start = column + len(piece) - len(piece.lstrip())
        found.append(Field(piece.strip(), whole.path, whole.line, start))
        column += len(piece) + len(mark)
    return found
