"""Needs by pyworkforce's Erlang C, one after another: `python with_pyworkforce.py`, JSON on stdin.

Prints the needs and the CPU seconds they took. Run by the interpreter of the peers' own
environment.
"""

from __future__ import annotations

import json
import sys
import time

from pyworkforce.queuing import ErlangC

asked = json.load(sys.stdin)
begin = time.process_time()
needs = [
    ErlangC(
        transactions=calls,
        aht=asked["aht_seconds"] / 60,
        asa=asked["within_seconds"] / 60,
        interval=15,
        shrinkage=0.0,
    ).required_positions(service_level=asked["share"], max_occupancy=1.0)["raw_positions"]
    for calls in asked["calls"]
]
print(json.dumps({"needs": needs, "seconds": time.process_time() - begin}))
