"""A mapping proposed from a file's headers and first texts, each guess with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from app.demand.reading import headers as words_of
from app.demand.reading.clock import Moment, date_in, date_parts, parse_moment, parse_time
from app.demand.reading.figures import (
    ABANDONED,
    ANSWERED,
    NOTHING,
    parse_number,
    parse_seconds,
    parse_share,
)
from app.demand.reading.lines import TOTAL
from app.demand.reading.sheet import Column, Sheet, normal
from app.demand.values import ColumnMapping, DayOrder, Measure
from forecasting.careful_rows import LONGEST_QUEUE_NAME
from forecasting.errors import InputError, quoted

LOOKED_AT = 400
"""Distinct texts of a column from which its kind is told."""

MANY = 4000
"""The same where a day of the month beyond 12 is looked for."""

ORDERS: tuple[tuple[int, DayOrder], ...] = ((0, "dmy"), (1, "mdy"))
"""Which figure of a date is the day, by order."""

_FIRST = {"dmy": "Dates name the day first", "mdy": "Dates name the month first"}

ENOUGH = 0.5
"""Share of a column's texts that must be of a kind: others may be titles, or the very fault that
is to be named."""

MOST_QUEUES, MOST_CATEGORIES = 1000, 100


@dataclass(frozen=True)
class Guess:
    """A proposed mapping, and what was assumed, as sentences."""

    mapping: ColumnMapping
    assumed: tuple[str, ...]


def guess_mapping(sheet: Sheet, zone: str) -> Guess:
    """Propose what a file's columns mean.

    Args:
        sheet: the file.
        zone: IANA time zone of the room, whose clock the file is taken to keep.

    Raises:
        InputError: when no column looks like a time, or none like a count.
    """
    start, time = _time_columns(sheet)
    order, why = _day_order(sheet.column(start), zone)
    queue = _queue_column(sheet, {start, time})
    category = _category_column(sheet, {start, time, queue})
    keys = {start, time, queue, category}
    free = [each for each in sheet.columns if each.header not in keys]
    in_time = [each for each in free if _is_share_in_time(each)]
    figures = [each.header for each in free if _share(each, _is_figure) >= ENOUGH]
    assumed = [*sheet.assumed, *why]
    clock = sheet.column(time or start)
    if _is_log(clock, figures, sheet):
        measures = _log_measures(free, figures, None if queue else _stem(sheet))
        rows = "calls"
        assumed.append("Every line is one call, since its time is not on a quarter hour.")
    else:
        measures, said = _measures(sheet, queue, figures)
        rows = "intervals"
        if in_time and not any(each.measures == "answered_in_time" for each in measures):
            measures, why_so = _with_share(measures, in_time[0].header)
            said = [*said, *why_so]
        assumed += said
    if category and rows == "intervals":
        assumed.append(f"A line without a {quoted(category)} counts all calls of its queue.")
    if not _says_offset(clock):
        assumed.append(f"Times are of the clock of {zone}, since they name no offset from UTC.")
    marks = "end" if _named_by_end(normal(time or start)) else "start"
    if marks == "end":
        assumed.append(f"{quoted(time or start)} is the end of each interval.")
    return Guess(
        ColumnMapping(
            start,
            measures,
            zone,
            time=time,
            queue=queue,
            rows="calls" if rows == "calls" else "intervals",
            day_order=order,
            decimal="," if _has_decimal_comma(sheet, measures) else ".",
            marks="end" if marks == "end" else "start",
            category=category,
        ),
        tuple(assumed),
    )


def _texts(column: Column, most: int = LOOKED_AT) -> list[str]:
    """Texts of a column that say something, from all over the file."""
    some = column.texts[:: 1 + len(column.texts) // most]
    told = [text for text in some if text.casefold() not in NOTHING]
    return [text for text in told if text != column.header and not TOTAL.fullmatch(text)]


def _share(column: Column, test: Callable[[str], bool]) -> float:
    """Share of a column's texts that pass a test; none pass where there are none."""
    texts = _texts(column)
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _moment(text: str) -> Moment | None:
    orders: tuple[DayOrder, ...] = ("ymd", "dmy", "mdy")
    return next((found for each in orders if (found := parse_moment(text, each))), None)


def _is_date(text: str) -> bool:
    moment = _moment(text)
    return moment is not None and moment.day is not None


def _is_date_and_time(text: str) -> bool:
    moment = _moment(text)
    return moment is not None and moment.day is not None and moment.minute is not None


def _is_time(text: str) -> bool:
    return parse_time(text) is not None


def _is_figure(text: str) -> bool:
    return (
        parse_number(text, ".") is not None
        or parse_number(text, ",") is not None
        or parse_seconds(text, ".", "seconds") is not None
    )


def _is_share_in_time(column: Column) -> bool:
    """Whether a column tells the share of calls answered in time, by its header and its texts."""
    if words_of.share_in_time(column.header) is None:
        return False
    in_words = bool(words_of.SHARE.search(normal(column.header)))
    return _share(column, lambda text: _is_share(text, in_words=in_words)) >= ENOUGH


def _is_share(text: str, *, in_words: bool) -> bool:
    """Whether a text is a share: with its per cent sign, or bare where the header has it."""
    return (in_words or text.endswith("%")) and any(
        (share := parse_share(text, each)) is not None and share <= 100 for each in (".", ",")
    )


def _with_share(
    measures: tuple[Measure, ...], header: str
) -> tuple[tuple[Measure, ...], list[str]]:
    """The measures with a share of calls answered in time, and of what it is taken to be."""
    kind = words_of.share_in_time(header)
    told = {each.measures for each in measures}
    queue = measures[0].queue
    if kind is None or any(each.queue != queue for each in measures):
        return measures, []
    if kind == "answered_in_time_of_answered" and "answered" not in told:
        return measures, []
    words = normal(header)
    sure = words_of.OF_OFFERED.search(words) or words_of.OF_ANSWERED.search(words)
    said = f"{quoted(header)} is taken as a share of the calls offered."
    return (*measures, Measure(header, kind, queue)), [] if sure else [said]


def _time_columns(sheet: Sheet) -> tuple[str, str | None]:
    """Headers of the column with the date and, where it stands apart, of the time of day."""
    dated = [each for each in sheet.columns if _share(each, _is_date) >= ENOUGH]
    dated = [each for each in dated if not _is_bare_figures(each) or _names_date(each)]
    if not dated:
        raise InputError("No column looks like a date; say which one is.")
    timed = [each for each in dated if _share(each, _is_date_and_time) >= ENOUGH]
    clocks = [
        each
        for each in sheet.columns
        if each not in dated
        and words_of.CLOCK.search(normal(each.header))
        and words_of.meaning(each.header) is None
        and not words_of.UNWANTED.search(normal(each.header))
        and _share(each, _is_time) >= ENOUGH
    ]
    whole = [each for each in timed if not _is_midnight(each) or not clocks]
    if whole:
        return _preferred(whole), None
    if not clocks:
        raise InputError("No column looks like a time of day; say which one is.")
    return _preferred(dated), _preferred(clocks)


def _is_bare_figures(column: Column) -> bool:
    return _share(column, str.isdigit) >= ENOUGH


def _names_date(column: Column) -> bool:
    return bool(words_of.DATE.search(normal(column.header)))


def _is_midnight(column: Column) -> bool:
    """Whether every time of a date column is 00:00, as a spreadsheet adds it."""
    moments = [_moment(text) for text in _texts(column)]
    return all(each is None or each.minute == 0 for each in moments)


def _preferred(columns: list[Column]) -> str:
    """The column that says when something begins, else the first that does not say its end."""
    for wanted in (words_of.START, words_of.CLOCK):
        for each in columns:
            words = normal(each.header)
            if wanted.search(words) and not words_of.END.search(words):
                return each.header
    others = [each for each in columns if not words_of.END.search(normal(each.header))]
    return (others or columns)[0].header


def _named_by_end(words: str) -> bool:
    return bool(words_of.END.search(words)) and not words_of.START.search(
        words.replace("interval", "")
    )


def _day_order(column: Column, zone: str) -> tuple[DayOrder, list[str]]:
    """The order of day, month and year, with the text that shows it."""
    dates = dict.fromkeys(date_in(text) for text in _texts(column, MANY))
    figures = [(text, parts) for text in dates if text and (parts := date_parts(text))]
    if all(parts[0] > 99 or any(map(str.isalpha, text)) for text, parts in figures):
        return ("ymd" if figures and figures[0][1][0] > 99 else "dmy"), []
    for place, order in ORDERS:
        shows = next((text for text, parts in figures if 12 < parts[place] < 32), None)
        if shows:
            return order, [f"{_FIRST[order]}, since {quoted(shows)} can be nothing else."]
    closer = _closer_days([parts for _, parts in figures])
    if closer is not None:
        return closer, [f"{_FIRST[closer]}, since the days then follow one another."]
    usual: DayOrder = "mdy" if zone.startswith(("America/", "US/")) else "dmy"
    return usual, [f"{_FIRST[usual]}, as is usual in {zone}; nothing in the file shows it."]


def _closer_days(parts: list[tuple[int, int, int]]) -> DayOrder | None:
    """The order in which more dates follow the one before by a day."""
    by_day = sum(b[0] - a[0] == 1 for a, b in pairwise(parts))
    by_month = sum(b[1] - a[1] == 1 for a, b in pairwise(parts))
    if by_day == by_month:
        return None
    return "dmy" if by_day > by_month else "mdy"


def _queue_column(sheet: Sheet, keys: set[str | None]) -> str | None:
    """The header of the column that names the queue."""
    free = [each for each in sheet.columns if each.header not in keys]
    for pattern in words_of.QUEUE:
        for each in free:
            words = normal(each.header)
            fits = all(len(text) <= LONGEST_QUEUE_NAME for text in each.texts)
            named = pattern.search(words) and not words_of.UNWANTED.search(words)
            few = bool(_texts(each)) and len(each.texts) <= MOST_QUEUES
            if named and few and fits and words_of.meaning(each.header) is None:
                return each.header
    return None


def _category_column(sheet: Sheet, keys: set[str | None]) -> str | None:
    """The header of the column that names the category of calls."""
    for each in sheet.columns:
        named = each.header not in keys and words_of.CATEGORY.search(normal(each.header))
        fits = all(len(text) <= LONGEST_QUEUE_NAME for text in each.texts)
        if named and fits and _texts(each) and len(each.texts) <= MOST_CATEGORIES:
            return each.header
    return None


def _is_log(clock: Column, figures: list[str], sheet: Sheet) -> bool:
    """Whether rows are single calls: times off the quarter hour, and nothing that counts."""
    moments = [parse_time(text) or _moment(text) for text in _texts(clock)]
    minutes = [(each.minute or 0) * 60 + each.seconds for each in moments if each]
    off = sum(each % 900 != 0 for each in minutes)
    counts = {"offered", "answered", "abandoned"}
    counted = any(
        words_of.meaning(each) in counts
        for each in figures
        if not words_of.CALL.search(normal(each))
    )
    named = any(words_of.CALL.search(normal(each)) for each in sheet.headers)
    return off > len(minutes) / 2 and (named or not counted)


def _log_measures(free: list[Column], figures: list[str], queue: str | None) -> tuple[Measure, ...]:
    """What a log of calls tells of each: whether it was answered, and how long it took."""
    timed = [
        each
        for each in words_of.measures_of(figures, queue)
        if each.measures in {"handled_seconds", "average_handled_seconds"}
    ]
    measures = [Measure(each.column, "handled_seconds", queue, each.unit) for each in timed]
    outcomes = [
        each
        for each in free
        if words_of.OUTCOME.search(normal(each.header)) and each.header not in figures
    ]
    for column in outcomes[:1]:
        if any(ABANDONED.match(text) for text in _texts(column)):
            measures.insert(0, Measure(column.header, "abandoned", queue))
        if any(ANSWERED.match(text) for text in _texts(column)):
            measures.insert(0, Measure(column.header, "answered", queue))
    return tuple(measures) or (
        () if queue is None else (Measure(free[0].header, "offered", queue),)
    )


def _measures(
    sheet: Sheet, queue: str | None, figures: list[str]
) -> tuple[tuple[Measure, ...], list[str]]:
    """The columns that count intervals, and what was assumed about them."""
    if queue is not None:
        found = words_of.measures_of(figures)
        return _with_offered(found), _sum_words(found)
    named: dict[str, list[str]] = {}
    for header in figures:
        if words_of.meaning(header) and not words_of.TOTAL.search(normal(header)):
            named.setdefault(words_of.without_measure(header), []).append(header)
    queues = [name for name in named if name]
    if len(queues) > 1:
        measures = [each for name in queues for each in words_of.measures_of(named[name], name)]
        return _with_offered(tuple(measures)), ["Each queue has columns of its own."]
    if any(words_of.meaning(header) for header in figures):
        name = _stem(sheet)
        found = words_of.measures_of(figures, name)
        said = f"All lines are of one queue, {quoted(name)}, since no column names one."
        return _with_offered(found), [said, *_sum_words(found)]
    plain = [
        header
        for header in figures
        if not words_of.UNWANTED.search(normal(header))
        and not words_of.TOTAL.search(normal(header))
        and not words_of.DURATION.search(normal(header))
    ]
    measures = [Measure(header, "offered", header) for header in plain]
    return _with_offered(tuple(measures)), ["Each column of figures is a queue's calls offered."]


def _with_offered(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    if not any(each.measures == "offered" for each in measures):
        raise InputError("No column looks like calls offered; say which one is.")
    return measures


def _sum_words(measures: tuple[Measure, ...]) -> list[str]:
    offered = [each.column for each in measures if each.measures == "offered"]
    return [f"Calls offered are {' and '.join(map(quoted, offered))}."] if len(offered) > 1 else []


def _stem(sheet: Sheet) -> str:
    """A queue's name from the file's."""
    stem = PurePath(sheet.name).name.split(".")[0].strip()
    return stem[:LONGEST_QUEUE_NAME] if stem.isprintable() and stem else "Calls"


def _says_offset(column: Column) -> bool:
    return any((found := _moment(text)) and found.offset is not None for text in column.texts[:3])


def _has_decimal_comma(sheet: Sheet, measures: tuple[Measure, ...]) -> bool:
    """Whether figures are written with a comma for the decimal mark."""
    texts = [text for each in measures for text in _texts(sheet.column(each.column))]
    point = sum(parse_number(text, ".") is not None for text in texts)
    comma = sum(parse_number(text, ",") is not None for text in texts)
    ambiguous = point == comma and any("," in text or "." in text for text in texts)
    return comma > point or (ambiguous and sheet.delimiter == ";")
