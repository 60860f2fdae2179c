"""Values without the names of their fields: one as an array, or many by columns, which shrink to a fraction.

A field that a later program adds must stand at the end of its class with a value for older bytes; a program
that does not know it passes it over.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

Row = tuple[Any, ...]
"""A value's fields in their order; values within it are nameless ones."""


class ColumnsDamaged(Exception):
    """Bytes that are no columns of this class."""


def nameless(kind: Any) -> Any:
    """The same type with every dataclass in it, itself included, as one that is written as an array."""
    if dataclasses.is_dataclass(kind):
        return _STRUCTS.get(kind) or _STRUCTS.setdefault(kind, _struct(kind))
    if get_origin(kind) is None:
        return kind
    inner: tuple[Any, ...] = tuple(map(nameless, get_args(kind)))
    if isinstance(kind, UnionType):
        return reduce(or_, inner)
    return get_origin(kind)[inner]


def written(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as the nameless values that they are the fields of."""
    return map(_ENCODER.encode, rows)


def by_columns(kind: Any, values: Sequence[object]) -> bytes:
    """Values of one class, column by column."""
    columns = [
        msgspec.convert([getattr(one, field.name) for one in values], _column(field), from_attributes=True)
        for field in dataclasses.fields(kind)
    ]
    return _ENCODER.encode(columns)


def by_rows(kind: Any, data: bytes) -> list[Row]:
    """What ``by_columns`` made, as rows. ``ColumnsDamaged``."""
    try:
        columns = msgspec.structs.astuple(_decoder(kind).decode(data))
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise ColumnsDamaged(str(fault)) from fault
    count = len(columns[0])
    fields = dataclasses.fields(kind)
    filled = [
        [field.default] * count if not column and field.default is not dataclasses.MISSING else column
        for field, column in zip(fields, columns, strict=True)
    ]
    if any(len(column) != count for column in filled):
        raise ColumnsDamaged("columns of different lengths")
    return list(zip(*filled, strict=True))


@cache
def _decoder(kind: Any) -> "msgspec.msgpack.Decoder[Any]":
    fields: list[Any] = []
    given: tuple[Any, ...]
    for field in dataclasses.fields(kind):
        given = (msgspec.field(default_factory=_LIST),) if field.default is not dataclasses.MISSING else ()
        fields.append((field.name, _column(field), *given))
    return msgspec.msgpack.Decoder(msgspec.defstruct(f"{kind.__name__}Columns", fields, array_like=True))


def _column(field: "dataclasses.Field[Any]") -> Any:
    return _LIST[nameless(field.type)]


def _struct(kind: Any) -> type[msgspec.Struct]:
    fields: list[Any] = []
    for field in dataclasses.fields(kind):
        given = () if field.default is dataclasses.MISSING else (field.default,)
        fields.append((field.name, nameless(field.type), *given))
    return msgspec.defstruct(kind.__name__, fields, array_like=True, frozen=True, gc=False)


_LIST: Any = list
_STRUCTS: dict[Any, type[msgspec.Struct]] = {}
_ENCODER = msgspec.msgpack.Encoder()
