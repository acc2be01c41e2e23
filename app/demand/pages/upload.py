"""Counts in by a file: choose it, say what its columns mean, look at what would change, keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from app.auth.guard import Visit, allow
from app.demand import service
from app.demand.service import ColumnMapping, Sheet, Understood, Upload
from app.demand.views import upload as views
from app.errors import InvalidInput
from app.web.http.typed import Typed
from app.web.shell import faults, page, redirect
from forecasting.errors import InputError

router = APIRouter(prefix="/rooms/{room_id}/demand/upload", include_in_schema=False)

Sending = Annotated[Visit, allow("demand.send")]

UPLOAD_BYTES = 64 << 20
"""As for systems: packed, ten years of any room fit."""

SHOWN = 6
"""Rows of the file shown above their meaning."""

OTHERWISE = "This is not what you looked at: see what would change now, then import."

JUDGED = 56
"""Days whose counts are judged on the page: eight weeks, as far as a forecast feels."""


@router.get("")
def choose_file(request: Request, room_id: UUID, visit: Sending) -> Response:
    """The form by which a file is given, what is kept and what needs a look."""
    return _choosing(request, visit, room_id)


@router.post("", max_body_size=UPLOAD_BYTES)
def give_file(
    request: Request,
    room_id: UUID,
    visit: Sending,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Keep a file for a look at what it would change."""
    data = file.file.read() if file else b""
    if file is None or not file.filename:
        return _choosing(request, visit, room_id, {"file": "Choose a file."})
    try:
        service.open_file(data, file.filename)
    except InputError as error:
        return _choosing(request, visit, room_id, {"file": str(error)})
    with visit.database.write() as transaction:
        kept = service.keep_upload(transaction, room_id, visit.caller.user_id, data, file.filename)
        visit.record(transaction, "gave a file of counts", kept.id)
    return redirect(f"/rooms/{room_id}/demand/upload/{kept.id}")


def _choosing(
    request: Request, visit: Visit, room_id: UUID, errors: Mapping[str, str] | None = None
) -> Response:
    zone = visit.here.zone
    today = visit.today()
    with visit.database.read() as reading:
        observed = service.observed(reading, room_id)
        queues = service.queues(reading, room_id)
        batches = service.batches(reading, room_id, limit=20)
        saved = service.mappings(reading, room_id)
        days = service.quality(reading, room_id, today - timedelta(JUDGED), JUDGED)
    return page(
        request,
        "demand/upload.html",
        422 if errors else 200,
        base=f"/rooms/{room_id}/demand",
        errors=errors or {},
        kept=views.kept_words(observed, zone),
        batches=views.batch_rows(batches, zone),
        saved=saved,
        doubtful=views.doubtful_rows(days, queues),
    )


@router.post("/mappings/drop")
def drop_mapping(
    room_id: UUID, visit: Annotated[Visit, allow("demand.change")], name: Annotated[str, Form()]
) -> Response:
    """Forget a saved mapping."""
    with visit.database.write() as transaction:
        service.drop_mapping(transaction, room_id, name)
        visit.record(transaction, "dropped a column mapping")
    return redirect(f"/rooms/{room_id}/demand/upload", f"The mapping {name} is forgotten.")


@router.get("/{upload_id}")
def look(request: Request, room_id: UUID, upload_id: UUID, visit: Sending) -> Response:
    """What the file says by the mapping that is saved or guessed for it, and would change."""
    upload, sheet = _opened(visit, room_id, upload_id)
    return _looking(request, visit, upload, sheet, None)


@router.post("/{upload_id}")
def decide(
    request: Request,
    room_id: UUID,
    upload_id: UUID,
    visit: Sending,
    typed: Typed,
) -> Response:
    """Look again by another mapping, or keep the file as it was looked at."""
    upload, sheet = _opened(visit, room_id, upload_id)
    mapping = views.typed_mapping(sheet.headers, typed)
    if typed.get("act") != "keep":
        return _looking(request, visit, upload, sheet, mapping)
    try:
        with visit.database.read() as reading:
            found = service.understand(reading, room_id, sheet, mapping=mapping)
        if typed.get("seen") != views.seen(found.preview):
            return _looking(request, visit, upload, sheet, mapping, {"": OTHERWISE})
        with visit.database.write() as transaction:
            service.upload(transaction, room_id, visit.caller.user_id, upload_id)
            if typed.get("save_as", "").strip():
                service.save_mapping(transaction, room_id, typed["save_as"], sheet.headers, mapping)
            told = service.receive(
                transaction,
                room_id,
                found.counts,
                "upload",
                visit.caller.user_id,
                file_name=upload.file_name,
            )
            service.drop_upload(transaction, upload)
            visit.record(transaction, "imported counts", told.batch_id)
    except InputError as error:
        return _looking(request, visit, upload, sheet, mapping, {"": str(error)})
    except InvalidInput as error:
        return _looking(request, visit, upload, sheet, mapping, _saving(error))
    return redirect(f"/rooms/{room_id}/demand/upload", views.received_words(told))


@router.post("/{upload_id}/aside")
def put_aside(room_id: UUID, upload_id: UUID, visit: Sending) -> Response:
    """Forget the file."""
    with visit.database.write() as transaction:
        upload = service.upload(transaction, room_id, visit.caller.user_id, upload_id)
        service.drop_upload(transaction, upload)
        visit.record(transaction, "put a file of counts aside", upload_id)
    return redirect(
        f"/rooms/{room_id}/demand/upload", "The file is forgotten. Nothing was imported."
    )


def _opened(visit: Visit, room_id: UUID, upload_id: UUID) -> tuple[Upload, Sheet]:
    with visit.database.read() as reading:
        upload = service.upload(reading, room_id, visit.caller.user_id, upload_id)
    return upload, service.open_file(upload.data, upload.file_name)


def _saving(error: InvalidInput) -> dict[str, str]:
    """What is wrong, at the field of the form that it is about."""
    return {("save_as" if name == "name" else ""): words for name, words in faults(error).items()}


def _looking(
    request: Request,
    visit: Visit,
    upload: Upload,
    sheet: Sheet,
    mapping: ColumnMapping | None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The file over its mapping, and what it would change, as far as it can be read."""
    found: Understood | None = None
    wrong = dict(errors or {})
    with visit.database.read() as reading:
        try:
            found = service.understand(reading, upload.room_id, sheet, mapping=mapping)
        except InputError as error:
            wrong = wrong or {"": str(error)}
            mapping = mapping or service.proposed(reading, upload.room_id, sheet)
    shown = found.preview.mapping if found else mapping or ColumnMapping("", (), visit.here.zone)
    return page(
        request,
        "demand/look.html",
        422 if wrong else 200,
        base=f"/rooms/{upload.room_id}/demand/upload",
        upload=upload,
        sheet=sheet,
        rows=sheet.first(SHOWN),
        form=views.mapping_form(sheet.headers, shown, found.preview.sources if found else ()),
        targets=views.TARGETS,
        choices=views.CHOICES,
        errors=wrong,
        **_shown(found, visit.here.zone),
    )


def _shown(found: Understood | None, zone: str) -> dict[str, Any]:
    """What a page shows of a preview."""
    if found is None:
        return {"preview": None, "seen": "", "answer": ("", ""), "queues": [], "sample": []}
    return {
        "preview": found.preview,
        "seen": views.seen(found.preview),
        "answer": views.preview_answer(found.preview),
        "queues": views.queue_rows(found.preview, zone),
        "sample": views.sample_rows(found.preview, zone),
    }
