"""Teams of a control room and skills of its force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Transaction
from app.errors import Conflict, InvalidInput, Place, Stale
from app.people import service
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/people")

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]
Said = Annotated[str, Form(max_length=400)]
Version = Annotated[int, Form(ge=0, le=2_000_000_000)]

FASTER = "Someone else changed this first. Nothing was kept: look, then change again."


@router.get("/groups")
def show_groups(request: Request, visit: Looking) -> Response:
    """The teams and skills, and how many have each."""
    return _page(request, visit, {}, {})


@router.post("/teams")
def add_team(request: Request, room_id: UUID, visit: Changing, team_name: Said = "") -> Response:
    """Add a team."""

    def add(transaction: Transaction) -> str:
        new = service.create_team(transaction, room_id, team_name.strip())
        visit.record(transaction, "added a team", new.id)
        return f"The team {new.name} is added."

    return _kept(request, visit, add, {"name": "team_name"}, {"team_name": team_name})


@router.post("/teams/{team_id}")
def rename_team(
    request: Request,
    room_id: UUID,
    team_id: UUID,
    visit: Changing,
    version: Version,
    name: Said = "",
) -> Response:
    """Let a team have another name."""

    def change(transaction: Transaction) -> str:
        new = service.change_team(transaction, room_id, team_id, version, name.strip())
        visit.record(transaction, "changed a team", team_id)
        return f"The team is called {new.name}."

    return _kept(request, visit, change, {}, {})


@router.post("/skills")
def add_skill(
    request: Request,
    visit: Changing,
    code: Said = "",
    skill_name: Said = "",
    after_months: Said = "",
) -> Response:
    """Add a skill to the force."""

    def add(transaction: Transaction) -> str:
        called = skill_name.strip() or code.strip()
        months = _months(after_months.strip())
        new = service.create_skill(transaction, visit.here.force_id, code.strip(), called, months)
        visit.record(transaction, "added a skill", new.id)
        return f"The skill {new.code} is added."

    typed = {"code": code, "skill_name": skill_name, "after_months": after_months}
    return _kept(request, visit, add, {"name": "skill_name"}, typed, taken="code")


@router.post("/skills/{skill_id}")
def rename_skill(
    request: Request,
    skill_id: UUID,
    visit: Changing,
    version: Version,
    name: Said = "",
) -> Response:
    """Let a skill have another name."""

    def change(transaction: Transaction) -> str:
        force_id = visit.here.force_id
        new = service.change_skill(transaction, force_id, skill_id, version, name.strip())
        visit.record(transaction, "changed a skill", skill_id)
        return f"The skill {new.code} is called {new.name}."

    return _kept(request, visit, change, {}, {})


def _months(text: str) -> int | None:
    """Months of service as typed; none where the field is empty."""
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise InvalidInput([Place("after_months", "Give a number of months, such as 24.")])
    return int(text) if text else None


def _kept(
    request: Request,
    visit: Visit,
    act: Callable[[Transaction], str],
    fields: dict[str, str],
    typed: dict[str, str],
    taken: str = "team_name",
) -> Response:
    """Do it and say so, or show the page again with what is wrong."""
    try:
        with visit.database.write() as transaction:
            words = act(transaction)
    except InvalidInput as error:
        wrong = {fields.get(name, name): words for name, words in faults(error).items()}
        return _page(request, visit, _known(wrong, typed), typed, 422)
    except Conflict as error:
        return _page(request, visit, _known({taken: error.detail}, typed), typed, 409)
    except Stale:
        return _page(request, visit, {"": FASTER}, typed, 412)
    return redirect(f"/rooms/{visit.here.id}/people/groups", words)


def _known(wrong: dict[str, str], typed: dict[str, str]) -> dict[str, str]:
    """What is wrong, at a field of the page where there is one."""
    return {name if name in typed else "": words for name, words in wrong.items()}


def _page(
    request: Request,
    visit: Visit,
    errors: dict[str, str],
    typed: dict[str, str],
    status: int = 200,
) -> Response:
    with visit.database.read() as reading:
        teams = service.teams(reading, visit.here.id)
        skills = service.skills(reading, visit.here.force_id)
        everyone = service.everyone(reading, visit.here.id)
        held = service.skills_of(reading, visit.here.id)
    holders = [skill_id for each in held.values() for skill_id in {s.skill_id for s in each}]
    members = [each.details.team_id for each in everyone]
    return page(
        request,
        "people/groups.html",
        status,
        room=visit.here,
        teams=[(each, members.count(each.id)) for each in teams],
        skills=[(each, holders.count(each.id)) for each in skills],
        errors=errors,
        typed=dict.fromkeys(("team_name", "code", "skill_name", "after_months"), "") | typed,
    )
