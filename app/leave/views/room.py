"""The list of a control room: who is owed what, who loses time soon, who is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.leave.service import ACCOUNTS, Absence, Kept, Standing
from app.leave.views.ledger import absence_row
from app.leave.views.words import SOON, plain_words, soon_words
from app.people.service import Officer
from app.web.words import count, listed, when


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list of a room: cells of balances, what goes soon, rest days owed."""

    id: UUID
    name: str
    number: str
    cells: tuple[str, ...]
    soon: str
    owed: int


def person_rows(
    officers: Iterable[Officer], standings: Mapping[UUID, Standing], on: date
) -> list[PersonRow]:
    """Everyone with what they have: who is about to lose time first, then by rest days owed."""
    known = [(each, standings.get(each.id, Standing((), (), {}))) for each in officers]

    def order(pair: tuple[Officer, Standing]) -> tuple[object, ...]:
        officer, standing = pair
        goes = [lot.expires for lot in standing.lots if lot.expires and lot.expires <= on + SOON]
        owed = standing.balances.get("rest_days", 0)
        return min(goes, default=date.max), -owed, officer.details.name, officer.id

    return [
        PersonRow(
            officer.id,
            officer.details.name,
            officer.details.number,
            tuple(
                plain_words(account, standing.balances[account])
                if standing.balances.get(account)
                else ""
                for account in ACCOUNTS
                if account != "pay"
            ),
            soon_words(standing, on),
            standing.balances.get("rest_days", 0),
        )
        for officer, standing in sorted(known, key=order)
    ]


def room_answer(rows: Sequence[PersonRow], standings: Mapping[UUID, Standing]) -> tuple[str, str]:
    """How many are owed rest days, and how many are about to lose time."""
    if not standings:
        return "", ""
    owed = [row.owed for row in rows if row.owed > 0]
    are = count(len(owed), "person is", "people are")
    good = f"{are} owed {count(sum(owed), 'rest day')}." if owed else "Nobody is owed a rest day."
    losing = count(sum(bool(row.soon) for row in rows), "person loses", "people lose")
    trouble = f"{losing} time within {SOON.days} days unless it is taken."
    return good, trouble if any(row.soon for row in rows) else ""


def kept_words(kept: Kept, zone: str) -> str:
    """What was written by itself last and when, a sentence; "" before the first time."""
    last = kept.last
    if last is None or last.at is None:
        return ""
    did = [f"{count(last.lapsed, 'entry', 'entries')} of what expired"] * bool(last.lapsed)
    if last.granted:
        did.append(f"leave of {count(last.granted, 'person', 'people')}")
    wait = f" {count(last.left_out, 'person waits', 'people wait')} for the force's answer."
    said = listed(did) if did else "nothing was due"
    return f"Last on {when(last.at, zone)}: {said}.{wait if last.left_out else ''}"


def away_rows(absences: Iterable[Absence], names: Mapping[UUID, str]) -> list[tuple[str, ...]]:
    """Who is away when and why, by first day, as cells of a table."""
    return [
        (names[each.officer_id], row.period, row.what)
        for each in absences
        if each.officer_id in names
        for row in [absence_row(each)]
    ]
