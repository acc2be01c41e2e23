"""A room told by the product's own services: people, counts, past shifts, wishes, users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.auth import service as auth
from app.auth.service import Grant, Role
from app.db.transaction import Transaction
from app.demand import service as demand
from app.demo.bonds import make_bonds
from app.demo.leave import make_leave
from app.demo.pattern import LINE, TEMPLATES, TIMES, at, place_of, worked
from app.demo.people import PART_TIME, TRAINEE, MadePerson
from app.demo.plan import Plan, Told
from app.demo.rules import make_rules
from app.demo.wishes import make_extra_offers, make_long_wishes, make_wishes
from app.patterns import service as patterns
from app.people import service as people
from app.people.service import Contract, HeldSkill, OfficerDetails, PastShift, Span, Term
from app.preferences import service as preferences
from app.preferences.service import RoundDetails
from app.requirements import service as requirements
from app.rosters import service as rosters

HISTORY_DAYS = 20 * 7
"""Of worked shifts before the first roster: hours are averaged over 17 weeks."""

CLOSES_IN = 4
"""Days until the open round closes."""

NOTICE_DAYS = 31
"""Officers are told a month before a period begins (Police Regulations)."""


def tell_room(transaction: Transaction, plan: Plan) -> Told:
    """The room with its people, counts, past shifts, wishes and users, without passwords."""
    force = people.create_force(transaction, plan.force)
    room = people.create_room(
        transaction, force.id, plan.room, plan.zone, 7 * 60, notice=plan.notice, as_of=plan.as_of
    )
    officers = _people(transaction, plan, room)
    manager = _users(transaction, plan, room)
    told = Told(plan, room, officers, manager)
    for batch in plan.batches:
        demand.receive(transaction, room.id, batch, "file", manager.id, file_name="demonstration")
    _calendar(transaction, told)
    _terms(transaction, told)
    for template in TEMPLATES:
        end = (template.start + template.minutes) % 1440
        name = f"{template.kind.capitalize()} {_clock(template.start)} to {_clock(end)}"
        rosters.add_template(
            transaction,
            room.id,
            rosters.TemplateDetails(
                template.code, name, template.kind, template.start, template.minutes
            ),
        )
    _past(transaction, told)
    _wishes(transaction, told)
    make_leave(transaction, told)
    make_bonds(transaction, told)
    _pattern(transaction, told)
    make_rules(transaction, told)
    return told


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _people(transaction: Transaction, plan: Plan, room: people.Room) -> tuple[people.Officer, ...]:
    skills = {
        code: people.create_skill(transaction, room.force_id, code, name).id
        for code, name in plan.skills.items()
    }
    teams = [
        people.create_team(transaction, room.id, f"Team {'ABCDE'[team]}").id
        for team in range(max(each.team for each in plan.people) + 1)
    ]
    return tuple(_person(transaction, room.id, each, skills, teams) for each in plan.people)


def _person(
    transaction: Transaction,
    room_id: UUID,
    person: MadePerson,
    skills: Mapping[str, UUID],
    teams: list[UUID],
) -> people.Officer:
    place = person.place
    officer = people.add_officer(
        transaction,
        room_id,
        OfficerDetails(
            number=person.number,
            name=person.name,
            grade=place.grade,
            employment=place.employment,
            started=person.started,
            team_id=teams[person.team],
        ),
    )
    held = [HeldSkill(skills[code], person.started) for code in place.skills]
    people.set_skills(transaction, room_id, officer.id, held)
    agreed = [Contract(person.started, None, place.weekly_minutes)]
    people.set_contracts(transaction, room_id, officer.id, agreed)
    people.set_terms(transaction, room_id, officer.id, list(_own_terms(person)))
    return officer


def _own_terms(person: MadePerson) -> Iterator[Term]:
    """What holds for one person alone.

    Whoever works nights was assessed, but for the trainees of one team; the part-timers of one team
    work none; the leader of one team agreed to longer weeks.
    """
    place = person.place
    if place.weekly_minutes == PART_TIME:
        if not person.team:
            yield Term("kind", person.started, None, "", "night")
    elif place.grade != TRAINEE or person.team:
        yield Term("assessed", person.started)
    if place.grade == "Team leader" and person.team == 1:
        yield Term("opt_out", person.started, None, "", "14")


def _users(transaction: Transaction, plan: Plan, room: people.Room) -> auth.User:
    """An administrator and a manager, who is given back."""

    def user(role: Role, room_id: UUID | None = None) -> auth.User:
        return auth.create_user(
            transaction,
            force_id=room.force_id,
            sign_in_name=f"{plan.sign_in}{role}",
            name=f"Demonstration {role}",
            grants=[Grant(role, room.force_id, room_id)],
        )

    user("administrator")
    return user("manager", room.id)


def _calendar(transaction: Transaction, told: Told) -> None:
    """Whose public holidays the room has, and the events that change its calls."""
    room_id = told.room.id
    demand.set_holidays(transaction, room_id, told.plan.holidays)
    for each in (*demand.starters(transaction, room_id), *told.plan.events):
        demand.add_event(transaction, room_id, each, told.manager.id)


def _terms(transaction: Transaction, told: Told) -> None:
    queues = {queue.name: queue.id for queue in demand.queues(transaction, told.room.id)}
    for queue, given in told.plan.given.items():
        requirements.set_terms(transaction, told.room.id, queues[queue], 0, given, told.manager.id)


def _past(transaction: Transaction, told: Told) -> None:
    """What was published and worked before the roster in force, by the pattern."""
    plan, room_id = told.plan, told.room.id
    first = plan.first_day - timedelta(days=HISTORY_DAYS)
    span = Span(at(first, 0, plan.zone), at(plan.first_day, 0, plan.zone))
    shifts = [
        PastShift(
            told.officers[made.person].id,
            made.start,
            made.end,
            made.template.kind,
            made.template.code,
        )
        for made in worked(plan.people, first, HISTORY_DAYS, plan.zone)
    ]
    whose = [officer.id for officer in told.officers]
    people.set_history(transaction, room_id, "published", whose, span, shifts)
    people.set_history(transaction, room_id, "worked", whose, span, shifts)


def _pattern(transaction: Transaction, told: Told) -> None:
    """The pattern by which the room worked, kept as its own; its teams go on with it.

    They follow it from the end of the next period on: until then a roster is made without it, so
    that people stand where calls come.
    """
    plan, room_id = told.plan, told.room.id
    details = patterns.PatternDetails("Five teams, two days apart", LINE, TIMES)
    own = patterns.add_pattern(transaction, room_id, details)
    first = plan.next_day + timedelta(days=plan.next_days)
    teams = people.teams(transaction, room_id)
    targets = tuple(
        patterns.Target(place_of(first, number), team_id=team.id)
        for number, team in enumerate(teams)
    )
    wanted = patterns.Wanted(patterns.written(own.details), first, None, targets)
    patterns.roll_out(transaction, room_id, wanted, told.manager.id)


def _wishes(transaction: Transaction, told: Told) -> None:
    """A round for the roster in force, long closed, and an open one; extra work welcome in both."""
    plan, room_id = told.plan, told.room.id
    closed = _round(plan, plan.first_day, plan.days, plan.first_day - timedelta(days=40))
    soon = plan.present.astimezone(ZoneInfo(plan.zone)).date() + timedelta(days=CLOSES_IN)
    open_still = _round(plan, plan.next_day, plan.next_days, soon)
    for details, days_before in ((closed, 3), (open_still, 6)):
        with clock.stopped_at(details.closes - timedelta(days=days_before)):
            asked = preferences.open_round(transaction, room_id, details)
            placed = Counter[int]()
            for officer, wish in make_wishes(details, len(told.officers)):
                placed[officer] += wish.points
                whose = told.officers[officer].id
                preferences.state_wish(transaction, room_id, whose, asked.id, wish)
            for officer, longer in make_long_wishes(details, len(told.officers), placed):
                whose = told.officers[officer].id
                preferences.state_long_wish(transaction, room_id, whose, asked.id, longer)
    last_day = plan.next_day + timedelta(days=plan.next_days - 1)
    for officer, extra in make_extra_offers(plan.first_day, last_day, len(told.officers)):
        preferences.offer_extra(transaction, room_id, told.officers[officer].id, extra)


def _round(plan: Plan, first_day: date, days: int, closes: date) -> RoundDetails:
    answers = max(first_day - timedelta(days=NOTICE_DAYS), closes)
    return RoundDetails(
        first_day, days, at(closes, 23 * 60 + 59, plan.zone), preferences.POINTS, answers
    )
