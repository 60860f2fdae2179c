"""The frozen bytes of the wire. A test that fails here is a change of the protocol: never edit the file."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counter_app.domain.entry import Entry, Place, drawn_salt
from counter_app.wire import requests
from counter_app.wire.codec import decode
from counter_app.wire.feed import beginning, chained, link
from counter_app.wire.ledgers import added
from counter_app.wire.messages import Answer, FeedItem, Item, Push, Request
from counter_app.wire.snapshots import Part, Placed, is_whole, name_of, read_chunk, read_manifest
from tests.verify.journals import DEVICE, KEY, journal

FROZEN = json.loads((Path(__file__).parents[1] / "golden" / "wire.json").read_text("utf-8"))


@pytest.mark.parametrize("frozen", FROZEN["messages"], ids=lambda frozen: frozen["type"])
def test_a_frozen_message_is_still_read_so(frozen: dict[str, Any]) -> None:
    message = decode(bytes.fromhex(frozen["bytes"]))
    assert type(message).__name__ == frozen["type"]
    read = json.loads(msgspec.json.encode(msgspec.to_builtins(message)))
    # What came to the message later is as if it had not been said.
    assert {name: read[name] for name in frozen["says"]} == frozen["says"]
    assert {read[name] for name in read.keys() - frozen["says"].keys()} <= {None}


def test_every_message_is_frozen() -> None:
    frozen = {one["type"] for one in FROZEN["messages"]}
    assert frozen == {message.__name__ for message in (*Request.__args__, *Answer.__args__)}


def test_the_frozen_pushes_are_the_beginning_of_the_frozen_journal() -> None:
    pushes = [decode(bytes.fromhex(one["bytes"])) for one in FROZEN["messages"] if one["type"] == "Push"]
    entries = [entry for push in pushes[1:] if isinstance(push, Push) for entry in push.entries]
    beginning_of_it = journal()[: len(entries)]
    assert len(entries) == 14
    assert [entry.hash for entry in entries] == [entry.hash for entry in beginning_of_it]
    assert entries[-1].signature == beginning_of_it[-1].signature


def test_salts_digests_and_chains() -> None:
    salt, digest, feed = FROZEN["drawn_salt"], FROZEN["set_digest"], FROZEN["feed"]
    place = Place(int(salt["segment"], 16), salt["seq"])
    assert drawn_salt(bytes.fromhex(salt["seed"]), place).hex() == salt["salt"]
    assert added(bytes(32), *map(bytes.fromhex, digest["hashes"])).hex() == digest["digest"]
    chain = beginning(7, feed["office"]).chain
    assert chain.hex() == feed["beginning"]
    entry = Entry(bytes.fromhex(feed["entry"]), b"", b"", b"")
    items: list[FeedItem] = [entry, Item(feed["item"]["kind"], feed["item"]["body"].encode())]
    for item, step in zip(items, feed["steps"], strict=True):
        chain = chained(chain, item)
        assert (link(item).hex(), chain.hex()) == (step["link"], step["chain"])


def test_a_signed_request() -> None:
    frozen = FROZEN["request"]
    body, path = frozen["body"].encode(), frozen["path"]
    made = requests.sign(KEY.sign, DEVICE, frozen["method"], path, body, frozen["created"], frozen["nonce"])
    assert made == frozen["headers"]


def test_a_snapshot() -> None:
    frozen = FROZEN["snapshot"]
    manifest = bytes.fromhex(frozen["manifest"])
    assert name_of(manifest).hex() == frozen["name"]
    chunks = read_manifest(manifest).chunks
    assert {chunk.part for chunk in chunks} == set(Part)
    for chunk, one in zip(chunks, frozen["chunks"], strict=True):
        data = bytes.fromhex(one["bytes"])
        assert (chunk.part, is_whole(chunk, data)) == (one["part"], True)
        rows = json.loads(msgspec.json.encode([shown(row) for row in read_chunk(chunk, data)]))
        assert [row[: len(was)] for row, was in zip(rows, one["rows"], strict=True)] == one["rows"]


def shown(row: object) -> object:
    """A row as the frozen file has it."""
    if not isinstance(row, Placed):
        return msgspec.to_builtins(row)
    item = row.item
    return row.seq, *((item.kind, item.body) if isinstance(item, Item) else (1, item.packed_header))
