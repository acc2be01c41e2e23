"""Bonds as rows, as bonds of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.rosters.problem.materials import Materials
from rostering.problem import Bond, Officer, Problem


def bonds_of(materials: Materials, officers: Iterable[Officer]) -> Iterator[Bond]:
    """The bonds of officers who can be rostered; of the others, those who can.

    Args:
        materials: what the slices below say.
        officers: the officers of the problem.
    """
    there = {officer.id for officer in officers}
    first = materials.wanted.first_day
    for kept in materials.bonds:
        said = kept.details
        others = tuple(name for name in map(str, said.others) if name in there)
        if str(said.officer_id) in there and others:
            yield Bond(
                kind=said.kind,
                officer=str(said.officer_id),
                others=others,
                minutes=said.minutes,
                first=(said.from_day - first).days,
                last=None if said.until_day is None else (said.until_day - first).days - 1,
                role=said.role,
            )


def bond_notes(materials: Materials, problem: Problem) -> Iterator[str]:
    """Whom nobody can accompany, a sentence each."""
    names = {officer.id: officer.name for officer in problem.officers}
    for kept in materials.bonds:
        said = kept.details
        officer = str(said.officer_id)
        if (
            said.kind == "with"
            and officer in names
            and names.keys().isdisjoint(map(str, said.others))
        ):
            yield (
                f"{names[officer]} is to work with a {said.role}, but nobody named as one can be "
                "rostered in the period: that is left aside."
            )
