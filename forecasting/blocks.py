"""A text file or gzip file as blocks of whole lines, read under limits that keep memory small."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np

from forecasting.errors import InputError

BLOCK_BYTES = 1 << 22
"""Bytes read at once: large enough for fast parsing, small beside the result."""

LONGEST_LINE = 1 << 16
"""Bytes of one line: a thousand times an ordinary one."""

MOST_BYTES = 1 << 30
"""Bytes of a file once unpacked: about 25 million ordinary rows."""


@dataclass(frozen=True)
class Block:
    """Whole lines of a file: valid UTF-8 without NUL, each line at most `LONGEST_LINE` bytes.

    Attributes:
        text: The lines with their line ends; only the file's last line may lack one.
        first_line: Number of the first line in the file, from 1.
    """

    text: bytes
    first_line: int


def read_blocks(path: Path) -> Iterator[Block]:
    """Blocks of `path` from first to last line; gzip is known by its first bytes.

    Raises:
        InputError: When the file cannot be opened, is a damaged or cut-off gzip file, is too
            large, is not UTF-8 text, or has too long a line.
    """
    name = str(path)
    try:
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == b"\x1f\x8b"
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
            yield from _whole_lines(stream, name)
    except EOFError:
        raise InputError("The gzip file is cut off; fetch it again.", path=name) from None
    except (gzip.BadGzipFile, zlib.error):
        raise InputError("The gzip file is damaged; fetch it again.", path=name) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(f"The file cannot be read: {reason}.", path=name) from None


def _whole_lines(stream: IO[bytes], name: str) -> Iterator[Block]:
    """Cut the stream into blocks at line ends."""
    rest, line, total = b"", 1, 0
    while chunk := stream.read(BLOCK_BYTES):
        total += len(chunk)
        if total > MOST_BYTES:
            raise InputError(
                f"The file holds more than {MOST_BYTES >> 20} MB; split it.", path=name
            )
        text = rest + chunk
        cut = text.rfind(b"\n") + 1
        rest = text[cut:]
        if cut:
            yield _sound(Block(text[:cut], line), name)
            line += text.count(b"\n", 0, cut)
        if len(rest) > LONGEST_LINE:
            _sound(Block(rest, line), name)
    if rest:
        yield _sound(Block(rest, line), name)


def _sound(block: Block, name: str) -> Block:
    """The block itself, once its bytes are seen to be lines of text."""
    text = block.text
    zero = text.find(b"\0")
    if zero >= 0:
        line = block.first_line + text.count(b"\n", 0, zero)
        raise InputError(
            "The line holds a NUL byte; save the file as UTF-8 text.", path=name, line=line
        )
    ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))
    lengths = np.diff(ends, prepend=-1, append=len(text)) - 1
    if lengths.max() > LONGEST_LINE:
        raise InputError(
            f"The line is longer than {LONGEST_LINE:,} bytes.",
            path=name,
            line=block.first_line + int(np.argmax(lengths > LONGEST_LINE)),
        )
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = block.first_line + text.count(b"\n", 0, error.start)
        raise InputError(
            "The line is not UTF-8 text; save the file as UTF-8.", path=name, line=line
        ) from None
    return block
