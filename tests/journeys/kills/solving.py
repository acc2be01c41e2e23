"""A process that solves a room for a long time, for tests to kill."""

from __future__ import annotations

from rostering.benchmark.control_room import control_room
from rostering.solve import solve

if __name__ == "__main__":
    solve(control_room(60, 0.9), seconds=600)
