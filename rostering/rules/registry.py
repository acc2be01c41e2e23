"""Every rule there is: a new one is a file beside this and a line here."""

from __future__ import annotations

from rostering.rules.accompanied import Accompanied
from rostering.rules.apart import Apart
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import LineRule, Rule
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.rules.daily_rest import DailyRest
from rostering.rules.demanding_length import DemandingLength
from rostering.rules.demanding_runs import DemandingRuns
from rostering.rules.early_starts import EarlyStarts
from rostering.rules.fair_shares import FairShares
from rostering.rules.fatigue import FatigueScore
from rostering.rules.fewest_days_off import FewestDaysOff
from rostering.rules.fewest_days_on import FewestDaysOn
from rostering.rules.group import GroupRule
from rostering.rules.hours_in_seven_days import HoursInSevenDays
from rostering.rules.long_wishes import LongWishes
from rostering.rules.most_tours import MostTours
from rostering.rules.most_weekends import MostWeekends
from rostering.rules.night_hours import NightHours
from rostering.rules.night_share import NightShare
from rostering.rules.officer_days import OfficerDays
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.preferences import Preferences
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.rest_days import RestDays
from rostering.rules.rotation import Rotation
from rostering.rules.shift_cover import ShiftCovered
from rostering.rules.shift_length import ShiftLength
from rostering.rules.skills import Skills
from rostering.rules.special_hazard_nights import SpecialHazardNights
from rostering.rules.stability import Stability
from rostering.rules.succession import Succession
from rostering.rules.together import Together
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekends_off import WeekendsOff
from rostering.rules.weekly_rest import WeeklyRest
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith

RULES: dict[str, type[Rule]] = {
    rule.code: rule
    for rule in (
        OneTourAtATime,
        OfficerDays,
        Unavailability,
        Skills,
        PersonalLimits,
        ShiftLength,
        DailyRest,
        WeeklyRest,
        RestDayInterval,
        ConsecutiveDays,
        ConsecutiveNights,
        FewestDaysOn,
        FewestDaysOff,
        Succession,
        MostTours,
        MostWeekends,
        RestAfterNights,
        SpecialHazardNights,
        AverageHours,
        NightHours,
        RestDays,
        HoursInSevenDays,
        ContractedHours,
        Covered,
        ShiftCovered,
        Accompanied,
        Together,
        Apart,
        Preferences,
        Stability,
        LongWishes,
        WishedWith,
        WishedApart,
        WeekendsOff,
        FairShares,
        FatigueScore,
        DemandingRuns,
        DemandingLength,
        NightShare,
        Rotation,
        EarlyStarts,
    )
}
"""Rule classes by code, in the order in which people read them."""

LINE_RULES: dict[str, type[LineRule]] = {
    code: rule for code, rule in RULES.items() if issubclass(rule, LineRule)
}
"""Those about one officer's line, which the agreement test runs on unasked."""

GROUP_RULES: dict[str, type[GroupRule]] = {
    code: rule for code, rule in RULES.items() if issubclass(rule, GroupRule)
}
"""Those about officers who are bound to each other; the agreement test runs on them as well."""
