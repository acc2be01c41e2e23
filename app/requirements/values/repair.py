"""A requirement's test by simulation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Repair:
    """A requirement that is tested by simulation.

    Attributes:
        requirement_id: what is tested.
        job_id: of the job that tests it.
        result_id: of the requirement with the people added, once the job is done.
    """

    requirement_id: UUID
    job_id: UUID
    result_id: UUID
