"""Answers to what was made or begun: where it stands, and as which version."""

from __future__ import annotations

from fastapi.responses import Response
from pydantic import BaseModel

from app.web.http.etag import etag as tag


def created(model: BaseModel, location: str, etag: int | None = None) -> Response:
    """201: a thing was made; it stands at `location`."""
    return _answer(201, model, location, etag)


def accepted(model: BaseModel, location: str) -> Response:
    """202: work has begun; how it goes stands at `location`."""
    return _answer(202, model, location, None)


def _answer(status: int, model: BaseModel, location: str, etag: int | None) -> Response:
    headers = {"Location": location}
    if etag is not None:
        headers["ETag"] = tag(etag)
    return Response(model.model_dump_json(), status, headers, "application/json")
