"""The tables of rosters.

A day is a local day of the control room, and a shift belongs to the day it starts on. Users stand
without foreign keys: what they did is kept when they have gone. What is in force for officers is
kept by people, as published shifts; the publications here say when it came into force and why.
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
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from app.db.metadata import metadata
from app.db.types import Instant

shift_templates = Table(
    "shift_templates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("code", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("start", Integer, nullable=False, comment="minutes after local midnight"),
    Column("minutes", Integer, nullable=False, comment="length by the clock on the wall"),
    Column("skills", JSON, nullable=False, comment="codes that an officer must hold, all of them"),
    Column("active", Boolean, nullable=False, comment="offered to new rosters"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    UniqueConstraint("room_id", "code"),
    CheckConstraint("kind IN ('early', 'day', 'late', 'night')", name="kind"),
    CheckConstraint("start BETWEEN 0 AND 1439", name="start"),
    CheckConstraint("minutes BETWEEN 60 AND 1440", name="minutes"),
)

bonds = Table(
    "bonds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date, comment="first day on which it no longer holds"),
    Column("minutes", Integer, nullable=False, comment="of a tour, by which it may be missed"),
    Column("role", String(16), nullable=False, comment="what the others are to the officer"),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    CheckConstraint("kind IN ('with', 'together', 'apart')", name="kind"),
    CheckConstraint("minutes >= 0", name="minutes"),
    CheckConstraint("until_day >= from_day", name="until_day"),
)

bond_others = Table(
    "bond_others",
    metadata,
    Column("bond_id", ForeignKey(bonds.c.id), primary_key=True),
    Column("place", Integer, primary_key=True, comment="0, 1 … in the order named"),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
)

rosters = Table(
    "rosters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False, comment="grows by one with every change"),
    Column("asked_by", Uuid, nullable=False, comment="a user"),
    Column("asked_at", Instant, nullable=False),
    Column("job_id", ForeignKey("jobs.id"), nullable=False),
    Column("requirement_id", ForeignKey("requirements.id"), nullable=False),
    Column("problem", LargeBinary, nullable=False, comment="frozen when asked; compressed JSON"),
    Column("assumed", JSON, nullable=False, comment="what was assumed, a sentence each"),
    # --- how the search is going, or went
    Column("seconds", Integer, nullable=False, comment="asked for"),
    Column("spent", Float, nullable=False, comment="seconds searched so far, over all runs"),
    Column("objective", Integer, comment="points when the search ended, or so far"),
    Column("bound", Float, comment="points that no lawful roster can go below"),
    Column("first_lawful", Float, comment="seconds until the first lawful roster"),
    Column("missing_minutes", Integer, comment="person-minutes of cover missing"),
    Column("stopped", String(32), comment="why the search ended; none while it runs"),
    Column("why", JSON, nullable=False, comment="why there is no lawful roster, a sentence each"),
    Column("short", JSON(none_as_null=True), comment="what binds where people are missing"),
    # --- publication
    Column("published_by", Uuid, comment="a user"),
    Column("published_at", Instant),
    Column("reason", Text),
    Column("again_of", Uuid, comment="the roster of which it changes as little as possible"),
    CheckConstraint("state IN ('draft', 'published', 'superseded', 'discarded')", name="state"),
    CheckConstraint("days > 0", name="days"),
    Index(None, "room_id", "id"),
)

roster_shifts = Table(
    "roster_shifts",
    metadata,
    Column("roster_id", ForeignKey(rosters.c.id), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("code", String(64), nullable=False, comment="of a template of the roster's problem"),
    Column("kind", String(64), nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant, nullable=False),
    CheckConstraint('"end" > start', name="span"),
)

roster_edits = Table(
    "roster_edits",
    metadata,
    Column("roster_id", ForeignKey(rosters.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, comment="1, 2 … in order of time"),
    Column("by", Uuid, nullable=False, comment="a user"),
    Column("at", Instant, nullable=False),
    Column("changes", JSON, nullable=False, comment="officer, day, code before and after"),
    Column(
        "pins",
        JSON,
        nullable=False,
        server_default="[]",
        comment="officer, day, pin before and after",
    ),
    Column("reason", Text, nullable=False, comment="may be empty in a draft"),
    Column("change_reason", String(16), comment="of a change of a published roster"),
    Column("state", String(8), nullable=False),
    # done: it holds; undone: it may be redone; dropped: another edit came after it was undone.
    CheckConstraint("state IN ('done', 'undone', 'dropped')", name="state"),
)

roster_pins = Table(
    "roster_pins",
    metadata,
    Column("roster_id", ForeignKey(rosters.c.id), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("code", String(64), comment="the shift to keep; none for a rest day"),
    Column("kind", String(64), comment="the kind to keep, at any time; none for a shift or rest"),
)

authorised_breaches = Table(
    "authorised_breaches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("roster_id", Uuid, nullable=False),
    Column("edit_number", Integer, nullable=False, comment="in force while that edit is done"),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("rule", String(64), nullable=False, comment="code of a hard rule"),
    Column("first_day", Date, nullable=False, comment="a tour of the breach starts from here …"),
    Column("last_day", Date, nullable=False, comment="… to here, this day included"),
    Column("excess", Integer, nullable=False, comment="how far at most, in the rule's unit"),
    Column("words", Text, nullable=False, comment="what is broken, as a sentence"),
    Column("ground", String(16), nullable=False),
    Column("authority", String(200), nullable=False, comment="name of whoever authorised it"),
    Column("reason", Text, nullable=False),
    Column("rest_minutes", Integer, nullable=False, comment="compensatory rest; 0 where none"),
    Column("rest_by", Date, comment="by when it is to be given"),
    Column("rest_given", Date, comment="when it was"),
    Column("by", Uuid, nullable=False, comment="a user"),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["roster_id", "edit_number"], [roster_edits.c.roster_id, roster_edits.c.number]
    ),
    CheckConstraint(
        "ground IN ('shift_change', 'continuity', 'agreement', 'exigency')", name="ground"
    ),
    CheckConstraint("excess > 0", name="excess"),
    CheckConstraint("rest_minutes >= 0", name="rest_minutes"),
    Index(None, "roster_id"),
)

publications = Table(
    "publications",
    metadata,
    Column("room_id", ForeignKey("control_rooms.id"), primary_key=True),
    Column("number", Integer, primary_key=True, comment="1, 2 … in order of time"),
    Column("roster_id", ForeignKey(rosters.c.id), nullable=False),
    Column("version", Integer, nullable=False, comment="of the roster, as published"),
    Column("at", Instant, nullable=False),
    Column("by", Uuid, nullable=False, comment="a user"),
    Column("reason", Text, nullable=False),
    Column("whole", Boolean, nullable=False, comment="a whole roster, not a change of one"),
    Column("change_reason", String(16), comment="of what was published before"),
    Column("told", Instant, comment="the room's own present, where its data end in the past"),
    UniqueConstraint("roster_id", "version"),
)

published_changes = Table(
    "published_changes",
    metadata,
    Column("room_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True, comment="of the publication"),
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("code_before", String(64), comment="none where no shift was published"),
    Column("kind_before", String(64)),
    Column("start_before", Instant),
    Column("end_before", Instant),
    Column("code", String(64), comment="none where it is a rest day now"),
    Column("kind", String(64)),
    Column("start", Instant),
    Column("end", Instant),
    ForeignKeyConstraint(["room_id", "number"], ["publications.room_id", "publications.number"]),
    Index(None, "officer_id", "day"),
)

change_notices = Table(
    "change_notices",
    metadata,
    Column("room_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True, comment="of the publication"),
    Column("officer_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(32), nullable=False, comment="of change"),
    Column("clear_days", Integer, nullable=False, comment="of notice; below 0 afterwards"),
    Column("awards", JSON, nullable=False, comment="what is due, one by one, with its source"),
    Column("unsocial_hours", Integer, nullable=False, comment="more, or below 0 fewer"),
    Column("disrupted", Boolean, nullable=False, comment="counts as a rest day disrupted"),
    Column("authority", String(200), nullable=False, comment="who authorised it; may be empty"),
    Column("standing", Boolean, nullable=False, comment="no later publication changed the day"),
    Column("name_by", Date, comment="last day to name another rest day; none: none is due"),
    Column("named", Date, comment="the rest day that was named"),
    Column("named_by", Uuid, comment="a user"),
    Column("choice", String(8), comment="open, pay or time; none: nothing may be chosen"),
    Column("chosen_by", Uuid, comment="a user"),
    ForeignKeyConstraint(
        ["room_id", "number", "officer_id", "day"],
        [
            "published_changes.room_id",
            "published_changes.number",
            "published_changes.officer_id",
            "published_changes.day",
        ],
    ),
    Index(None, "room_id", "name_by"),
)

extra_shifts = Table(
    "extra_shifts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("roster_id", Uuid, nullable=False),
    Column("edit_number", Integer, nullable=False, comment="in force while that edit is done"),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column(
        "code", String(64), nullable=False, comment="of the shift; not counted once it is another"
    ),
    Column("minutes", Integer, nullable=False, comment="beyond the contract"),
    Column("ground", String(16), nullable=False),
    Column("why", Text, nullable=False, comment="why this officer, as a sentence"),
    ForeignKeyConstraint(
        ["roster_id", "edit_number"], [roster_edits.c.roster_id, roster_edits.c.number]
    ),
    CheckConstraint("ground IN ('welcome', 'mandated')", name="ground"),
    CheckConstraint("minutes > 0", name="minutes"),
    Index(None, "roster_id"),
    Index(None, "officer_id", "day"),
)

bid_rounds = Table(
    "bid_rounds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("room_id", ForeignKey("control_rooms.id"), nullable=False),
    Column("roster_id", ForeignKey(rosters.c.id), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("method", String(16), nullable=False, comment="by what lots are awarded"),
    Column("points", Integer, nullable=False, comment="what each officer may place"),
    Column("closes", Instant, nullable=False),
    Column("pattern", String(64), nullable=False, comment="whose lines are bid for; may be empty"),
    Column("awarded_at", Instant),
    Column("edit_number", Integer, comment="of the roster, by which lots were awarded"),
    CheckConstraint("kind IN ('shifts', 'lines')", name="kind"),
    CheckConstraint("method IN ('points', 'seniority', 'turn')", name="method"),
    CheckConstraint("points > 0", name="points"),
    Index(None, "room_id", "id"),
    Index(None, "roster_id"),
)

bid_lots = Table(
    "bid_lots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("bid_round_id", ForeignKey(bid_rounds.c.id), nullable=False),
    Column("place", Integer, nullable=False, comment="0, 1 … in the order shown"),
    Column("title", String(200), nullable=False),
    Column("places", Integer, nullable=False, comment="how many can have it"),
    Column("cells", JSON, nullable=False, comment="day, and code of the shift or none for rest"),
    CheckConstraint("places > 0", name="places"),
    Index(None, "bid_round_id"),
)

bids = Table(
    "bids",
    metadata,
    Column("bid_round_id", ForeignKey(bid_rounds.c.id), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("lot_id", ForeignKey(bid_lots.c.id), primary_key=True),
    Column("points", Integer, nullable=False),
    Column("won", Boolean),
    Column("first", Boolean, nullable=False, comment="the first choice, once it is awarded"),
    Column("words", Text, nullable=False, comment="why it is lost, for the officer"),
    CheckConstraint("points > 0", name="points"),
    Index(None, "officer_id"),
)

wish_reasons = Table(
    "wish_reasons",
    metadata,
    Column("roster_id", ForeignKey(rosters.c.id), primary_key=True),
    Column("wish_id", Uuid, primary_key=True, comment="about a day or several"),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("version", Integer, nullable=False, comment="of the roster for which it was found"),
    Column("kind", String(16), nullable=False),
    Column("points", Integer, nullable=False, comment="of the best way to meet it"),
    Column("words", Text, nullable=False, comment="for the officer; names nobody else"),
    Column("yielding", Text, nullable=False, comment="who gives way; for the manager"),
    CheckConstraint("kind IN ('rule', 'cover', 'own', 'others', 'open', 'never')", name="kind"),
)
