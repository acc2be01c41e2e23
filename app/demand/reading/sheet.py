"""A delimited text file as columns of distinct texts, whatever its encoding and separator."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import itertools
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

    def first(self, rows: int) -> tuple[tuple[str, ...], ...]:
        """The texts of the first rows."""
        return tuple(
            tuple(column.texts[column.codes[row]] for column in self.columns)
            for row in range(min(rows, len(self)))
        )

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
    blocks = _blocks(text, delimiter)
    head = next(blocks)
    place = _header_place(head.rows)
    builder = _Builder(_unique_headers(head.rows[place]))
    builder.add(Block(head.rows[place + 1 :], head.lines[place + 1 :]))
    for block in blocks:
        builder.add(block)
    columns, lines, blank = builder.finished()
    above = sum(any(map(str.strip, row)) for row in head.rows[:place])
    return Sheet(name, columns, lines, delimiter, above, blank, assumed)


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


@dataclass(frozen=True, eq=False)
class Block:
    """Some rows, and the line on which each begins."""

    rows: list[list[str]]
    lines: IntArray


def _blocks(text: str, delimiter: str) -> Iterator[Block]:
    """The rows, the first block holding those among which the header is."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    before, most = 0, HEADER_WITHIN
    try:
        while rows := list(itertools.islice(reader, most)):
            heights = np.ones(len(rows), dtype=np.int64)
            if reader.line_num - before != len(rows):
                heights += [sum(cell.count("\n") for cell in row) for row in rows]
            yield Block(rows, before + 1 + np.cumsum(heights) - heights)
            before, most = reader.line_num, AT_ONCE
    except csv.Error as error:
        raise InputError(f"The line is not CSV: {error}.", line=reader.line_num) from None


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
        self._headers = headers
        self._numbers: list[dict[str, int]] = [{} for _ in headers]
        self._codes: list[npt.NDArray[np.int32]] = []
        self._lines: list[IntArray] = []

    def add(self, block: Block) -> None:
        """Add rows, as numbers of their texts."""
        width = len(self._headers)
        for place, row in enumerate(block.rows):
            if len(row) != width:
                block.rows[place] = _fitted(row, width, int(block.lines[place]))
        codes = np.empty((len(block.rows), width), dtype=np.int32)
        for place, texts in enumerate(zip(*block.rows, strict=True)):
            column = np.empty(len(texts), dtype=object)
            column[:] = texts
            own, found = pd.factorize(column)
            numbers = self._numbers[place]
            known = [numbers.setdefault(text.strip(), len(numbers)) for text in found]
            codes[:, place] = np.array(known, dtype=np.int32)[own]
        self._codes.append(codes)
        self._lines.append(block.lines)

    def finished(self) -> tuple[tuple[Column, ...], IntArray, int]:
        """The columns without empty rows, the line of each row, and how many were empty."""
        codes, lines = np.concatenate(self._codes), np.concatenate(self._lines)
        nothing = [numbers.get("", -1) for numbers in self._numbers]
        told = np.any(codes != nothing, axis=1)
        if not told.any():
            raise InputError("The file holds a header and no rows.")
        columns = tuple(
            Column(header, codes[told, place], tuple(numbers))
            for place, (header, numbers) in enumerate(
                zip(self._headers, self._numbers, strict=True)
            )
        )
        return columns, lines[told], int(np.count_nonzero(~told))


def _fitted(row: list[str], width: int, line: int) -> list[str]:
    """A row as wide as the header; only empty cells may be beyond it."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    if len(row) > width:
        raise InputError(
            f"The line has {len(row)} columns where the header has {width}.", line=line
        )
    return row + [""] * (width - len(row))
