"""A payload as a pattern and what differs in it, so that equal patterns travel once. Any bytes survive."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

NUMBER, DAY, SECOND, MICROS, IDENTITY, TEXT = b"\1", b"\2", b"\3", b"\4", b"\5", b"\6"
LARGEST_PATTERN = 4096
MOST_MARKS = 256
Column = tuple[bytes, bytes, int]
"""A number's column: its mark, the field before it, and how often that came before in the payload."""

_CONTROL = re.compile(rb"[\x00-\x1f]")
_PIECE = re.compile(
    rb'(?P<SECOND>(?<=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[.Z+]))'
    rb"|(?P<MICROS>(?<=[0-9]\.)\d{6}(?=[Z+]))"
    rb'|(?P<DAY>(?<=")\d{4}-\d\d-\d\d(?="))'
    rb'|(?P<IDENTITY>(?<=")[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?="))'
    rb'|(?P<TEXT>(?<=:")(?=[^"\\]*[ \x80-\xff])[^"\\]+(?="))'
    rb"|(?P<NUMBER>(?<![0-9])(?:0|[1-9]\d{0,17})(?![0-9]))"
)
_SLOT = re.compile(rb'"(\w+)":|([\x01-\x06])')
_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - a text without a zone in, the same text out


class PiecesDamaged(Exception):
    """Numbers that cannot have come from a payload."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """``pattern``: the payload with a mark where a piece was. The pieces stand in their order."""

    pattern: bytes
    numbers: tuple[int, ...]
    identities: tuple[bytes, ...]
    texts: tuple[bytes, ...]


def split(payload: bytes) -> Pieces:
    """Take a payload apart. What is no plain JSON of ours becomes one text."""
    whole = Pieces(TEXT, (), (), (payload,))
    if _CONTROL.search(payload):
        return whole
    numbers: list[int] = []
    identities: list[bytes] = []
    texts: list[bytes] = []

    def mark(found: re.Match[bytes]) -> bytes:
        piece = found[0]
        match found.lastgroup:
            case "NUMBER":
                numbers.append(int(piece))
                return NUMBER
            case "MICROS":
                numbers.append(int(piece))
                return MICROS
            case "IDENTITY":
                identities.append(bytes.fromhex(piece.replace(b"-", b"").decode()))
                return IDENTITY
            case "TEXT":
                texts.append(piece)
                return TEXT
            case _:
                value = _moment(piece)
                if value is None:
                    return piece
                numbers.append(value)
                return DAY if len(piece) == 10 else SECOND

    pattern = _PIECE.sub(mark, payload)
    if len(pattern) > LARGEST_PATTERN or len(numbers) + len(identities) + len(texts) > MOST_MARKS:
        return whole
    return Pieces(pattern, tuple(numbers), tuple(identities), tuple(texts))


def _moment(piece: bytes) -> int | None:
    """Days or seconds since 1970; None when there is no such day or second."""
    try:
        if len(piece) == 10:
            return date.fromisoformat(piece.decode()).toordinal()
        return (datetime.fromisoformat(piece.decode()) - _ZERO) // timedelta(seconds=1)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Slots:
    """What a pattern asks for: the literal pieces around the marks, the marks, the columns of its numbers."""

    literals: tuple[bytes, ...]
    marks: tuple[bytes, ...]
    columns: tuple[Column, ...]
    identities: int
    texts: int


@lru_cache(maxsize=1024)
def slots(pattern: bytes) -> Slots:
    """Read a pattern; ``PiecesDamaged`` when it is larger than one may be."""
    if len(pattern) > LARGEST_PATTERN:
        raise PiecesDamaged("pattern too large")
    marks: list[bytes] = []
    columns: list[Column] = []
    field = b""
    for found in _SLOT.finditer(pattern):
        name, slot = found.groups()
        if name is not None:
            field = name
            continue
        marks.append(slot)
        if slot not in (IDENTITY, TEXT):
            before = sum((slot, field) == column[:2] for column in columns)
            columns.append((slot, field, before))
    if len(marks) > MOST_MARKS:
        raise PiecesDamaged("too many marks in a pattern")
    literals = tuple(re.split(rb"[\x01-\x06]", pattern))
    return Slots(literals, tuple(marks), tuple(columns), marks.count(IDENTITY), marks.count(TEXT))


def joined(
    wanted: Slots, numbers: Sequence[int], identities: Iterator[bytes], texts: Iterator[bytes]
) -> bytes:
    """Put a payload together; ``PiecesDamaged`` when a number is none of its kind."""
    out = [wanted.literals[0]]
    values = iter(numbers)
    for slot, literal in zip(wanted.marks, wanted.literals[1:], strict=True):
        if slot == TEXT:
            out.append(next(texts))
        elif slot == IDENTITY:
            digits = next(identities).hex()
            out.append(
                "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])).encode()
            )
        else:
            out.append(_written(slot, next(values)))
        out.append(literal)
    return b"".join(out)


def _written(slot: bytes, value: int) -> bytes:
    if slot == NUMBER and 0 <= value < 10**18:
        return b"%d" % value
    if slot == MICROS and 0 <= value < 10**6:
        return b"%06d" % value
    try:
        if slot == DAY:
            return date.fromordinal(value).isoformat().encode()
        if slot == SECOND:
            return (_ZERO + timedelta(seconds=value)).isoformat().encode()
    except (ValueError, OverflowError):
        pass
    raise PiecesDamaged("a number out of its range")
