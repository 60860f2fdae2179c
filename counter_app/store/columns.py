"""Column types: how identities, instants and days lie in the database."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from counter_app.domain.days import Month, from_millis, to_millis


class Identity(TypeDecorator[UUID]):
    """A UUID as its 16 bytes."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, _: Any) -> bytes | None:
        """To the database."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, _: Any) -> UUID | None:
        """From the database."""
        return None if value is None else UUID(bytes=value)


class Instant(TypeDecorator[datetime]):
    """An instant as whole milliseconds since 1970, UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Any) -> int | None:
        """To the database."""
        return None if value is None else to_millis(value)

    def process_result_value(self, value: int | None, _: Any) -> datetime | None:
        """From the database."""
        return None if value is None else from_millis(value)


class Day(TypeDecorator[date]):
    """A calendar day as text like "2026-03-12"."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, _: Any) -> str | None:
        """To the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _: Any) -> date | None:
        """From the database."""
        return None if value is None else date.fromisoformat(value)


class BillMonth(TypeDecorator[Month]):
    """A month as a number like 202602."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Month | None, _: Any) -> int | None:
        """To the database."""
        return None if value is None else month_number(value)

    def process_result_value(self, value: int | None, _: Any) -> Month | None:
        """From the database."""
        return None if value is None else Month(*divmod(value, 100))


def month_number(month: Month) -> int:
    """A month as it lies in the database."""
    return month.year * 100 + month.month


def consumer_key(number: str) -> int:
    """The row of a consumer number ("N" and 10 digits); ValueError for anything else."""
    if not _is_number(number):
        raise ValueError(f"no consumer number: {number[:20]!r}")
    return int(number[1:])


def consumer_keys(numbers: Iterable[str]) -> dict[str, int]:
    """The rows of consumer numbers; whatever is none is left out."""
    return {number: int(number[1:]) for number in numbers if _is_number(number)}


def _is_number(number: str) -> bool:
    return len(number) == 11 and number[0] == "N" and number.isascii() and number[1:].isdecimal()


def consumer_number(key: int) -> str:
    """The consumer number of a row."""
    return f"N{key:010d}"
