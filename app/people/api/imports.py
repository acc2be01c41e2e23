"""People by files: given, looked at, applied."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Response, UploadFile

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.people import service
from app.people.schemas.imports import Apply, ImportAnswer
from app.web.http.answers import created
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/people/imports", tags=["People"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("people.change")]
Files = Annotated[
    list[UploadFile],
    File(description="CSV files of officers, skills, contracts, shifts or identifiers."),
]


@router.post(
    "", status_code=201, response_model=ImportAnswer, max_body_size=service.MOST_IMPORT_BYTES
)
def give_files(room_id: UUID, files: Files, visit: Looking, once: Once) -> Response:
    """Give files and see what they would change; nothing is changed yet.

    Each file is known by its head: `number,name,grade,employment,started[,left][,team]`;
    `number,skill,from[,until]`; `number,from[,until],hours_per_week`;
    `number,start,end,kind[,code],state`; `number,system,id`. Times without an offset are the
    control room's. What is not applied is forgotten after a day.
    """
    texts = service.read_texts((each.filename or "", each.file.read()) for each in files)

    def make(transaction: Transaction) -> Response:
        kept, plan = service.keep_import(transaction, room_id, visit.caller.user_id, texts)
        visit.record(transaction, "gave files of people", kept.id)
        place = f"/api/v1/rooms/{room_id}/people/imports/{kept.id}"
        return created(ImportAnswer.of(kept, plan), place)

    return once(visit, make)


@router.get("/{import_id}")
def read_import(room_id: UUID, import_id: UUID, visit: Looking) -> ImportAnswer:
    """What given files would change now; once applied, what was done."""
    with visit.database.read() as reading:
        return ImportAnswer.of(*service.kept_import(reading, room_id, import_id))


@router.post("/{import_id}/apply", responses=VERSIONED)
def apply_import(room_id: UUID, import_id: UUID, body: Apply, visit: Looking) -> ImportAnswer:
    """Do exactly what was looked at; 412 when it would now be something else.

    Applied again, it stays as it is.
    """
    with visit.database.write() as transaction:
        done = service.apply_kept(transaction, room_id, import_id, body.fingerprint)
        visit.record(transaction, "imported people", import_id)
    return ImportAnswer.of(done, None)


@router.delete("/{import_id}", status_code=204)
def put_aside(room_id: UUID, import_id: UUID, visit: Looking) -> None:
    """Forget given files that are not applied."""
    with visit.database.write() as transaction:
        service.put_aside(transaction, room_id, import_id)
        visit.record(transaction, "put files of people aside", import_id)
