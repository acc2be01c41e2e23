"""Categories of a queue's calls."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a queue's calls, such as crime or road traffic.

    Attributes:
        source: its name in what comes in; it never changes.
        name: as people call it here.
        within: id of the category that it is counted with; None where it stands for itself.
        hidden: whether its calls are shown as of no category.
    """

    id: UUID
    queue_id: UUID
    source: str
    name: str
    version: int
    within: UUID | None = None
    hidden: bool = False
