"""The room file: what a room asks besides its queues, as TOML.

    seats = 40                 # desks that exist
    reserve = 1                # people kept idle for the most urgent queue where staff is shared

    [[posts]]                  # desks that must be held; holders answer no calls
    name = "Dispatch desk"
    skill = "dispatch"
    people = 2
    window = { start = "07:00", end = "23:00", days = ["fri", "sat"] }
    relief = true              # others take over during breaks

    [[minimums]]               # fewest people on duty with a skill, whatever they do
    skill = "sergeant"
    people = 1

Every key but a post's name and skill and a minimum's skill and people is optional; they are the
fields of `RoomTerms`. `shrinkage` is that of post holders, as in the queues file.
"""

from __future__ import annotations

from app.cli.inputs import placed
from forecasting.staffing.posts import RoomTerms
from forecasting.staffing.tables import read
from rostering.files.node import read_toml


def room_terms_of(path: str | None) -> RoomTerms:
    """What a room asks; nothing without a file.

    Raises:
        InputError: when the file cannot be used.
    """
    if path is None:
        return RoomTerms()
    with placed(path):
        return read(RoomTerms, read_toml(path).value, "the room")
