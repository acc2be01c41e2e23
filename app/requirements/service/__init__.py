"""Requirements: what queues and rooms ask of their staff, and the people needed for a forecast.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

from app.requirements.series import (
    FIELDS,
    ROOM_FIELDS,
    Asking,
    Mended,
    aht_at,
    asking_for,
    hours_words,
    mended_notes,
    seat_notes,
    tested,
)
from app.requirements.service.otherwise import otherwise, work_out_otherwise
from app.requirements.service.repairing import (
    KIND,
    RUNS,
    can_be_repaired,
    keep_mended,
    mend,
    repair,
    repair_of,
    repair_task,
    stop_repair,
)
from app.requirements.service.room import room_terms, set_room_terms
from app.requirements.service.terms import queue_terms, set_terms, terms
from app.requirements.service.working_out import (
    csv_text,
    expected,
    is_behind,
    need,
    newest,
    requirement,
    requirements,
    work_out,
)
from app.requirements.values import (
    ENDLESS,
    ForecastAht,
    Given,
    Measured,
    Need,
    Origin,
    Otherwise,
    People,
    QueueSet,
    Repair,
    Requirement,
    RoomAsks,
    Terms,
)

__all__ = [
    "ENDLESS",
    "FIELDS",
    "KIND",
    "ROOM_FIELDS",
    "RUNS",
    "Asking",
    "ForecastAht",
    "Given",
    "Measured",
    "Mended",
    "Need",
    "Origin",
    "Otherwise",
    "People",
    "QueueSet",
    "Repair",
    "Requirement",
    "RoomAsks",
    "Terms",
    "aht_at",
    "asking_for",
    "can_be_repaired",
    "csv_text",
    "expected",
    "hours_words",
    "is_behind",
    "keep_mended",
    "mend",
    "mended_notes",
    "need",
    "newest",
    "otherwise",
    "queue_terms",
    "repair",
    "repair_of",
    "repair_task",
    "requirement",
    "requirements",
    "room_terms",
    "seat_notes",
    "set_room_terms",
    "set_terms",
    "stop_repair",
    "terms",
    "tested",
    "work_out",
    "work_out_otherwise",
]
