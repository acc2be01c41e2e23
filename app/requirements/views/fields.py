"""Fields of forms: figures, parts of shrinkage, hours of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import Place
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.windows import DAY, EVERY_DAY, Window

PARTS = 8
"""Rows of shrinkage on the form: the six assumed ones and two more."""

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DAY_SETS: Mapping[str, str] = {
    "mon tue wed thu fri sat sun": "every day",
    "mon tue wed thu fri": "Monday to Friday",
    "sat sun": "Saturday and Sunday",
    "fri sat": "Friday and Saturday",
    **dict(zip(DAY_NAMES, DAY_WORDS, strict=True)),
}
"""Days to choose on a form; others come from outside and stay as they are."""


def figure(value: float) -> str:
    """A number as its field shows it, without a tail of rounding."""
    return f"{value:.12g}"


def number_given(text: str, name: str, faults: list[Place], *, whole: bool = False) -> float:
    """The number that a field says; a fault and 0 where it says none."""
    try:
        return int(text) if whole else float(text.strip().replace(",", "."))
    except ValueError:
        faults.append(Place(name, "Give a whole number." if whole else "Give a number."))
        return 0


def parts_shown(parts: Sequence[ShrinkagePart]) -> dict[str, str]:
    """Parts of shrinkage as fields."""
    said: dict[str, str] = {}
    for index, part in enumerate(parts[:PARTS]):
        said |= {f"part-{index}": part.name, f"part-share-{index}": figure(part.share * 100)}
        if part.in_shift:
            said[f"part-shift-{index}"] = "yes"
    return said


def parts_given(form: Mapping[str, str], faults: list[Place]) -> list[dict[str, Any]]:
    """The parts of shrinkage that have a name."""
    return [
        {
            "name": form[f"part-{index}"].strip(),
            "share": round(
                number_given(form.get(f"part-share-{index}", ""), f"part-share-{index}", faults)
                / 100,
                9,
            ),
            "in_shift": bool(form.get(f"part-shift-{index}")),
        }
        for index in range(PARTS)
        if form.get(f"part-{index}", "").strip()
    ]


def part_field(field: str) -> str:
    """The field of the form of a fault in `shrinkage`, whose parts have rows of their own."""
    place, _, name = field.removeprefix("shrinkage").removeprefix("[").partition("].")
    return f"part-share-{place}" if name == "share" else f"part-{place.strip(']') or 0}"


def window_shown(row: str, window: Window) -> dict[str, str]:
    """Hours of the week as the fields of a row."""
    return {
        f"{row}-start": clock_words(window.start),
        f"{row}-end": clock_words(window.end % DAY),
        f"{row}-days": day_key(window),
    }


def window_given(form: Mapping[str, str], row: str) -> dict[str, Any]:
    """Hours of the week as the fields of a row give them; from and to alike are a whole day."""
    start, end = (form.get(f"{row}-{name}", "").strip()[:5] for name in ("start", "end"))
    days = form.get(f"{row}-days", "").split() or [*DAY_NAMES]
    return {"start": start or "00:00", "end": end or "00:00", "days": days}


def window_words(window: Window) -> str:
    """Such as `Friday and Saturday from 22:00 to 06:00`, or `always`."""
    if window.end - window.start == DAY and window.days == EVERY_DAY:
        return "always"
    days = days_words(day_key(window))
    if window.start == 0 and window.end == DAY:
        return days
    return f"{days} from {clock_words(window.start)} to {clock_words(window.end % DAY)}"


def day_key(window: Window) -> str:
    """Days as a form holds them, such as `fri sat`."""
    return " ".join(DAY_NAMES[day] for day in sorted(window.days))


def days_words(days: str) -> str:
    """Days as `fri sat` in words."""
    return DAY_SETS.get(days) or ", ".join(
        DAY_WORDS[DAY_NAMES.index(day)] for day in days.split() if day in DAY_NAMES
    )


def day_options(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Days to choose, and those that a form holds already."""
    held = {value for name, value in given.items() if name.endswith("-days")} - DAY_SETS.keys()
    more = [(days, words) for days in sorted(held) if (words := days_words(days))]
    return [*DAY_SETS.items(), *more]


def clock_words(minute: int) -> str:
    """Minutes after midnight, such as `22:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"
