"""The form by which a question is asked: what its fields say, and what they show.

A change is described in the fields of its kind; pressing Add puts it on the list of those made so
far, which the form carries along. What is described when the question is asked counts too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.errors import InvalidInput, Place
from app.scenarios import service
from app.scenarios.service import Change, Scenario, Seek, Wanted, When
from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack
from forecasting.staffing.windows import EVERY_DAY, Window

DAYS: tuple[tuple[str, str], ...] = (
    ("", "every day"),
    ("01234", "Monday to Friday"),
    ("45", "Friday and Saturday"),
    ("56", "Saturday and Sunday"),
    *((str(place), name) for place, name in enumerate(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    )),
)  # fmt: skip
"""Weekdays on which a change begins, as the form offers them."""

MAIN: Mapping[str, tuple[str, ...]] = {
    "calls": ("calls_percent",),
    "handling": ("handling_seconds", "handling_percent"),
    "absent": ("absent_people",),
    "more": ("more_people",),
    "callback": ("callback_above", "callback_none"),
    "reserve": ("reserve_people",),
    "patience": ("patience_seconds", "patience_endless"),
    "target": ("target_share",),
}
"""For each kind of change on the form the fields of which one at least describes it."""


@dataclass
class Filled:
    """A form as it was sent.

    Attributes:
        said: its fields with one value each.
        changes: those made so far, as JSON.
        faults: what is wrong, by field.
    """

    said: Mapping[str, str]
    changes: tuple[str, ...] = ()
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field without spaces around it."""
        return self.said.get(name, "").strip()

    def number(self, name: str, least: float = float("-inf"), *, whole: bool = False) -> float:
        """The number of a field; a fault and 0 where it is none, or below the least."""
        text = self.text(name).replace("−", "-").replace(",", ".")
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            value = float("nan")
        if not least <= value < 1e9:
            words = "Give a whole number" if whole else "Give a number"
            self.faults[name] = (
                f"{words}{'' if least == float('-inf') else f' of {least:g} or more'}."
            )
            return 0
        return value


def wanted_of(form: Filled) -> Wanted:
    """What a form asks for.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    first = _day(form, "first_day") or date.min
    if first == date.min:
        form.faults.setdefault("first_day", "Give a date.")
    days = int(form.number("days", 1, whole=True))
    changes = changes_of(form)
    wanted = Wanted(
        first_day=first,
        days=days,
        name=form.text("name") or None,
        roster_id=_id(form, "roster_id"),
        changes=changes,
        seek=_seek(form),
        against=_id(form, "against"),
    )
    _refuse(form)
    return wanted


def changes_of(form: Filled) -> tuple[Change, ...]:
    """The changes made so far, and those that are described; faults are kept in the form."""
    made = list(_made(form))
    for kind, (main, *others) in MAIN.items():
        if not any(map(form.text, (main, *others))):
            continue
        before = len(form.faults)
        try:
            change = READERS[kind](form)
        except InputError as error:
            form.faults.setdefault(main, error.message[:1].upper() + error.message[1:])
        else:
            if len(form.faults) == before:
                made.append(change)
    return tuple(made)


def _made(form: Filled) -> Sequence[Change]:
    try:
        return [service.of_document(json.loads(text)) for text in form.changes[:50]]
    except (InputError, KeyError, TypeError, ValueError):
        form.faults[""] = "The changes made so far could not be read: describe them again."
        return []


def _refuse(form: Filled) -> None:
    if form.faults:
        raise InvalidInput([Place(name, words) for name, words in form.faults.items()])


def _when(form: Filled, kind: str) -> When:
    """When a change holds; hours that end at or before they begin run into the next day."""
    start, end = _time(form, f"{kind}_from", 0), _time(form, f"{kind}_to", 1440)
    days = form.text(f"{kind}_days")
    weekdays = frozenset(int(each) for each in days if each in "0123456") or EVERY_DAY
    on = _day(form, f"{kind}_date")
    return When(Window(start, end if end > start else end + 1440, weekdays), on, on)


def _time(form: Filled, name: str, usual: int) -> int:
    text = form.text(name)
    if not text:
        return usual
    hour, _, minute = text[:5].partition(":")
    if hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60:
        return 60 * int(hour) + int(minute)
    form.faults[name] = "Give a time, such as 18:00."
    return usual


def _day(form: Filled, name: str) -> date | None:
    text = form.text(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        form.faults[name] = "Give a date."
        return None


def _id(form: Filled, name: str) -> UUID | None:
    text = form.text(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        form.faults[name] = "Choose one of these."
        return None


def _queue(form: Filled, kind: str) -> str | None:
    return form.said.get(f"{kind}_queue") or None


def _skills(form: Filled, kind: str) -> tuple[str, ...]:
    chosen = form.said.get(f"{kind}_skill", "")
    return (chosen,) if chosen else ()


def _calls(form: Filled) -> Change:
    factor = 1 + form.number("calls_percent", -100) / 100
    return service.CallsChange(round(factor, 9), _queue(form, "calls"), _when(form, "calls"))


def _handling(form: Filled) -> Change:
    seconds = form.number("handling_seconds") if form.text("handling_seconds") else 0.0
    per_cent = form.number("handling_percent", -99) if form.text("handling_percent") else 0.0
    factor = round(1 + per_cent / 100, 9)
    return service.HandlingChange(
        seconds, factor, _queue(form, "handling"), _when(form, "handling")
    )


def _absent(form: Filled) -> Change:
    people = int(form.number("absent_people", 1, whole=True))
    return service.PeopleChange(-people, _skills(form, "absent"), _when(form, "absent"))


def _more(form: Filled) -> Change:
    people = int(form.number("more_people", 1, whole=True))
    return service.PeopleChange(people, _skills(form, "more"), _when(form, "more"))


def _callback(form: Filled) -> Change:
    if form.text("callback_none"):
        return service.CallBackChange(_queue(form, "callback") or "", None)
    above = form.number("callback_above", 0)
    accepted = form.number("callback_accepted", 0) / 100
    return service.CallBackChange(_queue(form, "callback") or "", CallBack(above, accepted))


def _reserve(form: Filled) -> Change:
    return service.ReserveChange(int(form.number("reserve_people", whole=True)))


def _patience(form: Filled) -> Change:
    endless = form.text("patience_endless")
    seconds = None if endless else form.number("patience_seconds", 1)
    return service.PatienceChange(_queue(form, "patience") or "", seconds)


def _target(form: Filled) -> Change:
    share = round(form.number("target_share", 0) / 100, 9)
    within = form.number("target_within", 0)
    return service.TargetChange(_queue(form, "target") or "", share, within)


READERS: Mapping[str, Callable[[Filled], Change]] = {
    "calls": _calls,
    "handling": _handling,
    "absent": _absent,
    "more": _more,
    "callback": _callback,
    "reserve": _reserve,
    "patience": _patience,
    "target": _target,
}
"""How each kind of change is read from its fields."""


def _seek(form: Filled) -> Seek | None:
    if not form.text("seek_share"):
        return None
    share = round(form.number("seek_share", 0) / 100, 9)
    over: service.Over = "hour" if form.text("seek_over") == "hour" else "period"
    return Seek(form.said.get("seek_queue", ""), share, over)


def emptied(form: Filled) -> dict[str, str]:
    """The fields of the form without what was described of changes, which is on the list now."""
    kinds = tuple(f"{kind}_" for kind in MAIN)
    return {name: value for name, value in form.said.items() if not name.startswith(kinds)}


def documents(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """Changes made so far: in words, and as the form carries them along."""
    return [(service.change_words(each), json.dumps(service.document(each))) for each in changes]


def form_of(scenario: Scenario) -> dict[str, str]:
    """What the form shows of a scenario that is asked again."""
    said = {
        "first_day": scenario.first_day.isoformat(),
        "days": str(scenario.days),
        "roster_id": str(scenario.roster_id or ""),
        "against": str(scenario.against or ""),
    }
    if scenario.seek is not None:
        share = f"{100 * scenario.seek.share:.12g}"
        said |= {"seek_queue": scenario.seek.queue, "seek_share": share,
                 "seek_over": scenario.seek.over}  # fmt: skip
    return said


def placed(error: InvalidInput) -> dict[str, str]:
    """Faults by field of the form; those of changes on the list stand at the head."""
    found: dict[str, str] = {}
    for place in error.places:
        if place.field.startswith("changes["):
            number = int(place.field.partition("[")[2].partition("]")[0]) + 1
            found[""] = " ".join(filter(None, [found.get(""), f"Change {number}: {place.words}"]))
        elif place.field == "changes":
            found[""] = place.words
        else:
            found[place.field.replace("seek.", "seek_")] = place.words
    return found
