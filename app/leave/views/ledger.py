"""One person's ledger: accounts, what goes when, entries with the balance after each, absence."""

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
    Account,
    Charged,
    Lot,
    Posted,
    Standing,
    YearStart,
    amount_words,
)
from app.leave.views.words import (
    KINDS,
    LABELS,
    day_year,
    going_words,
    of_words,
    plain_words,
    signed_words,
    soon_words,
)
from app.web.views.answer import Figure
from app.web.words import count, listed, period_words

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
    days: int
    is_whole: bool

    @property
    def pair(self) -> tuple[str, str]:
        """Its days and why, for a list of facts."""
        return self.period, self.what


def figures(standing: Standing) -> tuple[Figure, ...]:
    """What is on each account, and what of it goes first."""
    found = standing.balances
    return tuple(
        Figure(
            LABELS[account],
            plain_words(account, found.get(account, 0)),
            tag="overdrawn" if account in standing.debts else "",
            tone="short" if account in standing.debts else "",
            note=_first_words([lot for lot in standing.lots if lot.account == account]),
        )
        for account in ACCOUNTS
        if account != "pay"
    )


def _first_words(lots: Sequence[Lot]) -> str:
    """What of an account goes first, or since when it has been owed."""
    if not lots:
        return ""
    if lots[0].expires is not None:
        return going_words(lots[0])
    oldest = min(lot.day for lot in lots)
    return f"the oldest since {oldest.day} {oldest:%B %Y}"


def lot_rows(standing: Standing) -> list[tuple[str, ...]]:
    """What goes when: last day on which it can be taken, account, amount, and since when."""
    goes = sorted((lot.expires, at) for at, lot in enumerate(standing.lots) if lot.expires)
    return [
        (
            day_year(day - timedelta(days=1)),
            LABELS[lot.account],
            amount_words(lot.account, lot.amount),
            day_year(lot.day),
        )
        for day, at in goes
        for lot in [standing.lots[at]]
    ]


def answer(name: str, standing: Standing, on: date) -> tuple[str, str]:
    """What a person has, and what of it must be taken in time; `name` is "You" for the reader."""
    found = standing.balances
    has = [
        f"{plain_words(account, amount)} {'owed' if account == 'rest_days' else of_words(account)}"
        for account in ACCOUNTS
        if (amount := found.get(account, 0)) > 0
    ]
    whom = "you" if name == "You" else name
    good = f"{name} {'have' if name == 'You' else 'has'} {listed(has)}."
    soon = soon_words(standing, on)
    return good if has else f"Nothing is owed to {whom}.", f"Take in time: {soon}." if soon else ""


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
    rows = [absence_row(each) for each in absences]
    return rows[::-1]


def absence_row(absence: Absence) -> AbsenceRow:
    """An absence in words."""
    said = absence.details
    period = period_words(said.first, said.last)
    taken = f" from {LABELS[said.account].lower()}" if said.account else ""
    minutes = sum(absence.minutes.values())
    part = " for a part of the day" if said.part else ""
    back = listed(f"{day.day} {day:%B}" for day in sorted(absence.recalled))
    return AbsenceRow(
        id=absence.id,
        period=period,
        what=f"{KINDS[said.kind]}{part}{taken}{f', recalled for {back}' if back else ''}",
        counts=plain_words("leave", minutes),
        said=f"{KINDS[said.kind].lower()}, {period}",
        days=said.length,
        is_whole=said.part is None,
    )


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
