"""Files of people: what each row says, with every field that cannot be read."""

from __future__ import annotations

from app.people.reading.files import read_files
from app.people.reading.texts import MOST_BYTES, read_texts

__all__ = ["MOST_BYTES", "read_files", "read_texts"]
