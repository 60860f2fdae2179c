"""A document as bytes to be kept: all that was drawn, so that no later wording or template changes it.

JSON: title, kind, when it was made, and of each sheet its size and items; an item is its letter and its
fields in their order. Fields of an item are only ever added at its end, with a default.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

import msgspec

from counter_app.documents.page import Barcode, Box, Code, Document, Item, Line, Sheet, Text
from counter_app.domain.acts import Paper

_ITEMS: dict[str, type[Item]] = {"t": Text, "l": Line, "b": Box, "q": Code, "k": Barcode}
_LETTERS = {kind: letter for letter, kind in _ITEMS.items()}
_NAMES = {letter: [field.name for field in fields(kind)] for letter, kind in _ITEMS.items()}

_Item = tuple[Any, ...]
_Sheet = tuple[float | int, float | int, list[_Item]]


class PaperDamaged(Exception):
    """Bytes that are no kept paper."""


def packed(document: Document) -> bytes:
    """The bytes; the same document gives the same."""
    sheets = [(sheet.width, sheet.height, [_row(item) for item in sheet.items]) for sheet in document.sheets]
    return msgspec.json.encode((document.title, document.paper, document.made_at, sheets))


def unpacked(body: bytes) -> Document:
    """The document that was packed; ``PaperDamaged``."""
    try:
        title, paper, made_at, sheets = msgspec.json.decode(
            body, type=tuple[str, Paper, datetime, list[_Sheet]]
        )
        return Document(title, tuple(_sheet(sheet) for sheet in sheets), paper, made_at)
    except (msgspec.MsgspecError, KeyError, ValueError) as fault:
        raise PaperDamaged("a kept paper cannot be read") from fault


def _row(item: Item) -> _Item:
    letter = _LETTERS[type(item)]
    return (letter, *(getattr(item, name) for name in _NAMES[letter]))


def _sheet(sheet: _Sheet) -> Sheet:
    width, height, rows = sheet
    return Sheet(width, height, tuple(_item(*row) for row in rows))


def _item(letter: str, *values: object) -> Item:
    named = zip(_NAMES[letter], values, strict=False)
    return msgspec.convert(dict(named), _ITEMS[letter])
