"""Two kinds of callers on one floor in simpy: `python with_simpy.py MODEL`, a JSON text.

Prints calls, CPU seconds of the simulation, and the share of each kind that hung up. Run by the
interpreter of the peers' own environment.
"""

from __future__ import annotations

import json
import random
import sys
import time

import simpy

model = json.loads(sys.argv[1])
kinds = model["kinds"]
came = dict.fromkeys(kinds, 0)
lost = dict.fromkeys(kinds, 0)
chance = random.Random(1)  # noqa: S311  luck, not secrets


def caller(floor: simpy.Environment, people: simpy.PriorityResource, name: str):
    """Wait for a person or hang up."""
    kind = kinds[name]
    with people.request(priority=kind["rank"]) as asked:
        yield asked | floor.timeout(chance.expovariate(1 / kind["patience"]))
        if asked.triggered:
            yield floor.timeout(chance.expovariate(1 / kind["aht"]))
        else:
            lost[name] += 1


def calls(floor: simpy.Environment, people: simpy.PriorityResource, name: str):
    """Let callers of a kind come."""
    while True:
        yield floor.timeout(chance.expovariate(kinds[name]["calls_per_second"]))
        came[name] += 1
        floor.process(caller(floor, people, name))


begin = time.process_time()
floor = simpy.Environment()
people = simpy.PriorityResource(floor, model["people"])
for name in kinds:
    floor.process(calls(floor, people, name))
floor.run(model["seconds"])
spent = time.process_time() - begin
shares = {name: lost[name] / came[name] for name in kinds}
print(json.dumps({"calls": sum(came.values()), "seconds": spent, "lost": shares}))
