"""Telephony exports in, and the mappings they are read by."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Path, Query, Response, UploadFile
from pydantic import ValidationError

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.demand import service
from app.demand.api.counts import received
from app.demand.schemas.counts import (
    MappingInput,
    MappingList,
    PreviewAnswer,
    ReceivedAnswer,
    SavedMappingAnswer,
    SavedMappingInput,
)
from app.errors import InvalidInput, Place, invalid
from app.web.http.faults import places
from app.web.http.problems import PROBLEMS
from forecasting.errors import InputError

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Counts"], responses=PROBLEMS)

UPLOAD_BYTES = 64 << 20
"""A year of five queues is 10 MB of CSV; packed, ten years of any room fit."""

Looking = Annotated[Visit, allow("demand.read")]
Sending = Annotated[Visit, allow("demand.send")]
Changing = Annotated[Visit, allow("demand.change")]
Called = Annotated[str, Path(min_length=1, max_length=100)]


@router.post(
    "/counts/file",
    status_code=201,
    response_model=ReceivedAnswer,
    responses={200: {"model": PreviewAnswer, "description": "What the file would change."}},
    max_body_size=UPLOAD_BYTES,
)
def send_file(
    room_id: UUID,
    file: Annotated[UploadFile, File(description="CSV or CSV.gz as the telephony writes it.")],
    visit: Sending,
    once: Once,
    mapping: Annotated[
        str | None, Form(description="How its columns are meant, as JSON.", max_length=100_000)
    ] = None,
    mapping_name: Annotated[
        str | None, Form(description="A saved mapping.", max_length=100)
    ] = None,
    preview: Annotated[bool, Query(description="Say what would change; keep nothing.")] = False,
) -> Response:
    """Send a telephony export: all of it is kept, or nothing.

    Without a mapping, one that was saved for the same headers is used, or one is guessed: ask for
    the preview first.
    """
    name = file.filename or "file"
    said = None if mapping is None else _mapping(mapping)
    try:
        sheet = service.open_file(file.file.read(), name)
        with visit.database.read() as reading:
            found = service.understand(
                reading, room_id, sheet, mapping=said, saved=mapping_name or None
            )
    except InputError as error:
        raise invalid("file", str(error)) from None
    if preview:
        answer = PreviewAnswer.of(found.preview)
        return Response(answer.model_dump_json(), 200, media_type="application/json")

    def make(transaction: Transaction) -> Response:
        return received(transaction, room_id, found.counts, visit, "upload", name)

    return once(visit, make)


def _mapping(text: str) -> service.ColumnMapping:
    try:
        return MappingInput.model_validate_json(text).mapping()
    except ValidationError as error:
        raise InvalidInput(
            Place(f"mapping.{each.field}", each.words) for each in places(error.errors())
        ) from None


@router.get("/column-mappings")
def list_mappings(room_id: UUID, visit: Looking) -> MappingList:
    """The saved mappings, by name."""
    with visit.database.read() as reading:
        found = service.mappings(reading, room_id)
    return MappingList(mappings=tuple(map(SavedMappingAnswer.model_validate, found)))


@router.put("/column-mappings/{mapping_name}")
def save_mapping(
    room_id: UUID, mapping_name: Called, body: SavedMappingInput, visit: Changing
) -> SavedMappingAnswer:
    """Keep a mapping under a name, for files with those headers; one of that name is changed."""
    with visit.database.write() as transaction:
        saved = service.save_mapping(
            transaction, room_id, mapping_name, body.headers, body.mapping.mapping()
        )
        visit.record(transaction, "saved a column mapping", saved.id)
    return SavedMappingAnswer.model_validate(saved)


@router.delete("/column-mappings/{mapping_name}", status_code=204)
def drop_mapping(room_id: UUID, mapping_name: Called, visit: Changing) -> None:
    """Forget a saved mapping."""
    with visit.database.write() as transaction:
        service.drop_mapping(transaction, room_id, mapping_name)
        visit.record(transaction, "dropped a column mapping")
