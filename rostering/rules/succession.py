"""What may not follow what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.named import is_named, names_by_name
from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Line, LineRule, Of, Pair, Primitive, in_period
from rostering.words import hours_words, tour_words


@dataclass(frozen=True, kw_only=True)
class Succession(LineRule):
    """After some tours, certain others do not start within `minutes`.

    `forbidden` names kinds or templates, such as `late: early, day; night: early`. Two tours that
    overlap, which another rule forbids, may count twice.
    """

    code: ClassVar[str] = "succession"
    title: ClassVar[str] = "What may not follow what"
    source: ClassVar[str] = (
        "The force's own shift system; Curtois and Qu 2014, shift scheduling: shifts which cannot "
        "follow a shift"
    )
    unit: ClassVar[str] = "tour too soon after one that it may not follow"

    forbidden: str = "none"
    minutes: int = 1440

    def __post_init__(self) -> None:
        """Refuse what cannot be read."""
        names_by_name(self.forbidden)

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the others starts within `minutes` of the end of a tour."""
        together: dict[frozenset[str], set[str]] = {}
        for name, others in names_by_name(self.forbidden) if self.minutes else ():
            together.setdefault(others, set()).add(name)
        for others, names in together.items():
            yield Pair(_of(frozenset(names)), _of(others), gap=self.minutes, unit=self.minutes)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at every two tours that lie closer than `minutes`."""
        forbidden = names_by_name(self.forbidden) if self.minutes else ()
        for index, first in enumerate(line if forbidden else ()):
            after = {others for name, others in forbidden if name in (first.code, first.kind)}
            for then in line[index + 1 :]:
                apart = then.start - first.end
                if apart >= self.minutes:
                    break
                for others in after:
                    if is_named(then, others) and in_period((first, then)):
                        yield self.breach(
                            officer,
                            (first, then),
                            -(-(self.minutes - apart) // self.minutes),
                            f"works {tour_words(problem, then)} ({then.code}), "
                            f"{hours_words(max(apart, 0))} after {tour_words(problem, first)} "
                            f"({first.code}), which it may not follow within "
                            f"{hours_words(self.minutes)}.",
                        )


def _of(names: frozenset[str]) -> Of:
    return Of(either=(Of(codes=names), Of(kinds=names)))
