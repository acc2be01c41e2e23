"""Changes of published duties on a page: what is to be named, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.rosters.service import ChangePosition, Publication, PublishedChange
from app.rosters.views.notices import times_words, whole_words
from app.web.words import count, date_year, day_words, when
from rostering.notice import KIND_WORDS, REASON_WORDS


@dataclass(frozen=True, slots=True)
class ToName:
    """A rest day that is to be named.

    Attributes:
        position: the change that earned it.
        name: of the officer.
        worked: the rest day that is worked, in words.
        by: the last day to name it, in words.
        late: whether that day has gone by.
    """

    position: ChangePosition
    name: str
    worked: str
    by: str
    late: bool

    @property
    def value(self) -> str:
        """What a form calls it."""
        return value_of(self.position)


@dataclass(frozen=True, slots=True)
class ToChoose:
    """A change for which pay or time off may be chosen.

    Attributes:
        value: what a form calls it.
        name: of the officer.
        words: what changed, and what is due.
    """

    value: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: when it was told, of whom, what it is, why, and what it earned."""

    told: str
    name: str
    day: str
    words: str
    kind: str
    why: str
    notice: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything on the page.

    Attributes:
        sentence, trouble: the answer: what is to be named, and what is late.
        to_name: the rest days to name, the first due first.
        rows: the changes, the newest first.
        more: where the next page begins; None on the last.
    """

    sentence: str
    trouble: str
    to_name: tuple[ToName, ...]
    rows: tuple[ChangeRow, ...]
    more: ChangePosition | None

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The rest days to name, as choices of a form: value and words."""
        return tuple((each.value, f"{each.name}, {each.worked}") for each in self.to_name)


def changes_view(
    owed: Sequence[PublishedChange],
    found: Sequence[tuple[PublishedChange, Publication]],
    names: Mapping[UUID, str],
    now: datetime,
    zone: str,
    shown: int,
) -> ChangesView:
    """Lay out what is to be named and what changed; one change more than shown leads on."""
    today = now.astimezone(ZoneInfo(zone)).date()
    to_name = tuple(_to_name(each, names, today) for each in owed)
    last = found[shown - 1][0] if len(found) > shown else None
    return ChangesView(
        sentence=owed_words(owed) or "No rest day is waiting for a date.",
        trouble=_late_words(sum(each.late for each in to_name)),
        to_name=to_name,
        rows=tuple(_row(change, why, names, zone) for change, why in found[:shown]),
        more=_position(last) if last else None,
    )


def to_choose(found: Sequence[PublishedChange], names: Mapping[UUID, str]) -> tuple[ToChoose, ...]:
    """Changes for which pay or time off may be chosen, by day."""
    return tuple(
        ToChoose(
            value_of(_position(each)),
            names.get(each.officer_id, ""),
            f"{KIND_WORDS[each.notice.due.kind]}, {date_year(each.day)}: "
            f"{'; '.join(award.words for award in each.notice.due.awards if award.can_choose)}.",
        )
        for each in found
        if each.notice is not None
    )


def value_of(position: ChangePosition) -> str:
    """What a form calls a change."""
    return f"{position.number}/{position.officer_id}/{position.day}"


def owed_words(owed: Sequence[PublishedChange]) -> str:
    """How many rest days are to be named and by when, as a sentence; "" for none."""
    days = [each.notice.due.name_by for each in owed if each.notice and each.notice.due.name_by]
    if not days:
        return ""
    until = day_words(min(days))
    if len(days) == 1:
        return f"1 rest day is to be named by {until}."
    return f"{len(days)} rest days are to be named, the first by {until}."


def disrupted_rows(
    found: Mapping[UUID, int], names: Mapping[UUID, str]
) -> tuple[tuple[str, str], ...]:
    """Officers whose rest days were disrupted, the most often first, with how often."""
    rows = sorted(found.items(), key=lambda each: (-each[1], names.get(each[0], "")))
    return tuple((names.get(officer_id, ""), str(times)) for officer_id, times in rows)


def _late_words(number: int) -> str:
    return f"{count(number, 'date')} {'is' if number == 1 else 'are'} overdue." if number else ""


def _to_name(change: PublishedChange, names: Mapping[UUID, str], today: date) -> ToName:
    by = change.notice.due.name_by if change.notice else None
    return ToName(
        position=_position(change),
        name=names.get(change.officer_id, ""),
        worked=date_year(change.day),
        by=date_year(by) if by else "",
        late=by is not None and by < today,
    )


def _row(
    change: PublishedChange, why: Publication, names: Mapping[UUID, str], zone: str
) -> ChangeRow:
    notice = change.notice
    said = [REASON_WORDS[why.change_reason]] if why.change_reason else []
    said += [why.reason] if why.reason else []
    if notice and notice.authority:
        said.append(f"authorised by {notice.authority}")
    words = whole_words(notice.due) if notice else ""
    if notice and notice.named:
        words += f" Rest day named: {date_year(notice.named)}."
    if notice and notice.choice in {"pay", "time"}:
        words += f" {'Pay' if notice.choice == 'pay' else 'Time off'} was chosen."
    return ChangeRow(
        told=when(why.told, zone),
        name=names.get(change.officer_id, ""),
        day=day_words(change.day),
        words=f"{times_words(change.after, zone)}, was {times_words(change.before, zone)}",
        kind=KIND_WORDS[notice.due.kind] if notice else "",
        why="; ".join(said),
        notice=words,
        holds=notice is None or notice.standing,
    )


def _position(change: PublishedChange) -> ChangePosition:
    return ChangePosition(change.number, change.officer_id, change.day)
