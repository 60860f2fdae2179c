"""A second person's word, and how it was given."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Way(StrEnum):
    """How the word was given: here by password or PIN, or over the telephone by a code."""

    PASSWORD = auto()
    PIN = auto()
    TELEPHONE = auto()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who gave their word, and how."""

    code: str
    way: Way
