"""What the panel beside the grid says of an officer-day, of a proposal, and of a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.rosters.service import LaidOut, Opened, Taker, Takers, Trial, WhyShort, why_short
from app.rosters.views.authorised import AuthoriseForm, authorise_form
from app.rosters.views.fatigue import fatigue_words
from app.rosters.views.notices import NoticeView, WhyView, notice_views, why_view
from app.web.views.kinds import kind_of
from app.web.views.roster_grid import bands
from app.web.views.wishes import wish_text
from app.web.words import count, day_words, hours, number
from rostering.effect import LineEffect
from rostering.problem import REST, Officer, Shift

SHOWN = 4
"""Sentences about cover that stand in the panel: the costliest; the others are counted."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift or a rest day: its letter ("" for rest), its words, and its code."""

    letter: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the officer-day could become, with its effect in brief."""

    duty: Duty
    allowed: bool
    verdict: str
    points: str


@dataclass(frozen=True, slots=True)
class CellPanel:
    """An officer-day: who, what now, the wishes about it, and what else it could be.

    Attributes:
        title: the officer's name.
        sub: team and skills.
        day: the day in words.
        now: what stands there.
        fatigue: the fatigue score of the shift and what it is made of; "" where it has none.
        wishes: each in words, and whether it is met.
        choices: what it could lawfully become, the best first.
        refused: what it could not, with the rule in words.
        pinned: whether the solver and hands must keep it.
    """

    title: str
    sub: str
    day: str
    now: Duty
    fatigue: str
    wishes: tuple[tuple[str, bool], ...]
    choices: tuple[Choice, ...]
    refused: tuple[Choice, ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class ProposalPanel:
    """What a change would make of the roster.

    Attributes:
        title, sub, day: as of an officer-day.
        changes: name of the officer, what was and what would be.
        allowed: whether it may be kept.
        verdict: the verdict in a sentence.
        rules: breaches made, cleared or newly against guidance: words and tone.
        cover: what becomes of the cover, the costliest first.
        more_cover: how many sentences are not shown.
        hours: hours and fatigue of the period of each officer touched, before and after.
        wishes: wishes met or lost: words and whether met.
        points: points of the roster that it adds, in words.
        notices: of a published roster, notice and what is due to each officer.
        why: the reasons that may be given and what else is needed; None where nothing is.
        authorise: what is asked of whoever authorises what it breaks; None where nobody can.
    """

    title: str
    sub: str
    day: str
    changes: tuple[tuple[str, Duty, Duty], ...]
    allowed: bool
    verdict: str
    rules: tuple[tuple[str, str], ...]
    cover: tuple[str, ...]
    more_cover: int
    hours: tuple[str, ...]
    wishes: tuple[tuple[str, bool], ...]
    points: str
    notices: tuple[NoticeView, ...]
    why: WhyView | None
    authorise: AuthoriseForm | None


@dataclass(frozen=True, slots=True)
class TakerView:
    """Somebody who could take a shift: who, how, and what it does."""

    officer_id: UUID
    name: str
    words: str
    points: str


def cell_panel(desk: Opened, row: int, column: int, options: Iterable[Trial]) -> CellPanel:
    """Say everything about an officer-day."""
    officer, shift = desk.problem.officers[row], desk.standing.shift(row, column)
    found = [_choice(desk, trial) for trial in options]
    cell = (UUID(officer.id), desk.problem.date_of(column))
    return CellPanel(
        title=officer.name,
        sub=who(officer),
        day=day_words(cell[1]),
        now=duty(shift),
        fatigue=fatigue_words(desk.standing, row, column),
        wishes=tuple(
            (_wish(wish_text(wish), wish.points), desk.standing.meets(row, wish))
            for wish in officer.preferences
            if wish.day == column
        ),
        choices=tuple(choice for choice in found if choice.allowed),
        refused=tuple(choice for choice in found if not choice.allowed),
        pinned=any((pin.officer_id, pin.day) == cell for pin in desk.pins),
    )


def proposal_panel(desk: Opened, trial: Trial) -> ProposalPanel:
    """Say everything about a proposal."""
    effect, first = trial.effect, trial.changed[0]
    officer = _officer(desk, first.officer_id)
    names = {it.officer_id: _officer(desk, it.officer_id).name for it in trial.changed}
    return ProposalPanel(
        title=officer.name,
        sub=who(officer),
        day=day_words(first.day),
        changes=tuple(
            (names[it.officer_id], _named(desk, it.before), _named(desk, it.after))
            for it in trial.changed
        ),
        allowed=effect.is_allowed,
        verdict=trial.verdict,
        rules=(
            *((breach.words, "short") for breach in effect.made),
            *((f"Mended: {breach.words}", "ok") for breach in effect.cleared),
            *((breach.words, "warn") for breach in effect.worse),
            *((f"No longer: {breach.words}", "ok") for breach in effect.better),
        ),
        cover=trial.cover[:SHOWN],
        more_cover=max(len(trial.cover) - SHOWN, 0),
        hours=tuple(words for line in effect.lines for words in (_hours(line), *_fatigue(line))),
        wishes=tuple(
            (_wish(wish_text(wish), wish.points), met)
            for line in effect.lines
            for wishes, met in ((line.met, True), (line.lost, False))
            for wish in wishes
        ),
        points=points_words(effect.points),
        notices=notice_views(
            trial.prices,
            names,
        ),
        why=why_view(trial.prices),
        authorise=authorise_form(trial),
    )


def taker_views(takers: Iterable[Taker]) -> tuple[TakerView, ...]:
    """Those who could take a shift, the best first."""
    return tuple(
        TakerView(each.officer_id, each.name, each.trial.verdict, points_words(each.points))
        for each in takers
    )


def duty(shift: Shift | None) -> Duty:
    """A shift template, or a rest day, in words."""
    if shift is None:
        return Duty("", "Rest day", "")
    end = (shift.start + shift.minutes) % 1440
    kind = kind_of(shift)
    return Duty(kind.letter, f"{kind.name} {_clock(shift.start)} to {_clock(end)}", shift.code)


def who(officer: Officer) -> str:
    """Team and skills of an officer."""
    team = f"Team {officer.team}" if officer.team and len(officer.team) < 3 else officer.team
    skills = ", ".join(sorted(officer.skills))
    return " · ".join(part for part in (team, skills) if part)


def points_words(points: int) -> str:
    """What a change costs or gains the roster, in points."""
    if points == 0:
        return "no change in points"
    amount = count(abs(points), "point")
    return f"better by {amount}" if points < 0 else f"worse by {amount}"


def _choice(desk: Opened, trial: Trial) -> Choice:
    return Choice(
        duty=_named(desk, trial.changed[0].after),
        allowed=trial.effect.is_allowed,
        verdict=trial.verdict,
        points=points_words(trial.effect.points),
    )


def _named(desk: Opened, code: str | None) -> Duty:
    problem = desk.problem
    choice = REST if code is None else problem.shift_index[code]
    return duty(None if choice == REST else problem.shifts[choice])


def _officer(desk: Opened, officer_id: UUID) -> Officer:
    return desk.problem.officers[desk.problem.officer_index[str(officer_id)]]


def _hours(line: LineEffect) -> str:
    before, after = line.minutes_before / 60, line.minutes_after / 60
    least, most = line.officer.least_minutes / 60, line.officer.most_minutes / 60
    return (
        f"{line.officer.name}: {hours(before)} h → {hours(after)} h, "
        f"contract {number(least)} to {number(most)} h"
    )


def _fatigue(line: LineEffect) -> tuple[str, ...]:
    """The fatigue score of a line before and after, where it changes."""
    before, after = line.fatigue_before, line.fatigue_after
    return (f"{line.officer.name}: fatigue score {before} → {after}",) if before != after else ()


def _wish(words: str, points: int) -> str:
    return f"{words[0].upper()}{words[1:]}, {count(points, 'point')}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class GapPanel:
    """A gap in the hours of a kind of shift, and who could fill it.

    Attributes:
        title: the kind and the day.
        shift: the usual shift of the kind, in words.
        takers: who could work it, the best first.
        others: how many more could.
        busy: how many work another shift that day.
        refused: how many could not, with the rule that stands in the way.
        why: where everybody is and what binds, and what would help; "" where nobody is missing.
    """

    title: str
    shift: Duty
    takers: tuple[TakerView, ...]
    others: int
    busy: int
    refused: tuple[tuple[str, int], ...]
    why: tuple[str, str]


def _why_short(laid: LaidOut, letter: str, column: int) -> WhyShort | None:
    """Why people are missing in the hours of a kind on a day, as the grid's row of it has them."""
    for kind, begin, end in bands(laid.problem, laid.roster):
        if kind.letter == letter:
            instant = laid.problem.instant
            return why_short(laid.opened.standing, instant(column, begin), instant(column, end))
    return None


def gap_panel(laid: LaidOut, code: str, column: int, found: Takers) -> GapPanel:
    """Say who could work the usual shift of a kind on a day, besides those who do."""
    shift = duty(laid.problem.shifts[laid.problem.shift_index[code]])
    why = _why_short(laid, shift.letter, column)
    kind = shift.words.split()[0]
    return GapPanel(
        title=f"{kind}, {day_words(laid.problem.date_of(column))}",
        shift=shift,
        takers=taker_views(found.best),
        others=found.others,
        busy=found.busy,
        refused=tuple(sorted(found.refused.items(), key=lambda pair: -pair[1])),
        why=("", "") if why is None else (why.words, why.remedy),
    )
