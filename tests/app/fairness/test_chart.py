"""The chart of points met by round."""

from __future__ import annotations

from app.web.charts.rounds import FLOOR, TOP, rounds_chart


def test_points_lie_at_their_share_and_bars_stay_in_the_picture() -> None:
    """A round in which nobody asked has no point; a bar beyond 0 or 100 % ends there."""
    chart = rounds_chart(
        [
            ("first", (0.5, 0.7), (0.5, 0.1)),
            ("second", None, (0.5, 0.1)),
            ("third", (1.0, 0.0), None),
        ]
    )
    assert chart is not None
    assert (len(chart.alone), len(chart.so_far)) == (2, 2)
    half = (TOP + FLOOR) / 2
    assert [(p.y, p.top, p.foot) for p in chart.alone] == [(half, TOP, FLOOR), (TOP, TOP, TOP)]
    assert rounds_chart([]) is None
    assert rounds_chart([("first", None, None)]) is None


def test_of_many_rounds_some_are_named_the_last_one_always() -> None:
    """Twelve rounds have no more names than there is room for."""
    chart = rounds_chart([(str(number), (0.5, 0.1), None) for number in range(12)])
    assert chart is not None
    assert [mark.text for mark in chart.across] == ["2", "5", "8", "11"]
