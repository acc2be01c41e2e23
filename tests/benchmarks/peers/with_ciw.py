"""Two kinds of callers on one floor in ciw: `python with_ciw.py MODEL`, a JSON text.

Prints calls, CPU seconds of the simulation with its records, and the share of each kind that hung
up. Run by the interpreter of the peers' own environment.
"""

from __future__ import annotations

import json
import sys
import time

import ciw

model = json.loads(sys.argv[1])
kinds = model["kinds"]
network = ciw.create_network(
    arrival_distributions={
        name: [ciw.dists.Exponential(kind["calls_per_second"])] for name, kind in kinds.items()
    },
    service_distributions={
        name: [ciw.dists.Exponential(1 / kind["aht"])] for name, kind in kinds.items()
    },
    reneging_time_distributions={
        name: [ciw.dists.Exponential(1 / kind["patience"])] for name, kind in kinds.items()
    },
    priority_classes={name: kind["rank"] for name, kind in kinds.items()},
    number_of_servers=[model["people"]],
)
ciw.seed(1)
begin = time.process_time()
simulation = ciw.Simulation(network)
simulation.simulate_until_max_time(model["seconds"])
records = simulation.get_all_records()
spent = time.process_time() - begin
lost = {}
for name in kinds:
    ends = [record.record_type for record in records if record.customer_class == name]
    lost[name] = ends.count("renege") / len(ends)
print(json.dumps({"calls": len(records), "seconds": spent, "lost": lost}))
