"""What the pages of leave show, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.leave.service import (
    ACCOUNTS,
    HAND,
    Absence,
    AbsenceKind,
    Account,
    Charged,
    Lot,
    Posted,
    Standing,
    YearStart,
    amount_words,
)
from app.people.service import Officer, PastShift
from app.web.views.answer import Figure
from app.web.words import MINUS, clock, count, day_words, listed, period_words

SOON = timedelta(days=60)
"""What expires within so many days is told as going soon: time enough to roster it."""

LABELS: Mapping[Account, str] = {
    "leave": "Annual leave",
    "toil": "Time off in lieu",
    "rest_days": "Rest days owed",
    "public_holidays": "Public holidays in lieu",
    "pay": "To be paid",
}

KINDS: Mapping[AbsenceKind, str] = {
    "leave": "Leave",
    "court": "Court",
    "training": "Training",
    "absent": "Absent",
}

CHARGED: Mapping[Charged, str] = {
    "leave": "Annual leave",
    "toil": "Time off in lieu",
    "rest_days": "A rest day that is owed",
    "public_holidays": "A public holiday in lieu",
}
"""What a page lets leave be taken from."""

SOURCES: Mapping[str, str] = {
    "hand": "by hand",
    "leave-year": "leave year",
    "absence": "absence",
    "lapse": "expired",
}
"""How a page calls where an entry comes from, by the first word of its source."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of a person's ledger.

    Attributes:
        amount: signed, such as `+8 h` or `−1 rest day`.
        balance: of its account after it; "" of pay, which nothing is taken from.
        number: of the posting, where it can be taken back here; else 0.
    """

    day: str
    account: str
    words: str
    amount: str
    balance: str
    source: str
    number: int


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as a page shows it; `said` is the same within a sentence."""

    id: UUID
    period: str
    what: str
    counts: str
    said: str

    @property
    def pair(self) -> tuple[str, str]:
        """Its days and why, for a list of facts."""
        return self.period, self.what


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list of a room: cells of balances, what goes soon, rest days owed."""

    id: UUID
    name: str
    number: str
    cells: tuple[str, ...]
    soon: str
    owed: int


def signed_words(account: Account, amount: int) -> str:
    """An amount with its sign, such as `+8 h`, `−1 rest day` or `0 h`."""
    said = amount_words(account, amount) if amount else plain_words(account, 0)
    return f"{MINUS}{said}" if amount < 0 else f"+{said}" if amount else said


def plain_words(account: Account, amount: int) -> str:
    """A balance, such as `8 h`, `−1 rest day` or `0 h`."""
    if not amount:
        return "0 rest days" if account == "rest_days" else "0 h"
    said = amount_words(account, amount)
    return f"{MINUS}{said}" if amount < 0 else said


def figures(standing: Standing) -> tuple[Figure, ...]:
    """What is on each account, and what of it goes first."""
    found = standing.balances
    return tuple(
        Figure(
            LABELS[account],
            plain_words(account, found.get(account, 0)),
            tag="overdrawn" if account in standing.debts else "",
            tone="short" if account in standing.debts else "",
            note=next(
                (
                    going_words(lot)
                    for lot in standing.lots
                    if lot.account == account and lot.expires
                ),
                "nothing of it expires" if found.get(account, 0) > 0 else "",
            ),
        )
        for account in ACCOUNTS
        if account != "pay"
    )


def going_words(lot: Lot) -> str:
    """What is left of a lot and when it goes, such as `40 h until 31 March 2027`."""
    if lot.expires is None:
        return f"{amount_words(lot.account, lot.amount)} kept"
    last = lot.expires - timedelta(days=1)
    return f"{amount_words(lot.account, lot.amount)} until {last.day} {last:%B %Y}"


def lot_rows(standing: Standing) -> list[tuple[str, ...]]:
    """What goes when: amount, account, last day on which it can be taken, and since when."""
    return [
        (
            day_year(lot.expires - timedelta(days=1)),
            LABELS[lot.account],
            amount_words(lot.account, lot.amount),
            day_year(lot.day),
        )
        for lot in sorted(
            (lot for lot in standing.lots if lot.expires), key=lambda it: it.expires or date.max
        )
        if lot.expires
    ]


def answer(name: str, standing: Standing, on: date) -> tuple[str, str]:
    """What a person has, and what of it must be taken in time; `name` is "You" for the reader."""
    found = standing.balances
    has = [
        f"{plain_words(account, amount)} {'owed' if account == 'rest_days' else _of(account)}"
        for account in ACCOUNTS
        if (amount := found.get(account, 0)) > 0
    ]
    whom = "you" if name == "You" else name
    good = f"{name} {'have' if name == 'You' else 'has'} {listed(has)}."
    soon = soon_words(standing, on)
    return good if has else f"Nothing is owed to {whom}.", f"Take in time: {soon}." if soon else ""


def soon_words(standing: Standing, on: date) -> str:
    """What expires within `SOON`, such as `12 h of annual leave by 31 March 2027`; "" for none."""
    return listed(
        f"{amount_words(lot.account, lot.amount)} {_of(lot.account)} by "
        f"{_last(lot).day} {_last(lot):%B %Y}".replace("  ", " ")
        for lot in standing.lots
        if lot.expires is not None and lot.expires <= on + SOON
    )


def _of(account: Account) -> str:
    return "" if account == "rest_days" else f"of {LABELS[account].lower()}"


def _last(lot: Lot) -> date:
    return (lot.expires or date.max) - timedelta(days=1)


def entry_rows(
    entries: Sequence[Posted], zone: str, shown: tuple[date, date] | None = None
) -> list[EntryRow]:
    """The lines of a ledger by day, the newest first, each with the balance after it.

    The days of an absence are one line.

    Args:
        entries: all of one person's.
        zone: the room's time zone.
        shown: first and last day of the lines wanted; None for all.
    """
    back = {each.entry.source for each in entries if each.kind == "reversed"}
    sums: dict[Account, int] = {}
    rows = []
    for lines in _together(entries):
        one, last = lines[0], lines[-1].entry
        account, amount = one.entry.account, sum(each.entry.amount for each in lines)
        sums[account] = sums.get(account, 0) + amount
        if shown and not shown[0] <= last.day <= shown[1]:
            continue
        source = one.entry.source
        can_be = one.kind == "posted" and source.startswith(HAND) and source not in back
        rows.append(
            EntryRow(
                day=day_year(last.day),
                account=LABELS[account],
                words=_words(lines),
                amount=_amount(account, amount, one.entry.rate),
                balance="" if account == "pay" else plain_words(account, sums[account]),
                source=_source(one, zone),
                number=one.number if can_be else 0,
            )
        )
    return rows[::-1]


def _together(entries: Sequence[Posted]) -> list[list[Posted]]:
    """Entries by day, those of one absence together on its last day."""
    found: dict[object, list[Posted]] = {}
    for each in sorted(entries, key=lambda it: (it.entry.day, it.number, it.place)):
        is_away = each.entry.source.startswith("absence:")
        found.setdefault((each.number, 0 if is_away else each.place), []).append(each)
    return sorted(found.values(), key=lambda lines: (lines[-1].entry.day, lines[-1].number))


def _words(lines: Sequence[Posted]) -> str:
    first, last = lines[0].entry, lines[-1].entry
    if len(lines) == 1:
        return first.words
    taken = "Taken back: " if lines[0].kind == "reversed" else ""
    label = LABELS[first.account]
    return f"{taken}{label}, {count(len(lines), 'day')}, {period_words(first.day, last.day)}."


def _amount(account: Account, amount: int, rate: int | None) -> str:
    said = signed_words(account, amount)
    return f"{said} at {rate} %" if rate else said


def _source(posted: Posted, zone: str) -> str:
    first, _, rest = posted.entry.source.partition(":")
    said = SOURCES.get(first, f"{first} {rest}".strip())
    at = posted.at.astimezone(ZoneInfo(zone)).date()
    return f"{said}, {at.day} {at:%B %Y}"


def absence_rows(absences: Iterable[Absence]) -> list[AbsenceRow]:
    """Absences, the latest first."""
    rows = [_absence(each) for each in absences]
    return rows[::-1]


def _absence(absence: Absence) -> AbsenceRow:
    said = absence.details
    period = period_words(said.first, said.last)
    taken = f" from {LABELS[said.account].lower()}" if said.account else ""
    minutes = sum(absence.minutes.values())
    return AbsenceRow(
        id=absence.id,
        period=period,
        what=f"{KINDS[said.kind]}{taken}",
        counts=plain_words("leave", minutes),
        said=f"{KINDS[said.kind].lower()}, {period}",
    )


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


def away_rows(absences: Iterable[Absence], names: Mapping[UUID, str]) -> list[tuple[str, ...]]:
    """Who is away when and why, by first day, as cells of a table."""
    return [
        (names[each.officer_id], row.period, row.what)
        for each in absences
        if each.officer_id in names
        for row in [_absence(each)]
    ]


def charged_options(standing: Standing) -> list[tuple[str, ...]]:
    """What leave can be taken from, with what is there."""
    found = standing.balances
    return [
        *(
            (account, words, f"{plain_words(account, found.get(account, 0))} there today")
            for account, words in CHARGED.items()
        ),
        ("", "Nothing here", "the leave is kept elsewhere"),
    ]


def shifts_words(shifts: Sequence[PastShift], zone: str) -> str:
    """Published shifts that lie on an absence and must be seen to, a sentence; "" for none."""
    if not shifts:
        return ""
    local = ZoneInfo(zone)
    said = [
        f"{day_words(shift.start.astimezone(local).date())} "
        f"{clock(shift.start, zone)}–{clock(shift.end, zone)}"
        for shift in shifts[:3]
    ]
    more = [f"{len(shifts) - 3} more"] if len(shifts) > 3 else []
    lie = "lies" if len(shifts) == 1 else "lie"
    return (
        f"{count(len(shifts), 'published shift')} {lie} on these days: {listed([*said, *more])}. "
        "Change the published roster."
    )


def year_words(start: YearStart | None) -> str:
    """When the leave year begins, such as `1 April`."""
    return f"{start.day} {date(2027, start.month, start.day):%B}" if start else ""


def day_year(day: date) -> str:
    """A day where room is scarce, such as `Mon 4 May 2026`."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def year_tabs(
    entries: Sequence[Posted], start: YearStart | None, chosen: str, home: str
) -> tuple[tuple[date, date] | None, list[tuple[str, str, bool]]]:
    """The year whose entries are shown, and tabs of all that have any, the newest first.

    They are leave years; calendar years where the room has not said when its own begins.
    """
    by = start or YearStart(1, 1)
    years = sorted({by.year_of(each.entry.day).first for each in entries}, reverse=True)
    if not years:
        return None, []
    shown = next((each for each in years if str(each) == chosen), years[0])
    tabs = [
        (period_words(each, by.year(each.year).last), f"{home}?year={each}", each == shown)
        for each in years
    ]
    return (shown, by.year(shown.year).last), tabs
