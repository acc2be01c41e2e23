"""A workbook read back, cell by cell, as a spreadsheet keeps it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STYLE_OF_DAYS, STYLE_OF_HOURS = "14", "2"


@dataclass(frozen=True)
class Cell:
    """A cell: what it says, the formula behind it, and its number format."""

    said: str
    formula: str
    form: str


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells by the letter of their column, widths, and rows that stay in sight."""

    rows: list[dict[str, Cell]]
    widths: list[float]
    frozen: int


def read_book(data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name; every part of it is well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {
            name: ET.fromstring(package.read(name))  # noqa: S314 - made here
            for name in package.namelist()
        }
    texts = ["".join(each.itertext()) for each in parts["xl/sharedStrings.xml"]]
    styles = parts["xl/styles.xml"].find(f"{MAIN}cellXfs")
    assert styles is not None
    forms = [each.get("numFmtId", "") for each in styles]
    names = [each.get("name", "") for each in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    return {
        name: _sheet(parts[f"xl/worksheets/sheet{number}.xml"], texts, forms)
        for number, name in enumerate(names, 1)
    }


def _sheet(part: ET.Element, texts: list[str], forms: list[str]) -> Sheet:
    rows = [
        {
            cell.get("r", "").rstrip("0123456789"): _cell(cell, texts, forms)
            for cell in row
            if cell.find(f"{MAIN}v") is not None
        }
        for row in part.iter(f"{MAIN}row")
    ]
    widths = [float(each.get("width", 0)) for each in part.iter(f"{MAIN}col")]
    panes = [each for each in part.iter(f"{MAIN}pane") if each.get("state") == "frozen"]
    return Sheet(rows, widths, sum(int(each.get("ySplit", 0)) for each in panes))


def _cell(cell: ET.Element, texts: list[str], forms: list[str]) -> Cell:
    said = cell.findtext(f"{MAIN}v", "")
    if cell.get("t") == "s":
        said = texts[int(said)]
    return Cell(said, cell.findtext(f"{MAIN}f", ""), forms[int(cell.get("s", 0))])
