"""Files in: how one is read, what it would change, and mappings kept for the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.demand.checks import (
    Change,
    check_categories,
    check_counts,
    check_name,
    days_of,
    divided_words,
    interval_length,
    told_apart,
)
from app.demand.reading import (
    Guess,
    Read,
    Sheet,
    UnclearHourError,
    fingerprint,
    guess_mapping,
    read_counts,
    read_sheet,
)
from app.demand.series import rows_of
from app.demand.service.changes import effect_of
from app.demand.service.intake import held_length, shown_name
from app.demand.store import batches as kept_mappings
from app.demand.store import queues as kept_queues
from app.demand.store import uploads as kept_uploads
from app.demand.values import (
    ColumnMapping,
    Counts,
    Preview,
    Queue,
    QueueChange,
    SavedMapping,
    Upload,
    instant,
    minute,
)
from app.errors import InvalidInput, NotFound, Stale
from app.people import service as people
from app.web.words import count
from forecasting.errors import InputError

NOTHING_DONE = "Nothing was imported."

WAITS = timedelta(days=1)
"""How long a file waits to be confirmed."""

MOST_WARNINGS = 12
"""Unusual days said one by one."""


@dataclass(frozen=True, eq=False)
class Understood:
    """A file as it was read: what would change, and the counts to `receive`."""

    preview: Preview
    counts: Counts


def open_file(data: bytes, file_name: str) -> Sheet:
    """Split a file into columns.

    Args:
        data: the file, plain or gzip.
        file_name: what the person calls it; every error names it.

    Raises:
        InputError: when it is damaged, too large, no text, or has no header over rows.
    """
    try:
        return read_sheet(data, file_name)
    except InputError as error:
        raise _named(error, file_name) from None


def understand(
    reading: Reading,
    room_id: UUID,
    sheet: Sheet,
    *,
    mapping: ColumnMapping | None = None,
    saved: str | None = None,
    clock_zone: str | None = None,
) -> Understood:
    """Read a file and say what it would change; nothing is kept.

    Args:
        reading: the caller's.
        room_id: the control room.
        sheet: the file, as `open_file` gives it.
        mapping: how its columns are meant; None to use a saved one, or to guess.
        saved: name of the saved mapping to use; None takes one for the same headers, if there is.
        clock_zone: IANA time zone of the file's clock; None for the mapping's, or the room's.

    Raises:
        NotFound: when there is no such room or saved mapping.
        InputError: when the file cannot be used; it names file, line and column.
    """
    room = people.room(reading, room_id)
    known = kept_queues.room_queues(reading, room_id)
    held = held_length(known.values())
    try:
        name, found = _saved(reading, room_id, sheet, saved) if mapping is None else ("", mapping)
        guess = Guess(found, ()) if found else guess_mapping(sheet, clock_zone or room.zone)
        if clock_zone is not None:
            guess = replace(guess, mapping=replace(guess.mapping, clock=clock_zone))
        _check_said(guess.mapping)
        guess, read = _read(sheet, guess, held, guessed=found is None)
        check_counts(read.counts)
        check_categories(read.counts)
        told = told_apart(read.counts)
        length = interval_length(told.wholes, held)
    except (InputError, InvalidInput) as error:
        raise _named(error, sheet.name) from None
    effect = effect_of(reading, room_id, known, told)
    wholes, parts = effect.told.wholes, effect.told.parts
    divided = () if parts is None else tuple(divided_words(wholes, parts))
    preview = Preview(
        sheet.headers,
        guess.mapping,
        name,
        read.sources,
        read.sample,
        tuple(_queue_changes(effect.wholes, known, length)),
        length,
        read.skipped,
        guess.assumed,
        (
            *read.warnings,
            *(doubt for _, doubt in divided if doubt),
            *_warnings(effect.wholes, wholes, length, room),
        ),
        tuple(words for words, _ in divided),
    )
    return Understood(preview, replace(read.counts, interval_minutes=length))


def proposed(reading: Reading, room_id: UUID, sheet: Sheet) -> ColumnMapping | None:
    """The mapping that a file would be read by: saved for its headers, or guessed; None for none.

    Raises:
        NotFound: when there is no such room.
    """
    _, found = _saved(reading, room_id, sheet, None)
    try:
        return found or guess_mapping(sheet, people.room(reading, room_id).zone).mapping
    except InputError:
        return None


def _check_said(mapping: ColumnMapping) -> None:
    """Refuse a mapping, as a form may say it, that leaves out when counts were taken."""
    if not mapping.start:
        raise InputError("Say which column names the date or the time.")
    if not mapping.clock:
        raise InputError("Say which clock the file keeps, such as Europe/London.")


def _read(sheet: Sheet, guess: Guess, held: int | None, *, guessed: bool) -> tuple[Guess, Read]:
    """The counts of a file; a guessed mapping may leave an unclear hour out, and says so."""
    try:
        return guess, read_counts(sheet, guess.mapping, held)
    except UnclearHourError as error:
        if not guessed:
            raise
        mapping = replace(guess.mapping, doubled_hour="leave_out")
        words = f"Line {error.line}: {error.message} It is left out, as not observed."
        return Guess(mapping, (*guess.assumed, words)), read_counts(sheet, mapping, held)


def _named(error: InputError | InvalidInput, file_name: str) -> InputError:
    """The error as one about that file, which says that nothing was done."""
    if isinstance(error, InvalidInput):
        words = " ".join(place.words for place in error.places)
        return InputError(f"{words} {NOTHING_DONE}", path=file_name)
    return InputError(
        f"{error.message} {NOTHING_DONE}", path=file_name, line=error.line, column=error.column
    )


def _saved(
    reading: Reading, room_id: UUID, sheet: Sheet, name: str | None
) -> tuple[str, ColumnMapping | None]:
    """The saved mapping of that name, or else for those headers."""
    if name is not None:
        return name, saved_mapping(reading, room_id, name).mapping
    fitting = kept_mappings.room_mappings(reading, room_id, sheet.fingerprint)
    return (fitting[0].name, fitting[0].mapping) if fitting else ("", None)


def _queue_changes(
    changes: Mapping[str, Change], known: Mapping[int, Queue], length: int
) -> Iterator[QueueChange]:
    names = {each.name for each in known.values()}
    for name, change in sorted(changes.items()):
        intervals = (change.last - change.first) // length + 1
        told = len(change.new) + len(change.revised) + change.unchanged
        yield QueueChange(
            name,
            name not in names,
            len(change.new),
            len(change.revised),
            change.unchanged,
            instant(change.first),
            instant(change.last),
            intervals - told,
        )


def _warnings(
    changes: Mapping[str, Change], counts: Counts, length: int, room: people.Room
) -> Iterator[str]:
    """What a person should look at before the counts are kept."""
    ahead = int(np.count_nonzero(counts.start > minute(room.now())))
    if ahead:
        yield f"The file reaches {count(ahead, 'interval')} into the future."
    for figure, words in (
        ("handled_seconds", "handling time"),
        ("answered_in_time", "calls answered in time"),
    ):
        untold = sum(change.untold(figure) for change in changes.values())
        if untold:
            yield f"The file would take away the {words} of {count(untold, 'interval')}."
    unusual = list(_unusual_days(counts, length, room.zone))
    yield from unusual[:MOST_WARNINGS]
    if len(unusual) > MOST_WARNINGS:
        yield f"{count(len(unusual) - MOST_WARNINGS, 'more day')} out of line with others."


def _unusual_days(counts: Counts, length: int, zone: str) -> Iterator[str]:
    """Days whose totals are far from those of the same weekday in the file."""
    numbers = {name: place for place, name in enumerate(counts.queues)}
    rows = rows_of(counts, numbers)
    for name, number in numbers.items():
        own = rows[rows["queue"] == number]
        if not len(own):
            continue  # named in the file, and never counted
        days = days_of(own, length, zone)
        for place in np.flatnonzero(days.unusual):
            day = np.datetime64(int(days.day[place]), "D")
            yield f"{name}, {day}: {days.words(int(place))}"


def save_mapping(
    transaction: Transaction,
    room_id: UUID,
    name: str,
    headers: tuple[str, ...],
    mapping: ColumnMapping,
) -> SavedMapping:
    """Keep a mapping under a name, for files with those headers; one of that name is changed.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when the name is blank or too long.
    """
    people.room(transaction, room_id)
    label = check_name(name)
    kept_mappings.take_turn(transaction, room_id)
    same = [each for each in mappings(transaction, room_id) if each.name == label]
    if same:
        changed = replace(same[0], version=same[0].version + 1, mapping=mapping)
        if not kept_mappings.change_mapping(transaction, changed, fingerprint(headers)):
            raise Stale("Somebody changed this mapping meanwhile: read again, then change.")
        return changed
    new = SavedMapping(new_id(), room_id, label, 1, mapping)
    with unless_taken(transaction, f"The control room already has a mapping called {label}."):
        kept_mappings.add_mapping(transaction, new, fingerprint(headers))
    return new


def mappings(reading: Reading, room_id: UUID) -> tuple[SavedMapping, ...]:
    """The saved mappings of a room, by name."""
    return kept_mappings.room_mappings(reading, room_id)


def saved_mapping(reading: Reading, room_id: UUID, name: str) -> SavedMapping:
    """The saved mapping of that name.

    Raises:
        NotFound: when the room has none.
    """
    for each in mappings(reading, room_id):
        if each.name == name:
            return each
    raise NotFound("There is no saved mapping of that name in this control room.")


def drop_mapping(transaction: Transaction, room_id: UUID, name: str) -> None:
    """Forget a saved mapping.

    Raises:
        NotFound: when the room has none of that name.
    """
    kept_mappings.drop_mapping(transaction, saved_mapping(transaction, room_id, name).id)


def keep_upload(
    transaction: Transaction, room_id: UUID, by: UUID, data: bytes, file_name: str
) -> Upload:
    """Keep a file until it is confirmed; files that nobody confirmed for a day are forgotten."""
    now = clock.now()
    kept_uploads.drop_uploads_before(transaction, now - WAITS)
    upload = Upload(new_id(), room_id, by, shown_name(file_name) or "file", data)
    kept_uploads.add_upload(transaction, upload, now)
    return upload


def upload(reading: Reading, room_id: UUID, by: UUID, upload_id: UUID) -> Upload:
    """A file that waits to be confirmed by who sent it.

    Raises:
        NotFound: when there is none, or it waited for too long.
    """
    found = kept_uploads.upload(reading, room_id, by, upload_id)
    if found is None:
        raise NotFound("This file no longer waits to be confirmed: send it again.")
    return found


def drop_upload(transaction: Transaction, upload: Upload) -> None:
    """Forget a file that was confirmed or put back."""
    kept_uploads.drop_upload(transaction, upload.id)
