"""The only place where a problem becomes a CP-SAT model."""

from rostering.model.roster_model import RosterModel

__all__ = ["RosterModel"]
