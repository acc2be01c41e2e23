"""Categories of calls as JSON."""

from __future__ import annotations

from uuid import UUID

from app.demand.schemas.counts import Name
from app.web.http.schema import Answer, Strict


class CategoryInput(Strict):
    """What a category is called, whether it is counted with another one, whether it is hidden.

    `within` is the id of another category of its queue; the calls of a hidden one are shown as not
    categorised. Its counts stay as they came.
    """

    name: Name
    within: UUID | None = None
    hidden: bool = False


class CategoryAnswer(Answer):
    """A category of a queue's calls; `source` is its name in what comes in."""

    id: UUID
    queue_id: UUID
    source: str
    name: str
    version: int
    within: UUID | None
    hidden: bool


class CategoryList(Answer):
    """The categories of a control room's queues, by queue and name."""

    categories: tuple[CategoryAnswer, ...]
