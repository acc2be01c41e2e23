"""Slices meet only through `service`, and doors never skip their own; seen to fail when planted."""

from __future__ import annotations

from collections.abc import Iterator

import grimp
import pytest

DOORS = {"api", "pages", "jobs"}
BEFORE_EVERY_DOOR = ("auth", "guard")
KEPT_BEHIND_THE_SERVICE = {"problem", "series", "checks", "store", "tables"}
MAY_SEE_TABLES = "app.db.all_tables"
MAY_OPEN_DOORS = "app.main"
OPENED = {*DOORS, "worker"}


def slices_of(graph: grimp.ImportGraph) -> set[str]:
    """Names of the slices: the packages of the service that have a `service`."""
    return {
        module.split(".")[1]
        for module in graph.modules
        if module.startswith("app.") and module.count(".") == 2 and module.endswith(".service")
    }


def violations(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Imports that go past a service, as importer and imported."""
    slices = slices_of(graph)
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            target = imported.split(".")
            if target[0] != "app" or len(target) < 3 or target[1] not in slices:
                continue
            own = importer.startswith(f"app.{target[1]}.")
            if not (
                _within(importer, target[2]) if own else _across(importer, target[1], target[2])
            ):
                yield importer, imported


def _within(importer: str, part: str) -> bool:
    """Whether a module of a slice may import that part of the same slice."""
    return importer.split(".")[2] not in DOORS or part not in KEPT_BEHIND_THE_SERVICE


def _across(importer: str, target: str, part: str) -> bool:
    """Whether a module may import that part of a slice that is not its own."""
    if importer == MAY_SEE_TABLES:
        return part == "tables"
    if (target, part) == BEFORE_EVERY_DOOR:
        return importer == MAY_OPEN_DOORS or not DOORS.isdisjoint(importer.split(".")[2:3])
    return part == "service" or (importer == MAY_OPEN_DOORS and part in OPENED)


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    """The import graph of the service."""
    return grimp.build_graph("app", exclude_type_checking_imports=True, cache_dir=None)


def test_slices_meet_only_through_their_service(house: grimp.ImportGraph) -> None:
    """No module imports anything of another slice but its service; no door skips its own."""
    assert "people" in slices_of(house)
    assert list(violations(house)) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("app.rosters.store", "app.people.tables"),
        ("app.rosters.service", "app.people.store"),
        ("app.rosters.service", "app.people.values"),
        ("app.rosters.pages", "app.people.pages"),
        ("app.cli.people", "app.people.store"),
        ("app.db.all_tables", "app.people.store"),
        ("app.main", "app.people.store"),
        ("app.people.api", "app.people.store"),
        ("app.people.pages", "app.people.tables"),
        ("app.people.jobs", "app.people.checks"),
        ("app.people.service", "app.auth.guard"),
        ("app.people.api", "app.auth.tables"),
    ],
)
def test_a_planted_short_cut_is_found(importer: str, imported: str) -> None:
    """Each way past a service is found, alone."""
    assert list(violations(planted(importer, imported))) == [(importer, imported)]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("app.rosters.service", "app.people.service"),
        ("app.rosters.pages", "app.people.service"),
        ("app.cli.people", "app.people.service"),
        ("app.db.all_tables", "app.people.tables"),
        ("app.main", "app.people.api"),
        ("app.people.api", "app.people.schemas"),
        ("app.people.service", "app.people.store"),
        ("app.people.store", "app.db.types"),
        ("app.people.pages", "app.auth.guard"),
        ("app.main", "app.auth.guard"),
        ("app.main", "app.jobs.worker"),
    ],
)
def test_the_proper_ways_are_free(importer: str, imported: str) -> None:
    """What the plan of the house allows is not called a violation."""
    assert list(violations(planted(importer, imported))) == []


def planted(importer: str, imported: str) -> grimp.ImportGraph:
    """A graph of two slices with that one import."""
    graph = grimp.ImportGraph()
    for module in (
        "app.auth.service",
        "app.jobs.service",
        "app.people.service",
        "app.rosters.service",
    ):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    return graph
