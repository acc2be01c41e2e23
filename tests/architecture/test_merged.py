"""What is kept in the repository is whole."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOMS = ("app", "forecasting", "rostering", "migrations", "tests", ".github", ".ci")
TEXTS = {".py", ".html", ".css", ".js", ".toml", ".md", ".json", ".svg", ".yml", ".yaml", ""}

MARK = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)


def test_no_file_holds_marks_of_an_unfinished_merge() -> None:
    """A page with two versions of a paragraph would show both, marks and all."""
    files = [*HOUSE.glob("*.*"), *(each for room in ROOMS for each in (HOUSE / room).rglob("*"))]
    torn = [
        str(each.relative_to(HOUSE))
        for each in files
        if each.suffix in TEXTS and each.is_file() and MARK.search(each.read_text(errors="ignore"))
    ]
    assert torn == []
