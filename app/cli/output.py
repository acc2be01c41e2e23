"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from app.cli.interrupt import held_back
from rostering.errors import InputError


def check_file(path: Path) -> None:
    """Refuse a place where no file can be written, before any work is done for it.

    Raises:
        InputError: when it is a folder, or its folder is not there or cannot be written to.
    """
    if path.is_dir():
        raise InputError("This is a folder; name a file.", str(path))
    if not path.parent.is_dir():
        raise InputError("The folder of this file does not exist; make it first.", str(path))
    _check_writable(path.parent, path)


def write_file(path: Path, text: str) -> None:
    """Write a text file in one step: whoever looks sees the old one or the whole new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_folder(folder: Path, names: Collection[str]) -> None:
    """Refuse a folder that cannot take the files of a plan, before any work is done for it.

    A folder that is there may hold anything: files of these names are replaced, the rest is left.

    Raises:
        InputError: when it is a file, holds a folder of one of the names, or cannot be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("This is a file; name a folder.", str(folder))
    for name in names:
        if (folder / name).is_dir():
            raise InputError(f"It holds a folder named {name}; move it away.", str(folder))
    there = folder if folder.exists() else folder.absolute().parent
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        raise InputError(f"{there} is a file, so no folder can be made in it.", str(folder))
    _check_writable(there, folder)


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write files into a folder of its own, then move them all to `folder`.

    A new folder appears in one step. Into a folder that is there the files are moved one by one,
    which Ctrl-C cannot part.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.parent / f".{folder.name}.{os.getpid()}.part"
    draft.mkdir()
    try:
        fill(draft)
        with held_back():
            if not folder.exists():
                draft.rename(folder)
                return
            for file in sorted(draft.iterdir()):
                file.replace(folder / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check_writable(folder: Path, wanted: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"Nothing may be written in {folder}.", str(wanted))
