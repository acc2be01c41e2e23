"""A delimited text file as columns of distinct texts, whatever its encoding and separator."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.demand.values import BoolArray, IntArray
from forecasting.errors import InputError, quoted

MOST_BYTES = 1 << 28
"""Bytes of a file once unpacked: about six million rows of an ordinary export."""

MOST_COLUMNS = 500
"""Far more than any export of a control room has."""

DELIMITERS = ",;\t|"

AT_ONCE = 50_000
"""Rows turned into columns at a time, so that texts are not all in memory at once."""

HEADER_WITHIN = 60
"""Lines among which the header is looked for, below titles and filters."""

TIME_WORD = re.compile(
    r"\b(date|time|interval|start|day|period|timestamp|hour|half hour|datetime|datum|begin)\b"
)


@dataclass(frozen=True, eq=False)
class Column:
    """A column: the number of each row's text, shape (n,), and the distinct texts, stripped."""

    header: str
    codes: npt.NDArray[np.int32]
    texts: tuple[str, ...]

    def take(self, rows: BoolArray) -> Column:
        """The column of those rows alone, without texts of others."""
        kept, codes = np.unique(self.codes[rows], return_inverse=True)
        return Column(self.header, codes.astype(np.int32), tuple(self.texts[i] for i in kept))

    def matches(self, *, where: Sequence[bool] | BoolArray) -> BoolArray:
        """True for the rows whose text is one of those that `where` marks, shape (n,)."""
        return np.asarray(where, dtype=np.bool_)[self.codes]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file as columns.

    Attributes:
        name: as the person called the file.
        columns: in their order; headers are unique.
        line: line of the file of each row, shape (n,), from 1.
        delimiter: what separates the columns.
        above: lines above the header that were left out.
        blank: empty lines that were left out.
        assumed: what was assumed of the text, as sentences.
    """

    name: str
    columns: tuple[Column, ...]
    line: IntArray
    delimiter: str
    above: int
    blank: int
    assumed: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.line)

    @property
    def headers(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.header for column in self.columns)

    @property
    def fingerprint(self) -> str:
        """The same for files with the same headers."""
        return fingerprint(self.headers)

    def column(self, header: str) -> Column:
        """The column of that header.

        Raises:
            InputError: when there is none.
        """
        for column in self.columns:
            if column.header == header:
                return column
        raise InputError(f"The file has no column {quoted(header)}.")

    def wrong(self, column: Column, rows: BoolArray, words: str) -> InputError:
        """An error about the first of these rows: its line, its column and the text there."""
        row = int(np.argmax(rows))
        text = quoted(column.texts[column.codes[row]])
        return InputError(f"{text} {words}", line=int(self.line[row]), column=column.header)


def fingerprint(headers: Sequence[str]) -> str:
    """The same for files with the same headers, in small or capital letters."""
    return hashlib.sha256("\n".join(headers).casefold().encode()).hexdigest()


def read_sheet(data: bytes, name: str) -> Sheet:
    """Split a file into columns.

    Args:
        data: its bytes; gzip is known by its first two.
        name: what the person called it.

    Raises:
        InputError: when it is damaged, too large, no text, or has no header over rows.
    """
    text, assumed = _decoded(_unpacked(data))
    delimiter, text = _delimiter(text)
    rows = _rows(text, delimiter)
    head: list[tuple[int, list[str]]] = []
    for numbered in rows:
        head.append(numbered)
        if len(head) == HEADER_WITHIN:
            break
    place = _header_place([row for _, row in head])
    headers = _unique_headers(head[place][1])
    builder = _Builder(headers)
    for line, row in head[place + 1 :]:
        builder.add(line, row)
    for line, row in rows:
        builder.add(line, row)
    columns, lines = builder.finished()
    above = sum(any(map(str.strip, row)) for _, row in head[:place])
    return Sheet(name, columns, lines, delimiter, above, builder.blank, assumed)


def _unpacked(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        if len(data) > MOST_BYTES:
            raise InputError(f"The file holds more than {MOST_BYTES >> 20} MB; split it.")
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            text = packed.read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error):
        raise InputError("The gzip file is damaged or cut off; fetch it again.") from None
    if len(text) > MOST_BYTES:
        raise InputError(f"The file unpacks to more than {MOST_BYTES >> 20} MB; split it.")
    return text


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and what was assumed about its encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, words = "utf-16", ""
    elif data[1:200:2].count(0) > len(data[:200]) // 4:
        encoding, words = "utf-16-le", "The text is UTF-16 without a mark."
    else:
        encoding, words = "utf-8-sig", ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text, words = data.decode("cp1252"), "The text is not UTF-8, so it is Windows-1252."
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise InputError("The line is no text; export the file as UTF-8.", line=line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError("The line is no text; export the file as CSV.", line=line)
    if not text.strip():
        raise InputError("The file is empty.")
    return text, (words,) if words else ()


def _delimiter(text: str) -> tuple[str, str]:
    """What separates columns, and the text without a line that says so.

    The one that splits most of the first lines into the same number of columns, the more the
    better.
    """
    first, _, _ = text.partition("\n")
    if said := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):
        return said[1], "\n" + text.partition("\n")[2]
    lines = [line for line in text[:100_000].splitlines()[:200] if line.strip()]
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        widths = Counter(map(len, csv.reader(lines, delimiter=delimiter)))
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        if width > 1 and (times, width) > most:
            best, most = delimiter, (times, width)
    return best, text


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"The line is not CSV: {error}.", line=line) from None


def _header_place(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows is the header: wide enough, and naming a time."""
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = Counter(width for width in widths if width > 1).most_common(1)
    if not usual:
        raise InputError("The file has no columns; give a header over rows.", line=1)
    enough = max(2, (usual[0][0] + 1) // 2)
    for place, row in enumerate(rows):
        words = [normal(cell) for cell in row]
        if widths[place] >= enough and any(TIME_WORD.search(each) for each in words):
            return place
    return next(place for place, width in enumerate(widths) if width >= enough)


def normal(header: str) -> str:
    """A header in small letters and single blanks, `CallsOffered` as two words."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^\w%<>]+|_+", " ", split).casefold().split())


def _unique_headers(row: Sequence[str]) -> list[str]:
    """The header's names, told apart by a number where two are the same."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise InputError(f"The header names more than {MOST_COLUMNS} columns.")
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, start=1):
        name = cell or f"Column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


class _Builder:
    """Columns in the making."""

    def __init__(self, headers: list[str]) -> None:
        self.headers = headers
        self.blank = 0
        self._rows: list[list[str]] = []
        self._lines: list[int] = []
        self._numbers: list[dict[str, int]] = [{} for _ in headers]
        self._parts: list[list[npt.NDArray[np.int32]]] = [[] for _ in headers]
        self._all_lines: list[int] = []

    def add(self, line: int, row: list[str]) -> None:
        """Add a row; an empty one is counted only."""
        width = len(self.headers)
        if len(row) != width:
            row = self._fitted(line, row, width)
        if not any(row) or not any(map(str.strip, row)):
            self.blank += 1
            return
        self._rows.append(row)
        self._lines.append(line)
        if len(self._rows) == AT_ONCE:
            self._settle()

    def finished(self) -> tuple[tuple[Column, ...], IntArray]:
        """The columns and the line of each row."""
        self._settle()
        if not self._all_lines:
            raise InputError("The file holds a header and no rows.")
        columns = tuple(
            Column(header, np.concatenate(parts), tuple(numbers))
            for header, parts, numbers in zip(self.headers, self._parts, self._numbers, strict=True)
        )
        return columns, np.array(self._all_lines, dtype=np.int64)

    @staticmethod
    def _fitted(line: int, row: list[str], width: int) -> list[str]:
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) > width:
            raise InputError(
                f"The line has {len(row)} columns where the header has {width}.", line=line
            )
        return row + [""] * (width - len(row))

    def _settle(self) -> None:
        """Turn the rows that wait into numbers of their texts."""
        for place, texts in enumerate(zip(*self._rows, strict=True)):
            column = np.empty(len(texts), dtype=object)
            column[:] = texts
            codes, found = pd.factorize(column)
            numbers = self._numbers[place]
            known = [numbers.setdefault(text.strip(), len(numbers)) for text in found]
            self._parts[place].append(np.array(known, dtype=np.int32)[codes])
        self._all_lines += self._lines
        self._rows, self._lines = [], []
