"""Files of people: what each row says, with every field that cannot be read."""

from __future__ import annotations

from app.people.reading.files import MOST_ROWS, read_files

__all__ = ["MOST_ROWS", "read_files"]
