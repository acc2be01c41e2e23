"""What is typed into the forms of leave, as texts, and what it says."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, TypeVar, get_args
from uuid import UUID

from pydantic import BaseModel, Field

from app.errors import InvalidInput, Place
from app.leave.service import (
    ABSENCE_KINDS,
    ACCOUNTS,
    AbsenceDetails,
    Account,
    Charged,
    Entry,
)

Text = Annotated[str, Field(max_length=500)]
Known = TypeVar("Known", bound=str)

HOURS = re.compile(r"(\d{1,5})(?::([0-5]\d)|\.(\d{1,2}))?", re.ASCII)
"""Hours as people write them: `8`, `7:30` or `7.5`."""


class PostForm(BaseModel):
    """What was typed to post by hand: owed or taken, how much, when and why."""

    account: Text = "toil"
    sign: Text = "owed"
    amount: Text = ""
    day: Text = ""
    expires: Text = ""
    rate: Text = ""
    words: Text = ""

    def entry(self, officer_id: UUID) -> Entry:
        """The entry that was typed; its source is said elsewhere.

        Raises:
            InvalidInput: naming every field that cannot be read.
        """
        account = _one_of(self.account, ACCOUNTS)
        amount = _amount(self.amount, account)
        day, expires, rate = read_day(self.day), read_day(self.expires), read_number(self.rate)
        wrong = {
            "account": account is None,
            "sign": self.sign not in {"owed", "taken"},
            "amount": amount is None,
            "day": day is None,
            "expires": bool(self.expires) and expires is None,
            "rate": bool(self.rate) and rate is None,
        }
        if account is None or amount is None or day is None or any(wrong.values()):
            raise InvalidInput(Place(name, SAID[name]) for name, bad in wrong.items() if bad)
        signed = amount if self.sign == "owed" else -amount
        return Entry(officer_id, account, signed, day, expires, rate, self.words, "")


class AbsenceForm(BaseModel):
    """What was typed to record an absence."""

    kind: Text = "leave"
    first: Text = ""
    last: Text = ""
    account: Text = "leave"
    part: Text = ""

    def details(self) -> AbsenceDetails:
        """The absence that was typed; without a last day it is one of one day.

        Raises:
            InvalidInput: naming every field that cannot be read.
        """
        kind = _one_of(self.kind, ABSENCE_KINDS)
        first, last = read_day(self.first), read_day(self.last or self.first)
        account = _one_of(self.account, get_args(Charged)) if kind == "leave" else None
        part = _amount(self.part, None) if self.part.strip() else None
        wrong = {
            "part": bool(self.part.strip()) and not part,
            "kind": kind is None,
            "first": first is None,
            "last": bool(self.last) and last is None,
            "account": kind == "leave" and bool(self.account) and account is None,
        }
        if kind is None or first is None or last is None or any(wrong.values()):
            raise InvalidInput(Place(name, SAID[name]) for name, bad in wrong.items() if bad)
        return AbsenceDetails(kind, first, last, account, part)


SAID = {
    "account": "Choose an account.",
    "sign": "Choose whether it is owed or taken.",
    "amount": "Give hours such as 7:30 or 7.5, or whole rest days.",
    "day": "Give a day, such as 2027-01-04.",
    "expires": "Give a day, or nothing.",
    "rate": "Give a whole number, or nothing.",
    "kind": "Choose one of these.",
    "part": "Give hours such as 7:30 or 7.5, or nothing for whole days.",
    "first": "Give a day, such as 2027-01-04.",
    "last": "Give a day, or nothing for one day.",
}


def _amount(text: str, account: Account | None) -> int | None:
    """Minutes of hours as typed, or whole days."""
    if account == "rest_days":
        return read_number(text)
    match = HOURS.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, part = match.groups()
    return int(hours) * 60 + int(minutes or 0) + round(float(f"0.{part or 0}") * 60)


def _one_of(text: str, known: tuple[Known, ...]) -> Known | None:
    return next((each for each in known if each == text), None)


def read_day(text: str) -> date | None:
    """A day as the field of a form sends it; None where it is none."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def read_number(text: str) -> int | None:
    """A whole number as typed; None where it is none."""
    return int(text) if text.strip().isdecimal() and len(text) < 8 else None
