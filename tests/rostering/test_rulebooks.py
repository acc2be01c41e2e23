"""Rulebooks: complete, equal to the rules' own defaults, and strict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rostering.errors import InputError
from rostering.rulebooks import FOLDER, Rulebook, load_rulebook, names, read_rulebook, shipped
from rostering.rulebooks.laid_over import laid_over
from rostering.rulebooks.mixed import joint_rules
from rostering.rulebooks.refreshment import refreshment, refreshment_minutes
from rostering.rules.base import Weight
from rostering.rules.registry import RULES

HEAD = 'title = "Ours"\nversion = 1\ndated = 2025-11-01\nsource = "the force"\n'
REST = '[daily_rest]\nweight = "hard"\nsource = "reg 10"\n'


def test_the_default_holds_every_rule_with_the_numbers_of_its_class() -> None:
    """The default rulebook puts every rule in force with its own numbers; prices are the book's."""
    rules = {rule.code: replace(rule, weight=None) for rule in load_rulebook()}
    assert rules == {code: replace(rule(), weight=None) for code, rule in RULES.items()}


# What the sources say, number by number. None: the book has no such rule, for the reason given.
NUMBERS: list[tuple[str, str, str | None, object, str]] = [
    ("police_officers_ew", "daily_rest", "minutes", 660, "WTR reg 10; polfed.org/notts: 11 h"),
    ("police_officers_ew", "weekly_rest", "mode", "48in14", "WTR reg 11: 48 h in 14 days"),
    ("police_officers_ew", "rest_day_interval", "most", 7, "Annex E: not exceeding 7 days"),
    ("police_officers_ew", "rest_days", "per_week", 2, "westmidspolfed: two rest days a week"),
    ("police_officers_ew", "shift_length", "minutes", 720, "HSE: 12 h at most"),
    ("police_officers_ew", "consecutive_days", "most", 6, "HSE: 5 to 7 days"),
    ("police_officers_ew", "rest_after_nights", "minutes", 46 * 60, "HSE: two nights' sleep"),
    ("police_officers_ew", "weekends_off", "least", 1, "HSE: regular free weekends"),
    ("police_officers_ew", "early_starts", "minutes", 7 * 60, "HSE, muhaz.org: 7am over 6am"),
    ("police_officers_ew", "demanding_runs", "most", 3, "HSE: 2 to 3 in a row"),
    ("police_officers_ew", "demanding_length", "minutes", 8 * 60, "HSE: 8 h at night"),
    ("police_staff_ew", "daily_rest", "minutes", 660, "WTR reg 10: 11 h in each 24"),
    ("police_staff_ew", "weekly_rest", "mode", "48in14", "WTR reg 11: 48 h in 14 days"),
    ("police_staff_ew", "rest_day_interval", None, None, "of Police Regulations, not of staff"),
    ("police_staff_ew", "rest_days", None, None, "of Police Regulations, not of staff"),
    ("police_scotland", "daily_rest", "minutes", 660, "pnb.scot, duty rosters: 11 h"),
    ("police_scotland", "consecutive_days", "most", 6, "pnb.scot, duty rosters: 6 days"),
    ("police_scotland", "consecutive_nights", "most", 4, "pnb.scot, duty rosters: 4 nights"),
    ("police_scotland", "rest_day_interval", None, None, "of Police Regulations, not of PNB"),
    ("police_scotland", "rest_days", None, None, "asked: no published number is known"),
]


@pytest.mark.parametrize(("book", "code", "number", "value", "source"), NUMBERS)
def test_each_book_has_its_own_numbers(
    book: str, code: str, number: str | None, value: object, source: str
) -> None:
    """Each book says what its source says, and has no rule that its source does not know."""
    rules = {rule.code: rule for rule in load_rulebook(book)}
    found = getattr(rules[code], number) if number else rules.get(code)
    assert found == value, source


def test_scotland_may_not_break_what_england_is_advised() -> None:
    """Six days and four nights are law of the roster in Scotland (pnb.scot, duty rosters)."""
    hard = {rule.code for rule in load_rulebook("police_scotland") if rule.is_hard}
    assert hard >= {"daily_rest", "consecutive_days", "consecutive_nights"}


@pytest.mark.parametrize("name", names())
def test_guidance_of_the_hse_is_priced_and_not_law(name: str) -> None:
    """HSE good practice guidelines are guidance: a roster may depart from them at a price."""
    guidance = {
        "rest_after_nights", "weekends_off", "demanding_runs", "demanding_length",
        "night_share", "rotation", "early_starts",
    }  # fmt: skip
    assert not [rule.code for rule in load_rulebook(name) if rule.is_hard and rule.code in guidance]


def test_any_two_books_go_together_in_one_room() -> None:
    """Whatever books a force's officers and staff are under, a rule is hard in all or in none."""
    for first in names():
        for second in names():
            assert joint_rules([shipped(first), shipped(second)])


def test_the_week_of_staff_stands_in_the_contract() -> None:
    """37 h (handbook, wmp-unite.com) or 36 h (Met) is each person's own: no book has a number."""
    (hours,) = (
        rule for rule in load_rulebook("police_staff_ew") if rule.code == "contracted_hours"
    )
    assert replace(hours, weight=None) == RULES["contracted_hours"](weight=None)
    assert "staff_shift_allowance_pct" in shipped("police_staff_ew").asked


@pytest.mark.parametrize("name", names())
def test_every_rulebook_reads_and_names_its_sources(name: str) -> None:
    """Each rulebook that comes with the library is sound and gives a source for each rule."""
    book = read_rulebook(FOLDER / f"{name}.toml")
    assert set(book.sources) == {rule.code for rule in book.rules}
    assert (book.title, book.version) > ("", 0)
    assert shipped(name) == book
    assert load_rulebook(name) == book.rules


def test_a_number_left_out_is_the_rules_own(tmp_path: Path) -> None:
    """A rule without a number keeps its default; one with a number and a price takes both."""
    path = tmp_path / "ours.toml"
    path.write_text(HEAD + REST + '[weekends_off]\nweight = [5, 9]\nleast = 2\nsource = "us"\n')
    rest, weekends = read_rulebook(path).rules
    assert rest == RULES["daily_rest"]()
    assert (weekends.weight, getattr(weekends, "least", None)) == ((5, 9), 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "The rulebook has no rule"),
        (REST, 'The field "title" is missing'),
        (HEAD + "[tea]\nweight = 1\n", 'The field "tea" is unknown'),
        (HEAD.replace("version = 1", "version = 0") + REST, "version: The number must lie"),
        (HEAD + "leave = 28\n" + REST, "leave: A number stands where an object"),
        (HEAD + REST + "[asked]\nday_start = 7\n", "asked.day_start: A number stands"),
        (HEAD + "[daily_rest]\nweight = 1\n", 'daily_rest: The field "source" is missing'),
        (HEAD + '[daily_rest]\nsource = "x"\n', 'daily_rest: The field "weight" is missing'),
        (HEAD + REST + "minute = 1\n", 'daily_rest: The field "minute" is unknown'),
        (HEAD + REST + "minutes = -1\n", "daily_rest.minutes: The number must lie"),
        (HEAD + REST + "minutes = true\n", "daily_rest.minutes: True stands"),
        (HEAD + REST + "minutes = 660.0\n", "daily_rest.minutes: A number with a fraction"),
        (HEAD.replace("2025-11-01", '"2025"') + REST, "dated: A date such as"),
        (HEAD + REST.replace('"hard"', '"soft"'), "daily_rest.weight: A text stands"),
        (HEAD + "[daily_rest\n", "The file is not TOML"),
        (HEAD + "a = " + "[" * 20_000, "The file is not TOML: it is nested too deeply"),
    ],
)
def test_a_wrong_rulebook_is_refused_by_key(tmp_path: Path, text: str, words: str) -> None:
    """A rulebook that cannot be used names its file and key."""
    path = tmp_path / "ours.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_rulebook(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_an_unknown_rulebook_is_refused() -> None:
    """A name that is none, a path included, is refused with the names there are."""
    for name in ("none", "../rulebooks/police_scotland"):
        with pytest.raises(InputError, match=r"there are .*police_scotland"):
            load_rulebook(name)


def test_what_a_book_says_beside_its_rules_is_found_by_name(tmp_path: Path) -> None:
    """A section is handed on as it stands with its place; one that is not there is refused."""
    path = tmp_path / "ours.toml"
    path.write_text(HEAD + REST + "[leave.toil]\nmonths = 3\n[asked]\nday_start = 'When?'\n")
    book = read_rulebook(path)
    assert book.section("leave").value == {"toil": {"months": 3}}
    assert book.asked == {"day_start": "When?"}
    with pytest.raises(InputError, match='The rulebook "Ours" has no "publication"'):
        book.section("publication")


@pytest.mark.parametrize("name", names())
def test_what_no_source_settles_is_asked_of_the_force(name: str) -> None:
    """Each shipped book asks its force for what it does not know, in questions."""
    assert all("?" in question for question in shipped(name).asked.values())


# Surrey Police Federation, Meal breaks (surreypf.co.uk/regulations/mealbreaks), and the same in
# Kent and Notts: refreshment under variable shift arrangements, Police Regulations 2003 Annex E.
OFFICERS = [
    (4 * 60 + 59, 0), (5 * 60, 30), (6 * 60 - 1, 30), (6 * 60, 35), (7 * 60 - 1, 35), (7 * 60, 40),
    (8 * 60 - 1, 40), (8 * 60, 45), (9 * 60 - 1, 45), (9 * 60, 50), (10 * 60 - 1, 50),
    (10 * 60, 60), (12 * 60, 60),
]  # fmt: skip


@pytest.mark.parametrize(("tour", "minutes"), OFFICERS)
def test_officers_have_the_refreshment_of_annex_e(tour: int, minutes: int) -> None:
    """Refreshment grows with the hours of continuous duty as the federations' table tells."""
    assert refreshment_minutes(shipped("police_officers_ew"), tour) == minutes


@pytest.mark.parametrize("name", ["police_staff_ew", "police_scotland"])
@pytest.mark.parametrize(("tour", "minutes"), [(6 * 60, 0), (6 * 60 + 1, 20), (12 * 60, 20)])
def test_a_day_longer_than_six_hours_has_twenty_minutes(name: str, tour: int, minutes: int) -> None:
    """Working Time Regulations 1998 reg 12: 20 minutes where the day is longer than 6 hours."""
    assert refreshment_minutes(shipped(name), tour) == minutes


def test_no_book_gives_less_than_the_working_time_regulations() -> None:
    """Whatever the book, a day longer than 6 hours holds at least the 20 minutes of reg 12."""
    for name in names():
        breaks = refreshment(shipped(name))
        assert min(breaks.minutes(length) for length in range(361, 1441)) >= 20


def test_steps_out_of_order_are_refused(tmp_path: Path) -> None:
    """A table whose steps do not grow is refused by its place."""
    path = tmp_path / "ours.toml"
    step = "{ from_minutes = 300, minutes = 30 }"
    path.write_text(f"{HEAD}{REST}[refreshment]\nsource = 'us'\nsteps = [{step}, {step}]\n")
    with pytest.raises(InputError, match=r"refreshment\.steps: The steps must stand in order"):
        refreshment(read_rulebook(path))


TIRING = {"demanding_runs", "demanding_length", "rotation", "early_starts"}
"""What the HSE's guidance names one by one (H1, H3, H4, H5) and the fatigue score adds up."""


def prices_of(book: Rulebook) -> dict[str, Weight]:
    """Prices of the fatigue score and of what it adds up."""
    return {rule.code: rule.weight for rule in book.rules if rule.code in TIRING | {"fatigue"}}


@pytest.mark.parametrize("name", names())
def test_what_tires_is_charged_once(name: str) -> None:
    """A book prices what the guidance names; where a force prices the score, that costs nothing."""
    book = shipped(name)
    assert {code for code, price in prices_of(book).items() if price} == TIRING
    for price in (2, [0, 1]):
        whole = prices_of(
            laid_over(book, {"fatigue": {"weight": price}, "rotation": {"weight": 9}})
        )
        assert {code for code, price in whole.items() if price != 0} == {"fatigue"}
    hard = laid_over(book, {"fatigue": {"weight": 2}, "rotation": {"weight": "hard"}})
    assert prices_of(hard)["rotation"] is None


def test_a_book_of_ones_own_charges_once_what_tires(tmp_path: Path) -> None:
    """A file that prices both the score and a part of it is read as pricing the score alone."""
    path = tmp_path / "ours.toml"
    early = '[early_starts]\nweight = 5\nsource = "us"\n'
    path.write_text(f'{HEAD}{early}[fatigue]\nweight = 1\nsource = "us"\n')
    assert prices_of(read_rulebook(path)) == {"fatigue": 1, "early_starts": 0}
