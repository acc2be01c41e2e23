"""What stands beside the rules of a rulebook, in words: what parts and their numbers are called."""

from __future__ import annotations

from collections.abc import Mapping

from app.rulebooks.series.words import label, number_words
from app.rulebooks.values import Numbers

TITLES: Mapping[str, str] = {
    "compensation.changes": "Compensation: why a duty may change",
    "compensation.unsocial": "Compensation: unsocial hours",
    "compensation.leave_recall": "Compensation: recall from leave",
    "compensation.inspecting": "Compensation: inspecting ranks",
    "compensation.part_time": "Compensation: part-time work",
    "leave.statutory": "Leave: the least by law",
    "leave.toil": "Leave: time off in lieu",
    "publication": "Publishing ahead",
    "fairness.wishes": "Fairness: wishes over past rounds",
}
"""What parts are called where their path does not say it well."""

LABELS: Mapping[str, Mapping[str, str]] = {
    "compensation.changes": {
        "told_by_midnight": "Told by midnight before the day",
        "stood_down_by_agreement": "Stood down only by agreement",
        "rest_day_exigency_months": "Exigency moves a rest day within, months",
        "times_months": "Times change at short notice within, months",
    },
    "compensation.rest_days": {
        "bands": "Worked, by clear days of notice",
        "least_minutes": "Counted for at least",
        "run_on_minutes": "A tour that runs on counts as it is up to",
        "name_within_days": "Another rest day is named within, days",
        "reinstated_below": "Given back: may be worked under, clear days",
        "reinstated_rate": "Given back and worked: times plain pay",
        "disrupted": "Disrupted rest days are counted",
    },
    "compensation.public_holidays": {
        "rate": "Times plain pay",
        "another_day_below": "Another day off as well under, clear days",
        "authority_below": "Needs an authority under, clear days",
        "authority": "Whose authority",
    },
    "compensation.overtime": {
        "rate": "Times plain pay",
        "unit_minutes": "Counted in units of",
        "start_notice_minutes": "Due notice of an earlier start",
        "start_on_the_day_before": "Only a start on the day before earns",
        "longer_notice_minutes": "Due notice of a longer tour",
        "casual_unpaid_minutes": "Not counted at the end of a tour",
        "casual_occasions": "How often a week it is not counted",
    },
    "compensation.unsocial": {"percent": "Percent on top", "start": "From", "end": "Until"},
    "compensation.leave_recall": {
        "least_days": "Absence of at least, days",
        "rest_least_days": "Rest days within it from, days of leave",
        "days": "Days off for the first, second … day worked",
        "or_pay": "Days of them that may be paid instead",
        "rate": "Then times plain pay",
    },
    "compensation.inspecting": {"rest_day_months": "A lost rest day is given within, months"},
    "compensation.part_time": {
        "plain_week_minutes": "Plain pay up to a week of",
        "free_day_below": "A free day worked earns under, clear days",
    },
    "refreshment": {"paid": "Breaks are paid", "steps": "Break by length of tour"},
    "leave.entitlement": {
        "day_minutes": "A day of leave",
        "week_minutes": "A full-time week",
        "years": "From completed years of service",
        "days": "Days of leave a year",
    },
    "leave.carry_over": {"days": "Days at most"},
    "leave.statutory": {"weeks": "Weeks a year", "public_holidays": "Public holidays among them"},
    "leave.toil": {"months": "Paid up after, months"},
    "fairness.wishes": {
        "counts": "Past rounds count",
        "rounds": "Rounds looked back on",
        "fade_percent": "Of the round after it a round counts, percent",
        "even_points": "Points that everybody is taken to have asked for at the mean",
        "double_below_percent": "A wish counts double below the mean by, percent",
        "least_percent": "A wish counts for at least, percent",
        "most_percent": "A wish counts for at most, percent",
    },
    "publication": {
        "rest_day_weeks": "Rest days ahead, weeks",
        "time_weeks": "Times ahead, weeks",
        "lead_days": "Told before they begin, days",
    },
}
"""What numbers are called, by path of their part."""


def part_title(path: str) -> str:
    """What a part of a rulebook is called, such as `Compensation: rest days`."""
    if path in TITLES:
        return TITLES[path]
    section, _, part = path.partition(".")
    words = part.replace("_", " ").replace(".", ", ")
    return f"{label(section)}: {words}" if words else label(section)


def part_label(path: str, name: str) -> str:
    """What a number of a part is called."""
    return LABELS.get(path, {}).get(name) or label(name)


def part_said_words(path: str, numbers: Numbers) -> str:
    """What is said of a part, such as `Days at most: 7`."""
    return "; ".join(
        f"{part_label(path, name)}: "
        + ("as in the rulebook" if value is None else number_words(name, value))
        for name, value in numbers.items()
    )
