"""Who works with whom, as plain data."""

from __future__ import annotations

from typing import Any, get_args

from rostering.errors import InputError
from rostering.files.node import Node
from rostering.problem import MINUTES_A_DAY, Bond, BondKind, Problem

FURTHEST = 4_000
"""Days from the period, either way, within which a bond may begin or end."""


def bond_to_json(bond: Bond) -> dict[str, object]:
    """A bond as plain data."""
    return {
        "kind": bond.kind,
        "officer": bond.officer,
        "others": list(bond.others),
        "minutes": bond.minutes,
        "first": bond.first,
        "last": bond.last,
        "role": bond.role,
        "unit": bond.unit,
    }


def bond_from(node: Node, problem: Problem) -> Bond:
    """Read a bond.

    Raises:
        InputError: when it cannot be used or names an officer twice.
    """
    found = node.fields(["kind", "officer", "others"], ["minutes", "first", "last", "role", "unit"])
    known, what = problem.officer_index, "an officer of this problem"
    kind: BondKind = found["kind"].one_of(get_args(BondKind), "a kind of bond")  # type: ignore[assignment]
    bond: dict[str, Any] = {
        "kind": kind,
        "officer": found["officer"].one_of(known, what),
        "others": tuple(item.one_of(known, what) for item in found["others"].items(1000)),
    }
    if "minutes" in found:
        bond["minutes"] = found["minutes"].whole(0, MINUTES_A_DAY)
    for end in ("first", "last"):
        if end in found and found[end].value is not None:
            bond[end] = found[end].whole(-FURTHEST, FURTHEST)
    if "unit" in found:
        bond["unit"] = found["unit"].whole(1, MINUTES_A_DAY)
    if "role" in found:
        bond["role"] = found["role"].text()
    try:
        return Bond(**bond)
    except InputError as error:
        raise node.refused(error.message) from None
