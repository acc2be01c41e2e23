"""Which wishes a roster does not meet, why, and who would have had to give way."""

from __future__ import annotations

from dataclasses import dataclass

from app.rosters.service import Reasons, Unmet
from app.web.words import count

NOT_YET = "Not worked out yet."


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """A wish that is not met.

    Attributes:
        name: of the officer.
        asked: what is wished for, and with what points.
        lost: how much of it is not met.
        why: what the officer is told, or that nothing is known yet.
        yielding: who would have had to give way; for the manager alone.
        is_old: whether the roster has changed since.
    """

    name: str
    asked: str
    lost: str
    why: str
    yielding: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """The wishes of a roster on a page.

    Attributes:
        sentence: how many are met.
        rows: those that are not.
        is_busy: whether reasons are being worked out.
        is_lacking: whether some are not known, or of a roster that has changed since.
    """

    sentence: str
    rows: tuple[UnmetRow, ...]
    is_busy: bool
    is_lacking: bool


def reasons_view(found: Reasons) -> ReasonsView:
    """Lay the wishes of a roster out."""
    lacking = any(each.reason is None or each.is_old for each in found.unmet)
    return ReasonsView(
        sentence=reasons_sentence(found),
        rows=tuple(map(_row, found.unmet)),
        is_busy=found.is_busy,
        is_lacking=lacking,
    )


def reasons_sentence(found: Reasons) -> str:
    """How many wishes a roster meets, in a sentence."""
    if not found.made:
        return "Nobody wished for anything on these days."
    met = found.made - len(found.unmet)
    if met == found.made:
        return f"All {count(found.made, 'wish is', 'wishes are')} met."
    return f"{met:,} of {count(found.made, 'wish is', 'wishes are')} met."


def _row(unmet: Unmet) -> UnmetRow:
    came, reason = unmet.came, unmet.reason
    said = f"{unmet.asked[0].upper()}{unmet.asked[1:]}"
    lost = "all of it" if came.lost == came.points else f"{came.lost} of {came.points} points"
    return UnmetRow(
        name=unmet.name,
        asked=f"{said}, {count(came.points, 'point')}",
        lost=lost,
        why=reason.words if reason else NOT_YET,
        yielding=reason.yielding if reason else "",
        is_old=unmet.is_old,
    )
