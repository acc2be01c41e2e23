"""What a scenario is simulated from, and what came of it, as they are kept: packed.

Arrays stand in one compressed file of NumPy's own format beside a text of JSON for all else.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from app.requirements.service import Terms
from app.scenarios.values import Basis, Crew, Result, Sought

FORM = 1
"""The form of what is kept; another one would have another number."""

SAID = "said"
COUNTS = ("offered", "in_time", "abandoned", "called_back")
REALS = ("waits", "busy", "quarters")


def freeze(basis: Basis, terms: tuple[Terms, ...]) -> bytes:
    """What a scenario is simulated from; `terms` are the same with their origins."""
    said = {
        "form": FORM,
        "start": basis.start.isoformat(),
        "interval_minutes": basis.interval_minutes,
        "zone": basis.zone,
        "terms": [each.document() for each in terms],
        "crews": [[list(crew.serves), crew.away] for crew in basis.crews],
        "reserve": basis.reserve,
        "need": [list(group) for group in basis.need],
    }
    arrays: dict[str, Any] = {
        f"duty{place}": crew.on_duty for place, crew in enumerate(basis.crews)
    }
    arrays |= {f"need{place}": people for place, people in enumerate(basis.need.values())}
    for place, queue in enumerate(basis.queues):
        arrays |= {f"calls{place}": basis.calls[queue], f"aht{place}": basis.aht[queue]}
        if queue in basis.day_levels:
            arrays[f"levels{place}"] = basis.day_levels[queue]
    return _packed(said, arrays)


def thaw(kept: bytes) -> Basis:
    """What a scenario was frozen with."""
    said, arrays = _unpacked(kept)
    terms = tuple(Terms.of_document(each).terms for each in said["terms"])
    return Basis(
        start=datetime.fromisoformat(said["start"]),
        interval_minutes=said["interval_minutes"],
        zone=said["zone"],
        terms=terms,
        calls={each.queue: arrays[f"calls{place}"] for place, each in enumerate(terms)},
        aht={each.queue: arrays[f"aht{place}"] for place, each in enumerate(terms)},
        crews=tuple(
            Crew(tuple(serves), arrays[f"duty{place}"], away)
            for place, (serves, away) in enumerate(said["crews"])
        ),
        reserve=said["reserve"],
        need={tuple(group): arrays[f"need{place}"] for place, group in enumerate(said["need"])},
        day_levels={
            each.queue: arrays[f"levels{place}"]
            for place, each in enumerate(terms)
            if f"levels{place}" in arrays
        },
    )


def pack(result: Result) -> bytes:
    """What came of a scenario."""
    sought = result.sought
    said: dict[str, Any] = {
        "form": FORM,
        "queues": list(result.queues),
        "crews": [list(serves) for serves in result.crews],
        "sought": sought
        and {
            "serves": list(sought.serves),
            "reached": sought.reached,
            "rounds": sought.rounds,
            "before": sought.before,
        },
    }
    arrays = {name: getattr(result, name) for name in (*COUNTS, *REALS)}
    return _packed(said, arrays | ({} if sought is None else {"added": sought.added}))


def unpack(kept: bytes) -> Result:
    """What `pack` was given."""
    said, arrays = _unpacked(kept)
    sought = said["sought"] and Sought(
        arrays["added"],
        tuple(said["sought"]["serves"]),
        said["sought"]["reached"],
        said["sought"]["rounds"],
        said["sought"]["before"],
    )
    return Result(
        queues=tuple(said["queues"]),
        crews=tuple(map(tuple, said["crews"])),
        **{name: arrays[name] for name in (*COUNTS, *REALS)},
        sought=sought or None,
    )


def _packed(said: Mapping[str, Any], arrays: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    text = np.frombuffer(json.dumps(said).encode(), np.uint8)
    small: dict[str, Any] = {name: _small(each) for name, each in arrays.items()}
    np.savez_compressed(out, allow_pickle=False, **{SAID: text}, **small)
    return out.getvalue()


def _small(array: Any) -> Any:
    """Whole numbers in as few bytes as hold them."""
    if array.dtype.kind != "i" or not array.size:
        return array
    return array.astype(np.result_type(np.min_scalar_type(array.min()),
                                       np.min_scalar_type(array.max())))  # fmt: skip


def _unpacked(kept: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    with np.load(io.BytesIO(kept), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    said = json.loads(arrays.pop(SAID).tobytes())
    wide = {
        name: each.astype(np.int32 if name in COUNTS else np.int64)
        if each.dtype.kind in "iu"
        else each
        for name, each in arrays.items()
    }
    return said, wide
