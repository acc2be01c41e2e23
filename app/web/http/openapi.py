"""The description of the API: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.web.http.problems import Problem

DESCRIPTION = """Forecasts of a police control room's calls, the people needed to answer them, and
lawful shift rosters. Sign in with `Authorization: Bearer` and a token. Times are RFC 3339 in UTC;
days are those of the control room's own zone. Every error is a problem (RFC 9457)."""


def describe(app: FastAPI) -> dict[str, Any]:
    """The description of every operation of the app that is meant for systems; made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app)
    return app.openapi_schema


def _described(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= own.pop("$defs", {})
    schemas["Problem"] = own
    return document
