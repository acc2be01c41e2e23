"""Why a roster does not meet a wish, as kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WishReason:
    """Why a wish is not met.

    Attributes:
        wish_id: the wish, about a day or several.
        officer_id: whose it is.
        version: of the roster for which it was found.
        kind: what stands in the way: `rule`, `cover`, `own`, `others`, or `open` for nothing;
            `never` where no shift of the roster could meet it.
        points: what the best way to meet it adds to the roster; 0 where there is none.
        words: the reason as sentences to the officer, who hears no other name.
        yielding: who would have had to give way, as a sentence to the manager.
    """

    wish_id: UUID
    officer_id: UUID
    version: int
    kind: str
    points: int
    words: str
    yielding: str
