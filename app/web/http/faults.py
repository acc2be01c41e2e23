"""What a schema refused, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.errors import Place

Fault = Mapping[str, Any]

OUTSIDE = {"body", "query", "path", "header", "cookie"}

SENTENCES: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = {
    "missing": "Say this; it is needed.",
    "extra_forbidden": "This is not known here: leave it out, or look at its spelling.",
    "json_invalid": "This is not JSON.",
    "string_type": "Give text.",
    "string_too_short": lambda c: f"Give at least {c['min_length']} characters.",
    "string_too_long": lambda c: f"Give at most {c['max_length']} characters.",
    "string_pattern_mismatch": "This does not have the form that is documented.",
    "int_type": "Give a whole number.",
    "int_parsing": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "float_type": "Give a number.",
    "float_parsing": "Give a number.",
    "finite_number": "Give a finite number.",
    "bool_type": "Give true or false.",
    "bool_parsing": "Give true or false.",
    "greater_than": lambda c: f"Give more than {c['gt']}.",
    "greater_than_equal": lambda c: f"Give at least {c['ge']}.",
    "less_than": lambda c: f"Give less than {c['lt']}.",
    "less_than_equal": lambda c: f"Give at most {c['le']}.",
    "literal_error": lambda c: f"Give one of {c['expected']}.",
    "enum": lambda c: f"Give one of {c['expected']}.",
    "list_type": "Give a list.",
    "tuple_type": "Give a list.",
    "dict_type": "Give an object.",
    "model_type": "Give an object.",
    "model_attributes_type": "Give a JSON object, with Content-Type: application/json.",
    "too_short": lambda c: f"Give at least {c['min_length']}.",
    "too_long": lambda c: f"Give at most {c['max_length']}.",
    "form": lambda c: str(c["words"]),
    "uuid_type": "Give an id.",
    "uuid_parsing": "Give an id.",
    "timezone_aware": "Give an instant with its offset, such as 2026-03-01T07:00:00Z.",
    "value_error": lambda c: f"{str(c['error']).rstrip('.')}.",
}


def places(faults: Iterable[Fault]) -> Iterator[Place]:
    """What the schema refused, but lists that are too short only for entries that it refused."""
    told = list(faults)
    within = {tuple(fault["loc"][:end]) for fault in told for end in range(len(fault["loc"]))}
    for fault in told:
        if fault["type"] != "too_short" or tuple(fault["loc"]) not in within:
            yield place(fault)


def place(fault: Fault) -> Place:
    """A refusal of the schema as the place that is wrong, never repeating what was given."""
    where = list(fault["loc"])
    if len(where) > 1 and where[0] in OUTSIDE:
        where = where[1:]
    if fault["type"] == "json_invalid":
        where = ["body"]
    return Place(_path(where), _words(fault))


def _path(where: list[str | int]) -> str:
    path = ""
    for step in where:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def _words(fault: Fault) -> str:
    kind = str(fault["type"])
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return _family(kind)
    return sentence if isinstance(sentence, str) else sentence(fault.get("ctx", {}))


def _family(kind: str) -> str:
    if kind.startswith(("datetime", "timezone")):
        return "Give an instant with its offset, such as 2026-03-01T07:00:00Z."
    if kind.startswith("date"):
        return "Give a day, such as 2026-03-01."
    if kind.startswith("time_delta"):
        return "Give a duration, such as PT7M30S."
    return "This does not have the form that is documented."
