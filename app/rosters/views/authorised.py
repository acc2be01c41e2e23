"""Breaches that may stand, and the form by which one is authorised, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.rosters.service import AuthorisedBreach, Ground, Trial, can_authorise, rest_owed
from app.web.words import day_words, hours

GROUND_WORDS: Mapping[Ground, str] = {
    "shift_change": "Changing shift, Working Time Regulations 1998 reg 22",
    "continuity": "Continuity of the service, Working Time Regulations 1998 reg 21",
    "agreement": "A collective or workforce agreement, Working Time Regulations 1998 reg 23",
    "exigency": "Exigency of duty, Police Regulations 2003 Annex E",
}
"""Why a rule may be broken, with where it says so."""

REST_WITHIN = timedelta(days=14)
"""Days after the breach within which rest is proposed to be given: the two weeks of weekly rest."""


@dataclass(frozen=True, slots=True)
class AuthoriseForm:
    """What is asked of whoever authorises a breach.

    Attributes:
        rest_hours: hours of compensatory rest that are proposed; "" where none is owed.
        rest_by: the last day on which it is proposed to be given.
    """

    rest_hours: str
    rest_by: date | None


@dataclass(frozen=True, slots=True)
class AuthorisedView:
    """A breach that may stand: what it is, on whose word, and the rest that is owed.

    Attributes:
        words: what is broken.
        because: on whose word and why.
        rest: the rest owed or given; "" where none is.
        is_owed: whether rest is still to be given.
    """

    id: UUID
    words: str
    because: str
    rest: str
    is_owed: bool


def authorise_form(trial: Trial) -> AuthoriseForm | None:
    """The form for a change that breaks rules; None where there is nothing to authorise."""
    if not can_authorise(trial):
        return None
    owed = rest_owed(trial)
    last = max(each.day for each in trial.changed)
    return AuthoriseForm(hours(owed / 60) if owed else "", last + REST_WITHIN if owed else None)


def authorised_views(breaches: Iterable[AuthorisedBreach]) -> tuple[AuthorisedView, ...]:
    """Breaches that may stand in a roster, as they were given."""
    return tuple(map(_view, breaches))


def _view(breach: AuthorisedBreach) -> AuthorisedView:
    said = breach.said
    return AuthorisedView(
        id=breach.id,
        words=breach.words,
        because=(
            f"Authorised by {said.authority}: {said.reason.rstrip('.')}. "
            f"{GROUND_WORDS[said.ground]}."
        ),
        rest=_rest(breach),
        is_owed=said.rest_minutes > 0 and breach.rest_given is None,
    )


def _rest(breach: AuthorisedBreach) -> str:
    said = breach.said
    if not said.rest_minutes or said.rest_by is None:
        return ""
    length = f"{hours(said.rest_minutes / 60)} h of rest"
    if breach.rest_given is not None:
        return f"{length} given on {day_words(breach.rest_given)}."
    return f"{length} owed by {day_words(said.rest_by)}."
