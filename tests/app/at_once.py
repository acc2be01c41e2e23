"""Several hands that do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do all of it at the same moment, each by a hand of its own; what they failed with."""
    gate = threading.Barrier(len(acts))
    faults: list[BaseException] = []

    def hand(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    hands = [threading.Thread(target=hand, args=(act,)) for act in acts]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    return faults
