"""Files that were sent and wait to be confirmed."""

from __future__ import annotations

import gzip
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.db.transaction import Reading, Transaction
from app.demand.tables import uploads
from app.demand.values import Upload


def add_upload(transaction: Transaction, upload: Upload, received_at: datetime) -> None:
    """Keep a file, packed if it is not yet."""
    packed = upload.data[:2] == b"\x1f\x8b"
    row = {
        "id": upload.id,
        "room_id": upload.room_id,
        "by": upload.by,
        "file_name": upload.file_name,
        "received_at": received_at,
        "packed": upload.data if packed else gzip.compress(upload.data, 1, mtime=0),
    }
    transaction.execute(insert(uploads).values(row))


def upload(reading: Reading, room_id: UUID, by: UUID, upload_id: UUID) -> Upload | None:
    """The file of that id, if that user sent it to that room."""
    query = select(uploads).where(
        uploads.c.id == upload_id, uploads.c.room_id == room_id, uploads.c.by == by
    )
    row = reading.execute(query).mappings().first()
    if row is None:
        return None
    return Upload(row["id"], row["room_id"], row["by"], row["file_name"], bytes(row["packed"]))


def drop_upload(transaction: Transaction, upload_id: UUID) -> None:
    """Forget a file."""
    transaction.execute(delete(uploads).where(uploads.c.id == upload_id))


def drop_uploads_before(transaction: Transaction, instant: datetime) -> None:
    """Forget files that nobody confirmed."""
    transaction.execute(delete(uploads).where(uploads.c.received_at < instant))
