"""The tables of forecasts.

What a forecast says is kept as one packed row for each queue, not as a row for each interval: it is
written once, always read whole and never asked about by SQL. Four weeks of three queues are read in
about a millisecond, and every float64 comes back to the last bit.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    false,
)

from app.db.metadata import metadata
from app.db.types import Instant

forecasts = Table(
    "forecasts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("job_id", ForeignKey("jobs.id"), nullable=False, unique=True, comment="makes it"),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("first_day", Date, nullable=False, comment="local"),
    Column("until_day", Date, nullable=False, comment="local; the first day after"),
    Column("model", String(64), nullable=False),
    Column("holidays", String(16), comment="absent: none are known to the model"),
    Column("holidays_assumed", Boolean, nullable=False, comment="taken from the zone"),
    Column("zone", String(64), nullable=False, comment="IANA, as it was when asked"),
    Column(
        "scheduled",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="asked for by the room's schedule",
    ),
    # What is known once it is made.
    Column("made_at", Instant),
    Column("trained_until", Instant, comment="end of the last interval learned from"),
    Column("start", Instant, comment="of the first interval"),
    Column("interval_minutes", Integer),
    Column("intervals", Integer),
    Column("notes", JSON(none_as_null=True), comment="sentences"),
    Column("fingerprint", String(64), comment="SHA-256 of the counts learned from"),
    Column("layers", JSON(none_as_null=True), comment="ids of the count layers that it saw"),
    CheckConstraint("until_day > first_day", name="days"),
    CheckConstraint("made_at IS NULL OR intervals > 0", name="made"),
    Index(None, "room_id", "id"),
)

forecast_values = Table(
    "forecast_values",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("family", String(32), nullable=False, comment="of the distribution"),
    Column("mean", LargeBinary, nullable=False, comment="calls; little-endian float64"),
    Column("variance", LargeBinary, nullable=False, comment="calls squared; the same"),
    Column("quantiles", LargeBinary, nullable=False, comment="calls; int32, level by level"),
    Column("level", LargeBinary, comment="relative variance of the level of a day; as mean"),
)

forecast_handling = Table(
    "forecast_handling",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("family", String(32), nullable=False, comment="of the distribution"),
    Column("single", Float, nullable=False, comment="relative variance of single calls"),
    Column("mean", LargeBinary, nullable=False, comment="seconds; little-endian float64"),
    Column("own", LargeBinary, nullable=False, comment="relative variance; the same"),
    Column("level", LargeBinary, nullable=False, comment="of the day, likewise"),
)

forecast_scores = Table(
    "forecast_scores",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("from_day", Integer, primary_key=True, comment="of the forecast, from 1"),
    Column("to_day", Integer, nullable=False),
    Column("scored_at", Instant, nullable=False),
    Column("intervals", Integer, nullable=False, comment="that were observed"),
    Column("calls", Float, nullable=False),
    Column("wape", Float, comment="absent: no call came"),
    Column("daily_wape", Float),
    Column("pinball", Float, nullable=False),
    Column("within_80", Float, nullable=False, comment="share, by randomised PIT"),
    Column("within_95", Float, nullable=False),
    Column("chance_wape", Float, comment="WAPE left to who knows every rate"),
    Column("simple_wape", Float, comment="WAPE of the mean of the last 8 weeks"),
    Column("handled_calls", Float, comment="absent: no handling times"),
    Column("handling_wape", Float, comment="of seconds, by the mean of each interval"),
    Column("simple_handling_wape", Float, comment="of the hour of the week over 8 weeks"),
    Column("handling_within_80", Float, comment="share of intervals' means"),
)

forecast_adjustments = Table(
    "forecast_adjustments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("queue_id", ForeignKey("queues.id"), comment="absent: every queue"),
    Column("first_day", Date, nullable=False, comment="local, on which its hours begin"),
    Column("last_day", Date, nullable=False, comment="likewise"),
    Column("weekdays", JSON, nullable=False, comment="of those days; 0 is Monday"),
    Column("begins", Integer, nullable=False, comment="minute of the day, by the wall clock"),
    Column("minutes", Integer, nullable=False, comment="they may run past midnight"),
    Column("amount", Float, nullable=False),
    Column("unit", String(16), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("review_on", Date, nullable=False, comment="local"),
    Column("laid_by", Uuid, nullable=False, comment="a user, who may be gone by now"),
    Column("laid_at", Instant, nullable=False),
    Column("since", Instant, nullable=False, comment="the room's present when it was laid"),
    Column("ended_by", Uuid),
    Column("ended_at", Instant),
    Column("until", Instant, comment="the room's present when it was ended"),
    Column("end_reason", String(500)),
    CheckConstraint("last_day >= first_day", name="days"),
    CheckConstraint("unit IN ('percent', 'calls')", name="unit"),
    CheckConstraint("unit = 'percent' OR queue_id IS NOT NULL", name="calls"),
    Index(None, "room_id", "id"),
)

forecast_adjustment_reviews = Table(
    "forecast_adjustment_reviews",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("adjustment_id", ForeignKey(forecast_adjustments.c.id), nullable=False),
    Column("by", Uuid, nullable=False, comment="a user, who may be gone by now"),
    Column("at", Instant, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("review_on", Date, nullable=False, comment="the next look; local"),
    Index(None, "adjustment_id"),
)

forecast_events = Table(
    "forecast_events",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("event_id", Uuid, primary_key=True, comment="of a room event, or one of old"),
    Column("name", String(80), nullable=False),
    Column("document", JSON, nullable=False, comment="as in an events file, as it stood"),
    Column("effects", JSON, nullable=False, comment="by queue id, always read whole"),
)

forecast_schedules = Table(
    "forecast_schedules",
    metadata,
    Column("room_id", ForeignKey("control_rooms.id"), primary_key=True),
    Column("weekday", Integer, nullable=False, comment="0 is Monday"),
    Column("hour", Integer, nullable=False, comment="of the room's local day"),
    Column("weeks", Integer, nullable=False),
    Column("model", String(64), comment="absent: the one recommended"),
    Column("holidays", String(16), comment="absent: as usual in the room"),
    Column("set_by", Uuid, nullable=False, comment="a user, who may be gone by now"),
    Column("set_at", Instant, nullable=False),
    Column("handled", Instant, nullable=False, comment="runs due until then are seen to"),
    Column("last_due", Instant),
    Column("last_forecast_id", ForeignKey(forecasts.c.id)),
    Column("last_words", String(1000), nullable=False, comment="why it asked for none"),
    Column("seen_batch", Integer, comment="newest counts when it last asked"),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    CheckConstraint("weeks BETWEEN 1 AND 53", name="weeks"),
)

forecast_adjustment_scores = Table(
    "forecast_adjustment_scores",
    metadata,
    Column("adjustment_id", ForeignKey(forecast_adjustments.c.id), primary_key=True),
    Column("scored_at", Instant, nullable=False),
    Column("days", Integer, nullable=False, comment="on which hours that were counted began"),
    Column("runs", Integer, nullable=False, comment="such days of every queue"),
    Column("intervals", Integer, nullable=False, comment="that were counted"),
    Column("calls", Float, nullable=False, comment="that came"),
    Column("untouched", Float, nullable=False, comment="calls forecast"),
    Column("adjusted", Float, nullable=False, comment="the same, by this adjustment alone"),
    Column("run_error_untouched", Float, nullable=False, comment="of each day's total, in calls"),
    Column("run_error_adjusted", Float, nullable=False),
    Column("error_untouched", Float, nullable=False, comment="of each interval, in calls"),
    Column("error_adjusted", Float, nullable=False),
    Column("verdict", String(8), nullable=False),
    CheckConstraint("verdict IN ('better', 'worse', 'alike')", name="verdict"),
)

forecast_grounds = Table(
    "forecast_grounds",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("kept", LargeBinary, nullable=False, comment="what it is made of; compressed JSON"),
)

forecast_shares = Table(
    "forecast_shares",
    metadata,
    Column("forecast_id", ForeignKey(forecasts.c.id), primary_key=True),
    Column("queue_id", ForeignKey("queues.id"), primary_key=True),
    Column("names", JSON, nullable=False, comment="of the parts, the rest left out"),
    Column(
        "sources",
        JSON,
        nullable=False,
        comment="name of the part by id of each category that was counted in it",
    ),
    Column(
        "table",
        LargeBinary,
        nullable=False,
        comment="share of each part by hour of the week; little-endian float64",
    ),
    Column(
        "apart",
        LargeBinary,
        nullable=False,
        comment="relative variance of each part beyond that of the whole; the same",
    ),
)
