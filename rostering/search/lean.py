"""OR-Tools without pandas, which a searching child would hold in memory for nothing.

OR-Tools' models take columns and rows of data frames as well, and load pandas to know them when
they see them. Nothing here lays a model out so. A stand-in with classes of which there is no object
answers that question as well, and saves some 23 MB in every child.
"""

from __future__ import annotations

import sys
from types import ModuleType

PANDAS = "pandas"


class _Absent(ModuleType):
    """A module whose every public name is a class without objects."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        found = type(name, (), {})
        setattr(self, name, found)
        return found


def do_without_pandas() -> None:
    """Let nothing load pandas in this process from now on; for a process that only searches."""
    sys.modules.setdefault(PANDAS, _Absent(PANDAS))
