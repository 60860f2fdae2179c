"""Numbers given at the counter, offline: gapless serials and letters that show forgeries.

``2214-2-004187-Q7M`` is receipt 4187 of counter 2 of office 2214; ``2214-2-C00318-7KD`` a
complaint. The serial never restarts and has no gap; the three letters come from the entry's hash.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from counter_app.domain.file_refusals import SerialUnreadable
from counter_app.domain.text import western_digits
from counter_app.domain.value import value

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


AHEAD = 10_000
"""Numbers left out where nobody knows the last one: no counter gives out so many more of one kind."""


class Series(StrEnum):
    """The gapless series of a counter; the value is the letter before the serial.

    ``SLIP``: what was done about a receipt (cancelled, corrected, moved, refund asked for); ``MOVE``: cash
    in and out without a receipt; ``CLOSING``: Z reports.
    """

    RECEIPT = ""
    COMPLAINT = "C"
    SLIP = "X"
    MOVE = "M"
    CLOSING = "Z"


Serials = tuple[int, ...]
"""The last serial of each series, in the order of ``Series``; what is missing at the end is 0."""

_SERIAL_WIDTH = {
    Series.RECEIPT: 6, Series.COMPLAINT: 5, Series.SLIP: 5, Series.MOVE: 5, Series.CLOSING: 5,
}  # fmt: skip


def hash_letters(entry_hash: bytes) -> str:
    """The first 15 bits of an entry's hash as three letters of Crockford's base 32."""
    bits = int.from_bytes(entry_hash[:2], "big") >> 1
    return "".join(CROCKFORD[bits >> shift & 31] for shift in (10, 5, 0))


def hashes_of(letters: str) -> tuple[bytes, bytes]:
    """The first and the last hash that these letters stand for."""
    bits = 0
    for letter in letters:
        bits = bits << 5 | CROCKFORD.index(letter)
    return (bits << 1).to_bytes(2, "big") + bytes(30), (bits << 1 | 1).to_bytes(2, "big") + b"\xff" * 30


@value
class Number:
    """A printed number: office short code, counter, serial, letters."""

    series: Series
    office: str
    counter: int
    serial: int
    letters: str

    def __str__(self) -> str:
        return f"{self.stem}-{self.letters}" if self.letters else self.stem

    @property
    def stem(self) -> str:
        """The number without its letters, as people say it."""
        return f"{self.office}-{self.counter}-{self.tail}"

    @property
    def tail(self) -> str:
        """Letter of the series and padded serial: what is searched by."""
        return f"{self.series}{self.serial:0{_SERIAL_WIDTH[self.series]}d}"


@value
class Sought:
    """What was understood of a typed number; what is None was not typed."""

    series: Series | None
    serial: int
    office: str | None = None
    counter: int | None = None
    letters: str | None = None


LARGEST_SERIAL = 999_999_999
"""What people can type and paper has room for."""

_LONGEST_TYPED = 40
_TYPED = re.compile(
    r"(?:(?P<office>[0-9A-Z]{2,8})-(?P<counter>[0-9]{1,2})-)?(?P<series>[CXMZ]?)(?P<serial>[0-9]{1,9})"
    r"(?:-(?P<letters>[0-9A-TV-Z]{3}))?"
)
_MISREAD = str.maketrans("ILO", "110")  # letters that are not in the alphabet, for the digits they look like


def read_number(typed: str) -> Sought | None:
    """Understand a whole number or its tail ("4187", "C318"); None when it is neither.

    A bare serial may be of any series; a whole number without a letter before the serial is a receipt.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    found = _TYPED.fullmatch(re.sub(r"\s", "", western_digits(typed)).upper())
    if not found:
        return None
    office = found["office"]
    letters = found["letters"].translate(_MISREAD) if found["letters"] else None
    series = Series(found["series"]) if found["series"] or office else None
    counter = int(found["counter"]) if office else None
    return Sought(series, int(found["serial"]), office, counter, letters)


def given_out(papers: Sequence[str], office: str, counter: int) -> dict[Series, int]:
    """The last number of each series that papers of a counter name, typed as they stand there; 0, which no
    paper has, says that none was given out yet. ``SerialUnreadable``.
    """
    named: dict[Series, int] = {}
    for typed in papers:
        sought = read_number(typed)
        if sought is None or sought.series is None:
            raise SerialUnreadable(typed)
        if sought.office not in {None, office} or sought.counter not in {None, counter}:
            raise SerialUnreadable(typed)
        named[sought.series] = max(named.get(sought.series, 0), sought.serial)
    return named


def in_order(named: Mapping[Series, int], unnamed: int = 0) -> Serials:
    """The same in the order of ``Series``, with this number for those that nobody named."""
    return tuple(named.get(series, unnamed) for series in Series)


def ahead(named: Mapping[Series, int]) -> Serials:
    """The same where nothing but papers tells: a series that nobody named goes on so far above the others
    that no number comes twice. Where none at all is named the counter gave none out.
    """
    return in_order(named, max(named.values()) + AHEAD if named else 0)
