"""People by files: choosing them, looking at what they would change, importing."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from app.auth.guard import Visit, allow
from app.errors import InvalidInput, Stale
from app.people import service, views
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/people/import")

Changing = Annotated[Visit, allow("people.change")]
Chosen = Annotated[UploadFile | None, File()]

MEANWHILE = "People changed meanwhile. This is what the files would change now."


@router.get("")
def choose_files(request: Request, visit: Changing) -> Response:
    """The form by which files are given."""
    return page(request, "people/import.html", room=visit.here, errors={})


@router.post("", max_body_size=service.MOST_IMPORT_BYTES)
def give_files(
    request: Request,
    room_id: UUID,
    visit: Changing,
    officers: Chosen = None,
    skills: Chosen = None,
    contracts: Chosen = None,
    terms: Chosen = None,
    shifts: Chosen = None,
    identifiers: Chosen = None,
) -> Response:
    """Keep the files for a look at what they would change."""
    files = (officers, skills, contracts, terms, shifts, identifiers)
    given = [each for each in files if each]
    try:
        texts = service.read_texts(
            (each.filename, each.file.read()) for each in given if each.filename
        )
        with visit.database.write() as transaction:
            kept, _ = service.keep_import(transaction, room_id, visit.caller.user_id, texts)
            visit.record(transaction, "gave files of people", kept.id)
    except InvalidInput as error:
        return page(request, "people/import.html", 422, room=visit.here, errors=_errors(error))
    return redirect(f"/rooms/{room_id}/people/import/{kept.id}")


@router.get("/{import_id}")
def show_import(request: Request, room_id: UUID, import_id: UUID, visit: Changing) -> Response:
    """What the files would change, or what was done."""
    with visit.database.read() as reading:
        kept, plan = service.kept_import(reading, room_id, import_id)
    return page(
        request,
        "people/plan.html",
        room=visit.here,
        kept=kept,
        plan=views.plan_view(plan) if plan else None,
        done=views.done_words(kept.counts),
        counts=views.count_rows(kept.counts),
    )


@router.post("/{import_id}")
def apply_import(
    room_id: UUID,
    import_id: UUID,
    visit: Changing,
    fingerprint: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Do exactly what was looked at."""
    here = f"/rooms/{room_id}/people/import/{import_id}"
    try:
        with visit.database.write() as transaction:
            done = service.apply_kept(transaction, room_id, import_id, fingerprint)
            visit.record(transaction, "imported people", import_id)
    except Stale:
        return redirect(here, MEANWHILE, "warn")
    except InvalidInput:
        return redirect(here)
    return redirect(here, f"Imported. {views.done_words(done.counts)}")


@router.post("/{import_id}/aside")
def put_aside(room_id: UUID, import_id: UUID, visit: Changing) -> Response:
    """Forget the files."""
    with visit.database.write() as transaction:
        service.put_aside(transaction, room_id, import_id)
        visit.record(transaction, "put files of people aside", import_id)
    return redirect(f"/rooms/{room_id}/people", "The files are forgotten. Nothing was changed.")


def _errors(error: InvalidInput) -> dict[str, str]:
    """What is wrong with the files as a whole, each in a sentence with its name."""
    words = [
        each.words if each.field == "files" else f"{each.field}: {each.words}"
        for each in error.places
    ]
    return {"": " ".join(words)}
