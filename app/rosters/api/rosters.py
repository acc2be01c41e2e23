"""Rosters: ask for one, read how it stands, name it, put it aside."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.jobs import service as jobs
from app.rosters import service
from app.rosters.schemas.proposing import ProposalAnswer
from app.rosters.schemas.rosters import (
    BreachAnswer,
    BreachList,
    Comparison,
    CoverAnswer,
    DayDiffers,
    LinePairAnswer,
    MadeAnswer,
    NewName,
    RosterAnswer,
    RosterList,
    ShiftAnswer,
    ShiftList,
    ShortHours,
    SummaryAnswer,
    WantedRoster,
)
from app.rosters.schemas.weighing import dial_pairs
from app.rosters.views.comparing import comparison_sentence
from app.web.http.answers import accepted
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked, Page, foreign
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/rosters", tags=["Rosters"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rosters.read")]
Making = Annotated[Visit, allow("rosters.make")]
Changing = Annotated[Visit, allow("rosters.change")]


@router.get("")
def list_rosters(room_id: UUID, visit: Looking, page: Asked, response: Response) -> RosterList:
    """Rosters of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.rosters(reading, room_id, page.after_id(), page.limit + 1)
    shown = found[: page.limit]
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    return RosterList(rosters=tuple(map(RosterAnswer.of, shown)))


@router.post("", status_code=202, response_model=MadeAnswer)
def ask_for_roster(room_id: UUID, body: WantedRoster, visit: Making, once: Once) -> Response:
    """Ask for a roster; the job at `Location` makes it and keeps the best so far."""

    def make(transaction: Transaction) -> Response:
        new, job = service.ask(transaction, room_id, visit.caller.user_id, body.wanted())
        visit.record(transaction, "asked for a roster", new.id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(MadeAnswer.asked(new, job.state), location)

    return once(visit, make)


@router.get("/{roster_id}")
def read_roster(room_id: UUID, roster_id: UUID, visit: Looking, response: Response) -> MadeAnswer:
    """One roster, with the state of the job that makes it."""
    with visit.database.read() as reading:
        found = service.roster(reading, room_id, roster_id)
        state = jobs.job(reading, room_id, found.job_id).state
    response.headers["ETag"] = etag(found.version)
    return MadeAnswer.asked(found, state)


@router.patch("/{roster_id}", responses=VERSIONED)
def rename_roster(
    room_id: UUID,
    roster_id: UUID,
    body: NewName,
    visit: Changing,
    version: IfMatch,
    response: Response,
) -> RosterAnswer:
    """Call a roster something else."""
    with visit.database.write() as transaction:
        changed = service.rename(transaction, room_id, roster_id, version, body.name)
        visit.record(transaction, "renamed a roster", roster_id)
    response.headers["ETag"] = etag(changed.version)
    return RosterAnswer.of(changed)


@router.post("/{roster_id}/discard", responses=VERSIONED)
def discard_roster(
    room_id: UUID, roster_id: UUID, visit: Changing, version: IfMatch, response: Response
) -> RosterAnswer:
    """Put a draft aside."""
    with visit.database.write() as transaction:
        changed = service.discard(transaction, room_id, roster_id, version)
        visit.record(transaction, "discarded a roster", roster_id)
    response.headers["ETag"] = etag(changed.version)
    return RosterAnswer.of(changed)


@router.get("/{roster_id}/shifts")
def read_shifts(
    room_id: UUID, roster_id: UUID, visit: Looking, page: Asked, response: Response
) -> ShiftList:
    """The shifts of a roster, by officer and day."""
    with visit.database.read() as reading:
        found = service.shifts(reading, room_id, roster_id, _shift_key(page), page.limit + 1)
    shown = found[: page.limit]
    last = shown[-1] if len(found) > page.limit else None
    page.link(response, [str(last.officer_id), last.day.isoformat()] if last else None)
    return ShiftList(shifts=tuple(map(ShiftAnswer.of, shown)))


@router.get("/{roster_id}/breaches")
def read_breaches(room_id: UUID, roster_id: UUID, visit: Looking) -> BreachList:
    """What a roster breaks, in words: hard rules, and priced ones other than cover."""
    with visit.database.read() as reading:
        desk = service.opened(reading, room_id, roster_id)
    hard, priced = desk.standing.hard, desk.standing.priced
    return BreachList(
        hard=tuple(BreachAnswer.of(each, desk) for each in hard),
        priced=tuple(BreachAnswer.of(each, desk) for each in priced),
    )


@router.get("/{roster_id}/cover")
def read_cover(room_id: UUID, roster_id: UUID, visit: Looking) -> CoverAnswer:
    """People needed and on duty, per set of queues and interval."""
    with visit.database.read() as reading:
        return CoverAnswer.of(service.opened(reading, room_id, roster_id))


@router.get("/{roster_id}/summary")
def read_summary(room_id: UUID, roster_id: UUID, visit: Looking) -> SummaryAnswer:
    """How a roster stands, in figures."""
    with visit.database.read() as reading:
        return SummaryAnswer.of(service.summary(reading, room_id, roster_id))


@router.get("/{roster_id}/comparison")
def compare_rosters(
    room_id: UUID, roster_id: UUID, other: Annotated[UUID, Query()], visit: Looking
) -> Comparison:
    """Two rosters side by side."""
    with visit.database.read() as reading:
        one, two, differs = service.compare(reading, room_id, roster_id, other)
        found = service.side_by_side(reading, room_id, roster_id, other)
        costs = [service.weighed(reading, room_id, each) for each in (roster_id, other)]
    first, second = (None if it.short is None else it.short.tolist() for it in found.sides)
    return Comparison(
        one=SummaryAnswer.of(one),
        other=SummaryAnswer.of(two),
        differs=tuple(map(DayDiffers.model_validate, differs)),
        sentence=comparison_sentence(found),
        first_day=found.days[0],
        lines=tuple(LinePairAnswer.of(line) for line in found.lines if line.differs),
        short_hours=ShortHours(one=first, other=second),
        costs=dial_pairs(*costs) if found.sides[0].points is not None else None,
    )


@router.get("/{roster_id}/proposal")
def read_proposal(room_id: UUID, roster_id: UUID, visit: Looking) -> ProposalAnswer:
    """What a roster that was made again would change of the one that stands, and why."""
    with visit.database.read() as reading:
        return ProposalAnswer.of(service.proposal(reading, room_id, roster_id))


@router.get("/{roster_id}/problem")
def read_problem(room_id: UUID, roster_id: UUID, visit: Looking) -> dict[str, Any]:
    """What the roster was made from, in the form that `parade check` reads."""
    with visit.database.read() as reading:
        return service.problem_document(reading, room_id, roster_id)


@router.get("/{roster_id}/roster")
def read_roster_document(room_id: UUID, roster_id: UUID, visit: Looking) -> dict[str, Any]:
    """Its shifts, in the form that `parade check` reads."""
    with visit.database.read() as reading:
        return service.roster_document(reading, room_id, roster_id)


def _shift_key(page: Page) -> tuple[UUID, date] | None:
    """The shift after which a page begins."""
    match page.after:
        case None:
            return None
        case [str(officer), str(day)]:
            try:
                return UUID(officer), date.fromisoformat(day)
            except ValueError:
                pass
    raise foreign()
