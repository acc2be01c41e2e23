"""Notice and what it costs, in sentences."""

from __future__ import annotations

from rostering.notice.due import Due
from rostering.words import count_words


def notice_words(due: Due) -> str:
    """The notice and what is due, such as `Notice: 20 clear days. No compensation is due.`."""
    return f"Notice: {clear_words(due.notice)}. {due_words(due)}"


def clear_words(days: int) -> str:
    """So many clear days; `no clear day` where there is none."""
    return count_words(days, "clear day") if days > 0 else "no clear day"


def due_words(due: Due) -> str:
    """What is due, as a sentence."""
    if not due.awards:
        return "No compensation is due."
    return f"Due: {'; '.join(award.words for award in due.awards)}."


def unsocial_words(due: Due) -> str:
    """The full unsocial hours that a change adds or takes away; "" for none."""
    if not due.unsocial_hours:
        return ""
    more = "more" if due.unsocial_hours > 0 else "fewer"
    return f"{count_words(abs(due.unsocial_hours), 'unsocial hour')} {more}."
