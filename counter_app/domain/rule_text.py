"""Strict reading of the dated TOML files: what is not expected there is refused by file and key."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


class RuleFileWrong(Exception):
    """A rule file that came with the program is wrong; ``str`` gives file, key and what is the matter."""

    def __init__(self, file: str, key: str, what: str) -> None:
        super().__init__(f"{file}: {key}: {what}" if key else f"{file}: {what}")
        self.file, self.key, self.what = file, key, what


@dataclass(slots=True)
class Table:
    """One TOML table that is being read; ``finish`` refuses the keys that nobody asked for."""

    file: str
    path: str
    values: dict[str, object]
    read: set[str] = field(default_factory=set)

    @classmethod
    def parse(cls, file: str, text: str) -> "Table":
        """The whole file as a table."""
        try:
            return cls(file, "", tomllib.loads(text))
        except tomllib.TOMLDecodeError as fault:
            raise RuleFileWrong(file, "", f"is no TOML ({fault})") from fault

    def wrong(self, key: str, what: str) -> RuleFileWrong:
        """The refusal of one key."""
        return RuleFileWrong(self.file, f"{self.path}.{key}".strip("."), what)

    def has(self, key: str) -> bool:
        """Whether the key stands there."""
        return key in self.values

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "must be a text")
        return value

    def pattern(self, key: str, pattern: str) -> str:
        """A text that fits a regular expression."""
        value = self.text(key)
        if not re.fullmatch(pattern, value):
            raise self.wrong(key, f"must look like {pattern}")
        return value

    def whole(self, key: str, least: int = 0, most: int = 10**9) -> int:
        """A whole number within bounds; never a fraction, never true or false."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.wrong(key, f"must be a whole number from {least} to {most}")
        return value

    def optional_whole(self, key: str, least: int = 0) -> int | None:
        """The same, or None when the key is not there."""
        return self.whole(key, least) if self.has(key) else None

    def optional_hours(self, key: str) -> timedelta | None:
        """A span of whole hours, or None when the key is not there."""
        hours = self.optional_whole(key, 1)
        return None if hours is None else timedelta(hours=hours)

    def flag(self, key: str) -> bool:
        """True or false; false when the key is not there."""
        value = self._value(key) if self.has(key) else False
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """A calendar day."""
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "must be a day")
        return value

    def days(self, key: str) -> tuple[date, ...]:
        """A list of calendar days, each once, in their order."""
        value = self._value(key)
        right = isinstance(value, list) and all(type(item) is date for item in value)
        if not right or not isinstance(value, list) or sorted(set(value)) != value:
            raise self.wrong(key, "must be a list of days in their order")
        return tuple(value)

    def clock(self, key: str) -> time:
        """A time of the day."""
        value = self._value(key)
        if not isinstance(value, time):
            raise self.wrong(key, "must be a time")
        return value

    def table(self, key: str) -> "Table":
        """A table inside this one; who reads it finishes it."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        return Table(self.file, f"{self.path}.{key}".strip("."), value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts."""
        value = self._value(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "must be a list of texts")
        if len(set(value)) != len(value):
            raise self.wrong(key, "names something twice")
        return tuple(value)

    def wholes(self, key: str, least: int = 0) -> tuple[int, ...]:
        """A list of different whole numbers, none of them below ``least``."""
        value = self._value(key)
        if not isinstance(value, list) or not all(type(item) is int and item >= least for item in value):
            raise self.wrong(key, f"must be a list of whole numbers from {least}")
        if len(set(value)) != len(value):
            raise self.wrong(key, "names something twice")
        return tuple(value)

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list, each refused unless it was read to its end."""
        value = self._value(key)
        if not isinstance(value, list) or not value:
            raise self.wrong(key, "must be a list of tables")
        for place, item in enumerate(value, start=1):
            if not isinstance(item, dict):
                raise self.wrong(f"{key}[{place}]", "must be a table")
            table = Table(self.file, f"{self.path}.{key}[{place}]".strip("."), item)
            yield table
            table.finish()

    def finish(self) -> None:
        """Refuse what was not read."""
        for key in self.values:
            if key not in self.read:
                raise self.wrong(key, "is not known here")

    def _value(self, key: str) -> object:
        self.read.add(key)
        if key not in self.values:
            raise self.wrong(key, "is missing")
        return self.values[key]
