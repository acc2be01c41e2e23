"""Taking back what a force has said and what does not hold yet."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from app.errors import InvalidInput, ParadeError
from app.rulebooks import service
from app.rulebooks.pages.visiting import Book, Changing, Filled, Rule, check_reach, version_of
from app.web.shell import redirect

router = APIRouter(prefix="/rooms/{room_id}/rules/{book}/{rule}")


@router.post("/take-back")
def take_back(
    room_id: UUID,
    book: Book,
    rule: Rule,
    visit: Changing,
    form: Filled,
    number: Annotated[int, Form(ge=1, le=2_000_000_000)],
) -> Response:
    """Take a change back; the page that it stands on tells what came of it."""
    part = f"parts/{rule}" if service.is_part(rule) else rule
    where = f"/rooms/{room_id}/rules/{book}/{part}"
    why = form.get(f"why-{number}", "")
    try:
        with visit.database.write() as transaction:
            check_reach(transaction, visit)
            service.withdraw(
                transaction, room_id, book, rule, version_of(form), number, why,
                visit.caller.user_id,
            )  # fmt: skip
            visit.record(transaction, f"took back numbers of the force's own: {book}, {rule}")
    except InvalidInput:
        return redirect(where, "Nothing is taken back: say why, in a line.", "short")
    except ParadeError as error:
        return redirect(where, error.detail, "short")
    return redirect(where, "The change is taken back.")
