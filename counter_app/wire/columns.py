"""Whole numbers packed by the column: as few bits a value as their spread asks for.

A column is a list of numbers of which the reader knows how many there are. What is packed are its
differences from a *guess* (nothing, the value before, another column, the difference of two others); of those
either their distance from the smallest in steps of a common divisor, or their index in a table.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

LARGEST_WIDTH = 128
LONGEST_NUMBER = 19
"""Bytes: seven bits of such a number go in each."""

MOST_IN_TABLE = 64
FEW = 3
SAMPLE = 64
_MODES = ("plain", "before", "other", "between")


class ColumnsDamaged(Exception):
    """Bytes that are no columns."""


class Reader:
    """Reads bytes from front to back; ``ColumnsDamaged`` when they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        taken = self._data[self._at : self._at + size]
        if len(taken) != size:
            raise ColumnsDamaged("too short")
        self._at += size
        return taken

    def byte(self) -> int:
        """The next byte."""
        if self._at >= len(self._data):
            raise ColumnsDamaged("too short")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        """A number of seven bits a byte, the lowest first; at most ``LONGEST_NUMBER`` bytes."""
        value = shift = 0
        for byte in self._data[self._at : self._at + LONGEST_NUMBER]:
            self._at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise ColumnsDamaged("number too long, or too short")

    def signed(self) -> int:
        """A number with a sign, folded: 0, -1, 1, -2 …"""
        value = self.number()
        return (value >> 1) ^ -(value & 1)

    def finish(self) -> None:
        """``ColumnsDamaged`` when something is left."""
        if self._at != len(self._data):
            raise ColumnsDamaged("too long")


def number(value: int) -> bytes:
    """A whole number from 0 as ``Reader.number`` reads it."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> bytes:
    """A number with a sign as ``Reader.signed`` reads it."""
    return number(value << 1 if value >= 0 else (~value << 1) | 1)


@dataclass(slots=True)
class Packer:
    """Packs columns one after the other. ``said`` describes them, ``bits`` holds them."""

    said: bytearray = field(default_factory=bytearray)
    bits: bytearray = field(default_factory=bytearray)
    _columns: list[Sequence[int]] = field(default_factory=list)

    def add(self, values: Sequence[int]) -> None:
        """Pack one more column in the shortest way that is found."""
        if values:
            ways = [_packed(b"\0", values)]
            if len(values) > 1:
                ways.append(_packed(b"\1" + signed(values[0]), _less(values[1:], values)))
            ways += self._by_others(values) if len(values) > FEW else []
            pair = self._difference(values) if len(values) > FEW else None
            if pair:
                ways.append(_packed(b"\3" + number(pair[0]) + number(pair[1]), [0] * len(values)))
            said, bits = min(ways, key=lambda way: len(way[0]) + len(way[1]))
            self.said += said
            self.bits += bits
        self._columns.append(values)

    def _by_others(self, values: Sequence[int]) -> list[tuple[bytes, bytes]]:
        """Packed by its differences from another column; which one is seen by a part of the values."""
        part = values[:SAMPLE]
        ways = [
            (sum(map(len, _packed(b"", _less(part, other)))), index)
            for index, other in enumerate(self._columns)
            if len(other) == len(values)
        ]
        best = [index for _, index in sorted(ways)[:2]]
        return [_packed(b"\2" + number(one), _less(values, self._columns[one])) for one in best]

    def _difference(self, values: Sequence[int]) -> tuple[int, int] | None:
        """Two columns whose difference, first less second, is exactly this one."""
        known = {tuple(other): index for index, other in enumerate(self._columns)}
        for index, other in enumerate(self._columns):
            if len(other) == len(values):
                second = known.get(tuple(_less(other, values)))
                if second is not None:
                    return index, second
        return None


def _less(values: Sequence[int], guesses: Sequence[int]) -> list[int]:
    return [value - guess for value, guess in zip(values, guesses, strict=False)]


def _packed(guess: bytes, rest: Sequence[int]) -> tuple[bytes, bytes]:
    """What describes a column and its bits, by table or by steps, whichever is shorter."""
    least = min(rest)
    step = math.gcd(*(value - least for value in rest)) or 1
    steps = [(value - least) // step for value in rest]
    width = max(steps).bit_length()
    said = guess + bytes([width + 1]) + signed(least) + (number(step) if width else b"")
    best = said, _bits(steps, width)
    known = sorted(set(steps))
    if 1 < len(known) <= MOST_IN_TABLE:
        indexes = {value: index for index, value in enumerate(known)}
        table = b"".join(number(b - a) for a, b in zip((0, *known), known, strict=False))
        said = guess + b"\0" + signed(least) + number(step) + number(len(known)) + table
        other = said, _bits([indexes[value] for value in steps], (len(known) - 1).bit_length())
        best = min(best, other, key=lambda way: len(way[0]) + len(way[1]))
    return best


def _bits(values: Sequence[int], width: int) -> bytes:
    packed = 0
    for value in reversed(values):
        packed = packed << width | value
    return packed.to_bytes((len(values) * width + 7) // 8, "little")


@dataclass(slots=True)
class Unpacker:
    """Reads back what a ``Packer`` packed. Everything that is not exactly that is ``ColumnsDamaged``."""

    said: Reader
    bits: Reader
    _columns: list[list[int]] = field(default_factory=list)

    def take(self, length: int) -> list[int]:
        """The next column of so many values."""
        values = self._values(length) if length else []
        self._columns.append(values)
        return values

    def _values(self, length: int) -> list[int]:
        mode = self.said.byte()
        if mode == 0:
            return self._rest(length)
        if mode >= len(_MODES):
            raise ColumnsDamaged("unknown way of packing")
        if _MODES[mode] == "before":
            if length == 1:
                raise ColumnsDamaged("nothing before the only value")
            first = self.said.signed()
            return list(accumulate(self._rest(length - 1), initial=first))
        others = [self._other(length) for _ in range(mode - 1)]
        rest = self._rest(length)
        if _MODES[mode] == "other":
            return [a + value for a, value in zip(others[0], rest, strict=True)]
        return [a - b + value for a, b, value in zip(*others, rest, strict=True)]

    def _other(self, length: int) -> list[int]:
        index = self.said.number()
        if index >= len(self._columns) or len(self._columns[index]) != length:
            raise ColumnsDamaged("no such column")
        return self._columns[index]

    def _rest(self, length: int) -> list[int]:
        width = self.said.byte() - 1
        least = self.said.signed()
        if width == 0:
            return [least] * length
        step = self.said.number()
        if width > 0:
            return [least + step * value for value in self._unpacked(length, width)]
        table: list[int] = []
        size = self.said.number()
        if not 1 < size <= MOST_IN_TABLE:
            raise ColumnsDamaged("no such table")
        for _ in range(size):
            table.append(self.said.number() + (table[-1] if table else 0))
        indexes = self._unpacked(length, (size - 1).bit_length())
        if max(indexes) >= size:
            raise ColumnsDamaged("not in the table")
        return [least + step * table[index] for index in indexes]

    def _unpacked(self, length: int, width: int) -> list[int]:
        if width > LARGEST_WIDTH:
            raise ColumnsDamaged("too wide")
        packed = int.from_bytes(self.bits.take((length * width + 7) // 8), "little")
        mask = (1 << width) - 1
        values = [packed >> shift & mask for shift in range(0, length * width, width)]
        if packed >> (length * width):
            raise ColumnsDamaged("bits behind the last value")
        return values
