"""Files as they come over the wire or from a disk: named text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from app.errors import invalid

MOST_BYTES = 20_000_000
"""An import: 200,000 shifts of 70 bytes are 14 MB."""

MOST_FILES = 20
"""Files at once: six kinds, some of them in parts."""


def read_texts(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The text of files by their names, without folders.

    Raises:
        InvalidInput: when there is none or too many, or one is not UTF-8 text.
    """
    texts: dict[str, str] = {}
    for number, (given, content) in enumerate(files, start=1):
        name = _name(given) or f"file {number}"
        if name in texts:
            raise invalid(name, "Give each file a name of its own.")
        if number > MOST_FILES:
            raise invalid("files", f"Give at most {MOST_FILES} files at once.")
        texts[name] = _text(name, content)
    if not texts:
        raise invalid("files", "Give at least one file.")
    return texts


def _name(given: str) -> str:
    name = PurePath(given.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:100].strip()


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        words = f"Line {line} is not UTF-8: save the file as CSV UTF-8."
        raise invalid(name, words) from error
    if "\0" in text:
        raise invalid(name, "It is not a text file: save it as CSV UTF-8.")
    return text
