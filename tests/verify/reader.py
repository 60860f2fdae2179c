"""A third reader of the journal that knows no layout: it takes the tables out of ``docs/journal.md``."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text("utf-8")
_FIELD = re.compile(r"(\w+)(?:\[(.*?)\]|\{(.*?)\}|([#?∅]?))(?:, |$)")
_TYPES: dict[str, tuple[type, ...]] = {"#": (int,), "?": (bool,), "∅": (str, type(None)), "": (str,)}

Layout = list[tuple[int, int, str, str]]
"""Offset, bytes, type and name of each field."""


def tables(title: str) -> list[list[str]]:
    """The rows of the table below a heading of the page, without its head."""
    section = PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return rows[1:]


def layout(title: str) -> Layout:
    """A table of bytes."""
    return [(int(at), int(size), kind, name) for at, size, kind, name, _ in tables(title)]


HEADER, SLOT = layout("The header, version 1"), layout("The second file")
PAYLOADS = {(int(kind), version): fields for kind, version, _, fields in tables("Payloads")}


def read(data: bytes, fields: Layout) -> dict[str, Any]:
    """Values by name of the bytes."""
    return {name: _value(data[at : at + size], kind) for at, size, kind, name in fields}


def _value(data: bytes, kind: str) -> Any:
    if kind == "bytes":
        return data
    return UUID(bytes=data) if kind == "UUID" else int.from_bytes(data, "big", signed=kind == "signed")


def payload(kind: int, version: int, text: str) -> dict[str, Any]:
    """The fields of a payload; ValueError unless names, their order and types are those of the page."""
    return _fitting(json.loads(text), PAYLOADS[kind, str(version)])


def _fitting(value: dict[str, Any], described: str) -> dict[str, Any]:
    fields = _FIELD.findall(described)
    if [name for name, *_ in fields] != [*value]:
        raise ValueError([*value])
    for name, parts, inner, mark in fields:
        if parts:
            for part in value[name]:
                _fitting(part, parts)
        elif inner:
            if value[name] is not None:
                _fitting(value[name], inner)
        elif type(value[name]) not in _TYPES[mark]:
            raise ValueError(name)
    return value


def entries(export: Path) -> Iterator[tuple[dict[str, Any], bytes, str]]:
    """Header, hash and payload text of each entry of an export, held to hash chain and commitment."""
    hashes: dict[tuple[int, int], bytes] = {(0, 0): bytes(32)}
    for text in export.read_bytes().splitlines()[1:]:
        packed, said, salt, _ = (base64.b64decode(part) for part in json.loads(text).values())
        header = read(packed, HEADER)
        place = header["segment"], header["seq"]
        before = (
            (place[0], place[1] - 1) if place[1] > 1 else (header["parent segment"], header["parent seq"])
        )
        if hashes[before] != header["previous"]:
            raise ValueError(place)
        if hmac.digest(salt, said, "sha256") != header["commitment"] or len(said) != header["payload size"]:
            raise ValueError(place)
        hashes[place] = hashlib.sha256(packed).digest()
        yield header, hashes[place], said.decode()


def second_file(data: bytes) -> dict[str, Any]:
    """The slot that counts."""
    size = SLOT[-1][0]
    slots = [
        read(data[at:], SLOT) | {"sum": hashlib.sha256(data[at : at + size]).digest()} for at in (0, 4096)
    ]
    return max((slot for slot in slots if slot["sum"] == slot["checksum"]), key=lambda slot: slot["turn"])
