"""The description of the API laid out for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or field.

    Attributes:
        form: what it looks like, in a few words.
        place: where a parameter stands, such as `header`; "" for a field of a body.
        href: where the form is described, if on this page.
    """

    name: str
    form: str
    needed: bool
    description: str
    place: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent in one media type."""

    media_type: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: its status and what it holds."""

    status: str
    description: str
    schema: str
    href: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; `key` is its anchor."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    bodies: tuple[Body, ...]
    answers: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Operations of one tag."""

    key: str
    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """One named form of JSON."""

    key: str
    name: str
    description: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole API."""

    version: str
    description: str
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]


def reference(document: Node) -> Reference:
    """An OpenAPI document laid out by tag, then by path."""
    schemas: Node = document["components"]["schemas"]
    by_tag: dict[str, list[Operation]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                tag = (item[method].get("tags") or ["Other"])[0]
                by_tag.setdefault(tag, []).append(_operation(path, method, item[method], schemas))
    return Reference(
        document["info"]["version"],
        document["info"].get("description", ""),
        tuple(Group(_key("g", tag), tag, tuple(by_tag[tag])) for tag in sorted(by_tag)),
        tuple(
            Schema(_key("s", name), name, schemas[name].get("description", ""),
                   _fields(schemas[name]))
            for name in sorted(schemas)
        ),
    )  # fmt: skip


def _operation(path: str, method: str, node: Node, schemas: Node) -> Operation:
    return Operation(
        _key("o", node["operationId"]),
        method.upper(),
        path,
        node.get("summary", ""),
        node.get("description", ""),
        tuple(map(_parameter, node.get("parameters", []))),
        tuple(
            Body(kind, _fields(_resolved(content.get("schema", {}), schemas)))
            for kind, content in node.get("requestBody", {}).get("content", {}).items()
        ),
        tuple(_reply(status, reply) for status, reply in sorted(node["responses"].items())),
    )


def _parameter(node: Node) -> Field:
    form, href = _form(node["schema"])
    needed = bool(node.get("required"))
    return Field(node["name"], form, needed, node.get("description", ""), node["in"], href)


def _reply(status: str, node: Node) -> Reply:
    schema: Node = next((c.get("schema", {}) for c in node.get("content", {}).values()), {})
    form, href = _form(schema) if schema else ("", "")
    return Reply(status, node["description"], form, href)


def _fields(schema: Node) -> tuple[Field, ...]:
    needed = schema.get("required", ())
    properties: Node = schema.get("properties", {})
    return tuple(_field(name, part, needed=name in needed) for name, part in properties.items())


def _field(name: str, node: Node, *, needed: bool) -> Field:
    form, href = _form(node)
    return Field(name, form, needed, node.get("description", ""), "", href)


def _form(node: Node) -> tuple[str, str]:
    """What a value looks like, and where on the page that is described."""
    named = [ref.rpartition("/")[2] for ref in _references(node)]
    return _words(node), f"#{_key('s', named[0])}" if named else ""


def _words(node: Node) -> str:
    if "$ref" in node:
        return str(node["$ref"]).rpartition("/")[2]
    if "enum" in node or "const" in node:
        return " or ".join(f"“{value}”" for value in node.get("enum", [node.get("const")]))
    for choice in ("anyOf", "oneOf"):
        if choice in node:
            return " or ".join(dict.fromkeys(map(_words, node[choice])))
    kind = node.get("type", "anything")
    if kind == "array":
        return f"list of {_words(node.get('items', {}))}"
    return f"{kind} ({node['format']})" if "format" in node else str(kind)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield str(node["$ref"])
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def _resolved(node: Node, schemas: Node) -> Node:
    name = str(node.get("$ref", "")).rpartition("/")[2]
    resolved: Node = schemas.get(name, node)
    return resolved


def _key(kind: str, name: str) -> str:
    return f"{kind}-{re.sub(r'[^a-zA-Z0-9]+', '-', name).strip('-').lower()}"
