"""Problems and rosters as plain data that JSON can hold."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from rostering.dials import Dials
from rostering.files.bonds import bond_to_json
from rostering.files.long_wishes import long_wish_to_json
from rostering.files.personal import limit_to_json, working_time_to_json
from rostering.files.portions import portion_to_json
from rostering.files.rule_data import rule_to_data
from rostering.problem import Cover, Officer, OfficerDay, Problem, Roster, Shift, ShiftCover
from rostering.shortage import Prices

VERSION = 1
"""The form of these files; it stands in each as `parade`."""


def problem_to_json(problem: Problem) -> dict[str, object]:
    """The problem as plain data that JSON can hold."""
    return {
        "parade": VERSION,
        "name": problem.name,
        "first_day": problem.first_day.isoformat(),
        "days": problem.days,
        "zone": problem.zone,
        "shifts": [_shift_to_json(shift) for shift in problem.shifts],
        "rules": [rule_to_data(rule) for rule in problem.rules],
        "officers": [_officer_to_json(officer) for officer in problem.officers],
        "cover": [_cover_to_json(cover) for cover in problem.cover],
        "shift_cover": [_shift_cover_to_json(need) for need in problem.shift_cover],
        "bonds": [bond_to_json(bond) for bond in problem.bonds],
        "authorised": [dataclasses.asdict(each) for each in problem.authorised],
        **_dials_to_json(problem.dials),
    }


def _dials_to_json(dials: Dials | None) -> dict[str, object]:
    """How the dials stand, and the rules at the prices of the rulebook; nothing where as set."""
    if dials is None:
        return {}
    as_set = [rule_to_data(rule) for rule in dials.as_set]
    levels = {str(dial): level for dial, level in dials.levels.items()}
    return {"dials": {"levels": levels, "as_set": as_set}}


def _shift_to_json(shift: Shift) -> dict[str, object]:
    return {
        "code": shift.code,
        "kind": shift.kind,
        "start": f"{shift.start // 60:02}:{shift.start % 60:02}",
        "minutes": shift.minutes,
        "skills": sorted(shift.skills),
    }


def _officer_to_json(officer: Officer) -> dict[str, object]:
    return {
        "id": officer.id,
        "name": officer.name,
        "team": officer.team,
        "skills": sorted(officer.skills),
        "least_minutes": officer.least_minutes,
        "most_minutes": officer.most_minutes,
        "known_from": officer.known_from,
        "history": [
            {
                "day": tour.day,
                "code": tour.code,
                "kind": tour.kind,
                "start": instant_text(tour.start),
                "end": instant_text(tour.end),
            }
            for tour in officer.history
        ],
        "days": {str(day): _officer_day_to_json(it) for day, it in officer.days.items()},
        "unavailable": [
            {"start": instant_text(span.start), "end": instant_text(span.end)}
            for span in officer.unavailable
        ],
        "preferences": [
            {
                "day": wish.day,
                "points": wish.points,
                "wants": wish.wants,
                "shifts": sorted(wish.shifts),
                "kinds": sorted(wish.kinds),
            }
            for wish in officer.preferences
        ],
        "terms": {code: own if own is None else dict(own) for code, own in officer.terms.items()},
        "limits": [limit_to_json(limit) for limit in officer.limits],
        "working_time": working_time_to_json(officer.working_time),
        "told": {str(day): dataclasses.asdict(told) for day, told in officer.told.items()},
        "long_wishes": [long_wish_to_json(wish) for wish in officer.long_wishes],
        "wish_percent": officer.wish_percent,
        "portions": [portion_to_json(portion) for portion in officer.portions],
    }


def _officer_day_to_json(day: OfficerDay) -> dict[str, object]:
    if day.shift is not None:
        return {"shift": day.shift}
    if day.kind is not None:
        return {"kind": day.kind}
    return {"free": True} if day.free else {"rest": True}


def _cover_to_json(cover: Cover) -> dict[str, object]:
    return {
        "queues": list(cover.queues),
        "skills": sorted(cover.skills),
        "start": instant_text(cover.start),
        "interval_minutes": cover.interval_minutes,
        "required": cover.required.tolist(),
        "shortage_points": _prices_to_json(cover),
        "surplus_points": cover.surplus_points,
        "role": cover.role,
    }


def _prices_to_json(cover: Cover) -> object:
    """One list of prices; by the interval each different list once, and which of them holds."""
    if isinstance(cover.shortage_points, tuple):
        return list(cover.shortage_points)
    prices = Prices.of(cover)
    return {"prices": prices.rows.tolist(), "by_interval": prices.row.tolist()}


def _shift_cover_to_json(need: ShiftCover) -> dict[str, object]:
    return {
        "day": need.day,
        "shift": need.shift,
        "required": need.required,
        "shortage_points": need.shortage_points,
        "surplus_points": need.surplus_points,
    }


def instant_text(instant: int) -> str:
    """An instant as RFC 3339 in UTC, such as `2025-06-02T07:00:00Z`."""
    return datetime.fromtimestamp(instant * 60, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def roster_to_json(roster: Roster, problem: Problem) -> dict[str, object]:
    """The roster of this problem as plain data, officers in the problem's order."""
    return {
        "parade": VERSION,
        "problem": problem.name,
        "tours": [
            {
                "officer": officer.id,
                "shift": tour.code,
                "start": instant_text(tour.start),
                "end": instant_text(tour.end),
            }
            for officer in problem.officers
            for tour in roster.of(officer)
        ],
    }
