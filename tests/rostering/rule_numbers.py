"""How the numbers of each rule are drawn, so that arbitrary rosters break it often.

A new rule adds an entry here; its boundary cases stand in `boundaries` or `shift_boundaries`.
"""

from __future__ import annotations

from hypothesis import strategies as st

from rostering.rules.accompanied import Accompanied
from rostering.rules.apart import Apart
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import Rule
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

rule_numbers: dict[type[Rule], st.SearchStrategy[Rule]] = {
    OneTourAtATime: st.just(OneTourAtATime()),
    OfficerDays: st.just(OfficerDays()),
    Unavailability: st.just(Unavailability()),
    Skills: st.just(Skills()),
    PersonalLimits: st.just(PersonalLimits()),
    DailyRest: st.builds(DailyRest, minutes=st.sampled_from([540, 660, 900])),
    WeeklyRest: st.builds(WeeklyRest, mode=st.sampled_from(["24in7", "48in14"])),
    RestDayInterval: st.builds(RestDayInterval, most=st.sampled_from([4, 7])),
    ConsecutiveDays: st.builds(ConsecutiveDays, most=st.sampled_from([3, 6])),
    ConsecutiveNights: st.builds(ConsecutiveNights, most=st.sampled_from([1, 2])),
    FewestDaysOn: st.builds(FewestDaysOn, least=st.sampled_from([7, 8, 9])),
    FewestDaysOff: st.builds(FewestDaysOff, least=st.sampled_from([3, 4, 5])),
    Succession: st.builds(
        Succession,
        forbidden=st.sampled_from(["L: E, D; N: E; X: L", "late: early; night: day, L, E"]),
        minutes=st.sampled_from([960, 1440, 2880]),
    ),
    MostTours: st.builds(
        MostTours, limits=st.sampled_from(["none", "E=0, N=0, L=2", "night=1, D=3", "early=4"])
    ),
    MostWeekends: st.builds(MostWeekends, most=st.integers(0, 3)),
    RestAfterNights: st.builds(RestAfterNights, minutes=st.sampled_from([1200, 2760])),
    SpecialHazardNights: st.builds(
        SpecialHazardNights,
        hazard=st.just("on"),
        most_minutes=st.sampled_from([360, 480]),
        weeks=st.just(1),
    ),
    AverageHours: st.builds(
        AverageHours,
        most_weekly_minutes=st.sampled_from([1500, 2400]),
        weeks=st.sampled_from([1, 2]),
    ),
    NightHours: st.builds(
        NightHours,
        most_daily_minutes=st.sampled_from([240, 360]),
        weeks=st.sampled_from([1, 2]),
        one_week_in=st.sampled_from([1, 3]),
    ),
    ContractedHours: st.just(ContractedHours()),
    Covered: st.just(Covered(weight=1)),
    ShiftCovered: st.just(ShiftCovered(weight=2)),
    Accompanied: st.just(Accompanied()),
    Together: st.just(Together()),
    Apart: st.just(Apart()),
    Preferences: st.just(Preferences()),
    Stability: st.builds(
        Stability, soon_days=st.sampled_from([0, 15]), hour_points=st.sampled_from([0, 5])
    ),
    LongWishes: st.just(LongWishes()),
    WishedWith: st.just(WishedWith()),
    WishedApart: st.just(WishedApart()),
    WeekendsOff: st.builds(WeekendsOff, least=st.sampled_from([2, 3, 4])),
    FairShares: st.builds(
        FairShares,
        night_points=st.integers(0, 3),
        unsocial_hours_a_point=st.integers(0, 3),
        unsocial_start=st.sampled_from([1200, 0]),
        unsocial_end=st.sampled_from([360, 485]),
    ),
    FatigueScore: st.builds(FatigueScore, nights=st.integers(1, 2), days=st.integers(2, 4)),
    ShiftLength: st.builds(
        ShiftLength,
        minutes=st.sampled_from([480, 540, 720]),
        clocks_back_minutes=st.sampled_from([0, 60]),
    ),
    RestDays: st.builds(
        RestDays, per_week=st.sampled_from([2, 3, 4]), weeks=st.sampled_from([1, 3, 4])
    ),
    HoursInSevenDays: st.builds(HoursInSevenDays, minutes=st.sampled_from([1200, 2400, 10_080])),
    EarlyStarts: st.builds(EarlyStarts, minutes=st.sampled_from([420, 421, 660])),
    NightShare: st.builds(
        NightShare, percent=st.sampled_from([0, 20, 50]), weeks=st.sampled_from([0, 1, 2, 4])
    ),
    Rotation: st.builds(Rotation, minutes=st.sampled_from([0, 1440, 2880, 2880, 4320])),
    DemandingRuns: st.builds(
        DemandingRuns,
        most=st.sampled_from([1, 2, 3]),
        early_minutes=st.sampled_from([420, 480]),
        long_minutes=st.sampled_from([540, 600]),
    ),
    DemandingLength: st.builds(DemandingLength, minutes=st.sampled_from([480, 540])),
}
"""How the numbers of each rule are drawn."""
