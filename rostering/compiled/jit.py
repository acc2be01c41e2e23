"""The compiler, with a type that a type checker can follow and a cache that cannot go stale.

The compiler's own cache looks at the file of a function alone; what the function calls in other
files may have changed. So compiled code is kept in a folder named after all sources of this
package together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

from rostering.compiled.folder import cache_folder

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
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    # Nothing here makes an array, so that references to them need no counting.
    settled = numba.njit(cache=True, nogil=True, _nrt=False, forceinline=inside)  # type: ignore[call-overload]
    return cast("Function", settled(function))
