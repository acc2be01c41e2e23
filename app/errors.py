"""What can go wrong in the service, each with the HTTP status that a door answers with.

No web framework is known here: the command line says the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


class ParadeError(Exception):
    """Something that the caller can be told in one plain sentence.

    Attributes:
        status: HTTP status code.
        title: the kind of error in a few words, the same for every one of its kind.
        detail: one sentence: what happened and what to do.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotSignedIn(ParadeError):
    """The caller has not said who they are, or not so that it can be believed."""

    status = 401
    title = "Not signed in"


class Forbidden(ParadeError):
    """The caller may not do this."""

    status = 403
    title = "Not allowed"


class NotFound(ParadeError):
    """There is no such thing, or none within what the caller may see: both sound the same."""

    status = 404
    title = "Not found"


class Conflict(ParadeError):
    """What is asked does not go with what is already kept."""

    status = 409
    title = "Conflict"


class Unlawful(Conflict):
    """What is asked would break a rule, or is broken already.

    Attributes:
        breaches: what is broken, a sentence each.
    """

    title = "Breaks the rules"

    def __init__(self, detail: str, breaches: Iterable[str]) -> None:
        super().__init__(detail)
        self.breaches = tuple(breaches)


class Stale(ParadeError):
    """Somebody changed the thing after the caller read it."""

    status = 412
    title = "Changed meanwhile"


class VersionNeeded(ParadeError):
    """A change must say which version it was made from."""

    status = 428
    title = "Version needed"


class TooMany(ParadeError):
    """Asked too often.

    Attributes:
        seconds: when to try again, from now.
    """

    status = 429
    title = "Too many attempts"

    def __init__(self, detail: str, seconds: int) -> None:
        super().__init__(detail)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Place:
    """One field that cannot be used.

    Attributes:
        field: where it stands, such as `contracts[2].from_day`.
        words: what is wrong with it and what to do, as a sentence.
    """

    field: str
    words: str


class InvalidInput(ParadeError):
    """What was given cannot be used; every place that is wrong is named.

    Attributes:
        places: the fields at fault, at least one.
    """

    status = 422
    title = "Cannot be used"

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        super().__init__(" ".join(f"{place.field}: {place.words}" for place in self.places))


def invalid(field: str, words: str) -> InvalidInput:
    """An error about one field."""
    return InvalidInput([Place(field, words)])
