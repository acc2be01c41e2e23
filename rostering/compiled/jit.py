"""The compiler, with a type that a type checker can follow and a cache that cannot go stale.

The compiler's own cache looks at the file of a function alone; what the function calls in other
files may have changed. So compiled code is kept in a folder named after all sources of this
package together.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile on first call, without the interpreter's lock, and keep the result on disk."""
    return _compiled(function, inside=False)


def inlined(function: Function) -> Function:
    """Compile into whatever calls it; for what is called in every move.

    A call hands every array of a tuple on by value, some hundred words: that took most of the time.
    """
    return _compiled(function, inside=True)


def _compiled(function: Function, *, inside: bool) -> Function:
    # Set at each use: whoever else compiles in this process has a folder of its own.
    numba.config.CACHE_DIR = _FOLDER  # type: ignore[attr-defined]
    # Nothing here makes an array, so that references to them need no counting.
    settled = numba.njit(cache=True, nogil=True, _nrt=False, forceinline=inside)  # type: ignore[call-overload]
    return cast("Function", settled(function))


def _cache_folder() -> Path:
    """A folder that this version of the sources alone writes to."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    folder = base / "parade" / f"compiled-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"parade-{os.getuid()}" / folder.name
    return folder


_FOLDER = str(_cache_folder())
