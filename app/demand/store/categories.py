"""Categories of calls."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from app.db.transaction import Reading, Transaction
from app.demand.tables import categories, queues
from app.demand.values import Category

CHANGED = ("name", "within", "hidden", "version")


def add(transaction: Transaction, queue: int, category: Category) -> int:
    """Keep a new category of the queue of that number; its number is given here and returned."""
    row = {name: getattr(category, name) for name in ("id", "source", *CHANGED)}
    adding = insert(categories).values(row | {"queue": queue}).returning(categories.c.number)
    return int(transaction.execute(adding).scalar_one())


def change(transaction: Transaction, category: Category) -> bool:
    """Write a category, known to be of the room, over the version before; False when it is not."""
    changing = (
        update(categories)
        .where(categories.c.id == category.id, categories.c.version == category.version - 1)
        .values({name: getattr(category, name) for name in CHANGED})
    )
    return transaction.execute(changing).rowcount == 1


def of_room(reading: Reading, room_id: UUID) -> dict[int, Category]:
    """The categories of a room's queues by number, by queue and name."""
    query = (
        select(categories, queues.c.id.label("queue_id"))
        .join(queues, queues.c.number == categories.c.queue)
        .where(queues.c.room_id == room_id)
        .order_by(queues.c.name, categories.c.name, categories.c.number)
    )
    return {row["number"]: _category(row) for row in reading.execute(query).mappings()}


def _category(row: RowMapping) -> Category:
    return Category(**{name: row[name] for name in Category.__dataclass_fields__})
