"""Where compiled code is kept, and whether all of it is there.

The compiler keeps code for one processor, one version of itself and sources in one place, untouched
since; found by another it is compiled anew. Nothing here loads the compiler.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

PROCESSOR = Path("/proc/cpuinfo")
"""What Linux tells of the processor."""


@cache
def cache_folder() -> Path:
    """The folder, below `XDG_CACHE_HOME` or `~/.cache`; made where it is not there yet."""
    digest = hashlib.sha256()
    for source in _sources():
        digest.update(source.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    folder = base / "parade" / f"compiled-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"parade-{os.getuid()}" / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_ready() -> bool:
    """Whether everything here has been compiled before, for this processor and compiler."""
    return _mark().exists()


def can_keep() -> bool:
    """Whether what is compiled here would still be there for the next process."""
    return os.access(cache_folder(), os.W_OK)


def mark_ready() -> None:
    """Note that everything is compiled."""
    _mark().touch()


def _sources() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.py"))


def _mark() -> Path:
    names = ("model name", "flags", "Features", "CPU part")
    facts = [platform.machine(), sys.version, version("numba"), version("llvmlite")]
    facts += [f"{source} {source.stat().st_mtime_ns}" for source in _sources()]
    if PROCESSOR.exists():
        told = PROCESSOR.read_text(errors="replace").splitlines()
        facts += sorted({line for line in told if line.startswith(names)})
    digest = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    return cache_folder() / f"ready-{digest[:16]}"
