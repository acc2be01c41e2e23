"""The tables of scenarios.

What a scenario is simulated from is frozen with it, and what came of it kept, each as one packed
value: they are written once, always read whole and never asked about by SQL. A list of scenarios
reads neither.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

scenarios = Table(
    "scenarios",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one when it is renamed"),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, unique=True, comment="answers it"),
    Column("first_day", Date, nullable=False, comment="local"),
    Column("until_day", Date, nullable=False, comment="local; the first day after"),
    Column("zone", String(64), nullable=False, comment="IANA, as it was when asked"),
    Column("forecast_id", ForeignKey("forecasts.id"), nullable=False),
    Column("requirement_id", ForeignKey("requirements.id"), nullable=False),
    Column("roster_id", ForeignKey("rosters.id"), comment="absent: what was published"),
    Column("roster_name", String(200), nullable=False, comment="as it was when asked"),
    Column("changes", JSON, nullable=False, comment="what is otherwise, in order"),
    Column("seek", JSON(none_as_null=True), comment="a goal to be reached by more people"),
    Column("against", ForeignKey("scenarios.id"), comment="what it is compared with"),
    Column("runs", Integer, nullable=False, comment="how often the days are simulated"),
    Column("seed", Integer, nullable=False),
    Column("notes", JSON, nullable=False, comment="sentences"),
    Column("made_at", Instant, comment="absent until it is answered"),
    CheckConstraint("until_day > first_day", name="days"),
    CheckConstraint("runs > 0", name="runs"),
    Index(None, "room_id", "id"),
    Index(None, "against"),
)

scenario_values = Table(
    "scenario_values",
    metadata,
    Column("scenario_id", ForeignKey(scenarios.c.id), primary_key=True),
    Column("basis", LargeBinary, nullable=False, comment="what it is simulated from, packed"),
    Column("result", LargeBinary, comment="what came of it, packed"),
)
