"""Categories of calls: kept as they come, then renamed, counted together or hidden by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import numpy as np

from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand.checks import Change, check_name
from app.demand.series import category_csv, parts_of
from app.demand.service.kept import history, span_of
from app.demand.store import batches as kept_batches
from app.demand.store import categories as kept
from app.demand.store import layers as kept_layers
from app.demand.store import queues as kept_queues
from app.demand.store import rows as kept_rows
from app.demand.store.rows import CATEGORY_COUNTS, OF_CATEGORIES, Rows
from app.demand.values import Category, Queue, View
from app.errors import Conflict, NotFound, Stale, invalid
from forecasting.categories import Parts


def keep_parts(
    transaction: Transaction,
    room_id: UUID,
    changes: Mapping[tuple[str, str], Change],
    batch: int,
) -> None:
    """Keep what a batch says of categories, by queue and category; new ones are made."""
    if not changes:
        return
    queues = {each.name: (n, each) for n, each in _queues(transaction, room_id).items()}
    known = kept.of_room(transaction, room_id)
    numbers = {(each.queue_id, each.source): number for number, each in known.items()}
    rows: dict[str, list[Rows]] = {"new": [], "revised": [], "former": []}
    for (queue, source), change in changes.items():
        number, home = queues[queue]
        own = numbers.get((home.id, source))
        if own is None:
            own = kept.add(transaction, number, _made(home, source, known.values()))
        change.new["category"] = change.revised["category"] = own
        for name, some in rows.items():
            some.append(getattr(change, name))
    nothing = np.empty(0, dtype=CATEGORY_COUNTS)
    new, revised, former = (np.concatenate([nothing, *some]) for some in rows.values())
    new["batch"] = revised["batch"] = batch
    order = np.argsort(new["category"].astype(np.int64) * (1 << 40) + new["start"], kind="stable")
    kept_rows.add(transaction, new[order], OF_CATEGORIES)
    kept_rows.replace(transaction, former, revised, OF_CATEGORIES)


def _queues(reading: Reading, room_id: UUID) -> dict[int, Queue]:
    return kept_queues.room_queues(reading, room_id)


def _made(queue: Queue, source: str, known: Iterable[Category]) -> Category:
    """A new category; where people call another one by its name, it is counted with that."""
    called = (each for each in known if each.queue_id == queue.id and each.within is None)
    within = next((each.id for each in called if each.name == source), None)
    return Category(new_id(), queue.id, source, source, 1, within)


def categories(
    reading: Reading, room_id: UUID, queue_id: UUID | None = None
) -> tuple[Category, ...]:
    """Categories of a room's queues, or of one of them, by queue and name."""
    found = kept.of_room(reading, room_id).values()
    return tuple(each for each in found if queue_id in {None, each.queue_id})


def category(reading: Reading, room_id: UUID, category_id: UUID) -> Category:
    """A category of a room's queues.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    for each in kept.of_room(reading, room_id).values():
        if each.id == category_id:
            return each
    raise NotFound("There is no such category in this control room.")


def change_category(transaction: Transaction, room_id: UUID, changed: Category) -> Category:
    """Let a category have another name, be counted with another one, or be hidden.

    Its counts stay as they came; what is counted with it goes with it.

    Args:
        transaction: the caller's.
        room_id: the control room.
        changed: the category as it shall be, its version the one that was read.

    Raises:
        NotFound: when there is no such category in the room.
        InvalidInput: when the name is blank or too long, or the other category is none of the
            queue's, or itself counted with this one.
        Conflict: when another category of the queue has that name.
        Stale: when the category is no longer at that version.
    """
    kept_batches.take_turn(transaction, room_id)
    held = category(transaction, room_id, changed.id)
    name = check_name(changed.name)
    beside = {
        each.id: each
        for each in categories(transaction, room_id, held.queue_id)
        if each.id != held.id
    }
    if changed.within is not None:
        _refuse_within(held, changed.within, beside)
    elif any(each.name == name and each.within is None for each in beside.values()):
        raise Conflict(f"The queue already has a category called {name}: count this one with it.")
    new = replace(
        held,
        name=name,
        within=changed.within,
        hidden=changed.hidden,
        version=changed.version + 1,
    )
    if not kept.change(transaction, new):
        raise Stale("Somebody changed this category meanwhile: read again, then change.")
    return new


def _refuse_within(held: Category, within: UUID, beside: Mapping[UUID, Category]) -> None:
    step: UUID | None = within
    while step is not None:
        if step == held.id:
            raise invalid("within", "That category is counted with this one already.")
        if step not in beside:
            raise invalid("within", "Give another category of the same queue.")
        step = beside[step].within


def shown(categories: Mapping[int, Category]) -> dict[int, str | None]:
    """The name under which each category's calls are shown, by number; None for hidden ones."""
    by_id = {each.id: each for each in categories.values()}
    names = {}
    for number, each in categories.items():
        last = each
        while last.within is not None:
            last = by_id[last.within]
        names[number] = None if last.hidden or each.hidden else last.name
    return names


def shown_names(reading: Reading, room_id: UUID, queue_id: UUID) -> dict[UUID, str | None]:
    """The name under which each category of a queue is shown, by id; None for hidden ones."""
    known = kept.of_room(reading, room_id)
    names = shown(known)
    return {each.id: names[n] for n, each in known.items() if each.queue_id == queue_id}


def category_parts(
    reading: Reading,
    room_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    view: View = "believed",
    queue_id: UUID | None = None,
) -> dict[str, Parts]:
    """Counts by category beside those of their queue, by queue that has any.

    Decisions about a queue's counts scale its parts.

    Args:
        reading: the caller's.
        room_id: the control room.
        since: the first beginning of an interval that counts.
        until: the first that no longer does.
        view: the queue's counts as they came, or with what people decided laid over.
        queue_id: of one queue alone.
    """
    known = kept.of_room(reading, room_id)
    wanted = {n: each for n, each in known.items() if queue_id in {None, each.queue_id}}
    if not wanted:
        return {}
    try:
        counted = history(reading, room_id, since=since, until=until)
    except NotFound:
        return {}
    laid = view != "counted" and bool(kept_layers.layers(reading, room_id))
    whole = history(reading, room_id, since=since, until=until, view=view) if laid else counted
    names = shown(known)
    first, after = span_of(since, until)
    found = {}
    for queue in _queues(reading, room_id).values():
        own = [number for number, each in wanted.items() if each.queue_id == queue.id]
        if not own or queue.name not in counted:
            continue
        rows = [
            (names[n], kept_rows.kept(reading, n, first, after - 1, OF_CATEGORIES)) for n in own
        ]
        found[queue.name] = parts_of(counted[queue.name], whole[queue.name], rows)
    return found


def category_table(
    reading: Reading,
    room_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> str:
    """Counts of categories as they came, as CSV with a column `category`."""
    first, after = span_of(since, until)
    queues = {each.id: each.name for each in _queues(reading, room_id).values()}
    return category_csv(
        (
            queues[each.queue_id],
            each.source,
            kept_rows.kept(reading, n, first, after - 1, OF_CATEGORIES),
        )
        for n, each in kept.of_room(reading, room_id).items()
    )
