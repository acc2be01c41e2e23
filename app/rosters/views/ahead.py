"""Need and cover of what is published, a set of queues at a time."""

from __future__ import annotations

from dataclasses import dataclass

from app.rosters.service import InForce
from app.web.views.need_cover import SetView, set_view
from app.web.views.shortfall import room_cover


@dataclass(frozen=True, slots=True)
class Ahead:
    """Cover over some days.

    Attributes:
        labels: the sets of queues in words.
        chosen: index of the one shown.
        view: need and cover of that one; None where no requirement covers the days.
        published: whether anybody is published to work.
    """

    labels: tuple[str, ...]
    chosen: int
    view: SetView | None
    published: bool


def cover_ahead(force: InForce, chosen: int) -> Ahead:
    """Lay the cover of some days out; `chosen` is an index of the sets, the last if too large."""
    room = room_cover(force.problem, force.roster)
    published = any(force.roster.tours.values())
    if room is None:
        return Ahead((), 0, None, published)
    index = min(chosen, len(room.sets) - 1)
    return Ahead(
        labels=tuple(each.label for each in room.sets),
        chosen=index,
        view=set_view(force.problem, room, room.sets[index]),
        published=published,
    )
