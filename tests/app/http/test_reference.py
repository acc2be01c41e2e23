"""The API describes itself, to programs and to people, from here alone."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

UNSAFE = {"post", "put", "patch", "delete"}


def test_every_operation_documents_its_problems(client: TestClient) -> None:
    """OpenAPI 3.1; every operation but this has the bearer scheme and problems as answers."""
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if path == "/api/v1/openapi.json":
                continue
            assert operation["security"] == [{"bearer": []}], (method, path)
            said = operation["responses"]
            for status in ("401", "403", "404", "422", "500"):
                assert "application/problem+json" in said[status]["content"], (method, path)


def test_creating_operations_take_a_key(client: TestClient) -> None:
    """Every POST that answers 201 or 202 documents Idempotency-Key, but where it says why not."""
    document = client.get("/api/v1/openapi.json").json()
    without = {
        path
        for path, item in document["paths"].items()
        if "post" in item and {"201", "202"} & item["post"]["responses"].keys()
        if not any(p["name"] == "idempotency-key" for p in item["post"].get("parameters", []))
    }
    assert without == {"/api/v1/users/{user_id}/tokens"}


def test_the_page_of_the_api_needs_nothing_from_elsewhere(client: TestClient) -> None:
    """Every operation is on the page; nothing is inline, nothing is fetched from another host."""
    document = client.get("/api/v1/openapi.json").json()
    answer = client.get("/api")
    assert answer.status_code == 200
    for path in document["paths"]:
        assert path in answer.text
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", answer.text)
    anchors = set(re.findall(r'\bid="([^"]+)"', answer.text))
    links = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert links <= anchors
