"""Who sends messages for the company: an HTTP address of its own, described by a file.

Which provider the company has is not known, so nothing of one is in the program: address, headers and fields
are the file's. ``{mobile}``, ``{text}`` and ``{key}`` in a field are filled in.
"""

import json
import tomllib
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import msgspec
import urllib3

from counter_app.central.sending.text import Written
from counter_app.domain.central_refusals import MessageFileUnfit
from counter_app.domain.refusals import FileUnreadable
from counter_app.words.say import Language

LARGEST_FILE = 16 * 1024
PATIENCE_S = 20.0
LONGEST_PUT_OFF_S = 3600
_LOCAL = ("127.0.0.1", "::1", "localhost")
_NEVER = (400, 413, 422)
"""What the provider says of this message; anything else is about the line, the key or the provider itself."""
_KEY_HEADER = "Idempotency-Key"


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. ``as_form``: the fields go as a form, else as JSON. ``per_minute``: so many at the most."""

    url: str
    fields: dict[str, str]
    headers: dict[str, str] = {}
    as_form: bool = False
    language: Language = Language.HINDI
    per_minute: int = 60


class Outcome(Enum):
    """What the provider made of a message."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"


class Said(NamedTuple):
    """Its answer, and for how long it asks to be left alone."""

    outcome: Outcome
    after_s: int = 0


def read_provider(file: Path) -> Provider:
    """The provider that a file describes. ``MessageFileUnfit``, ``FileUnreadable``."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise MessageFileUnfit(file.name, f"it is larger than {LARGEST_FILE // 1024} KiB")
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise FileUnreadable(file.name) from None
    except tomllib.TOMLDecodeError as wrong:
        raise MessageFileUnfit(file.name, str(wrong)) from None
    try:
        made = msgspec.convert(said, Provider)
    except msgspec.ValidationError as wrong:
        raise MessageFileUnfit(file.name, str(wrong)) from None
    if why := _unfit(made):
        raise MessageFileUnfit(file.name, why)
    return made


def _unfit(made: Provider) -> str:
    try:
        place = urlsplit(made.url)
    except ValueError:
        return "url is no https address"
    if not all(part.isascii() and part.isprintable() for pair in made.headers.items() for part in pair):
        return "a header has other letters than ASCII"
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOCAL):
        return "url is no https address"
    fields = "".join(made.fields.values())
    if "{mobile}" not in fields or "{text}" not in fields:
        return "no field has {mobile}, or none has {text}"
    return "" if 1 <= made.per_minute <= 6000 else "per_minute is not from 1 to 6000"


class Line:
    """The way to the provider. What it gets twice has the same key in the header ``Idempotency-Key``."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._pool = urllib3.PoolManager(retries=False, timeout=PATIENCE_S)

    def send(self, written: Written, key: str) -> Said:
        """Hand over a message; who does not answer in time is asked again later."""
        provider = self._provider
        facts = {"{mobile}": written.mobile, "{text}": written.text, "{key}": key}
        fields = {name: _filled(value, facts) for name, value in provider.fields.items()}
        kind = "application/x-www-form-urlencoded" if provider.as_form else "application/json"
        body = urlencode(fields) if provider.as_form else json.dumps(fields, ensure_ascii=False)
        headers = {**provider.headers, "Content-Type": f"{kind}; charset=utf-8", _KEY_HEADER: key}
        try:
            answer = self._pool.request(
                "POST",
                provider.url,
                body=body.encode(),
                headers=headers,
                redirect=False,
                preload_content=False,
            )
        except urllib3.exceptions.HTTPError:
            return Said(Outcome.LATER)
        status, after = answer.status, answer.headers.get("Retry-After", "")
        answer.close()
        if 200 <= status < 300:
            return Said(Outcome.TAKEN)
        if status in _NEVER:
            return Said(Outcome.REFUSED)
        return Said(Outcome.LATER, min(int(after), LONGEST_PUT_OFF_S) if after.isdecimal() else 0)

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.clear()


def _filled(template: str, facts: dict[str, str]) -> str:
    """In one pass: what a text says is never taken for a place to be filled."""
    made, rest = "", template
    while rest:
        place, name = min(((rest.find(one), one) for one in facts if one in rest), default=(-1, ""))
        if place < 0:
            return made + rest
        made, rest = made + rest[:place] + facts[name], rest[place + len(name) :]
    return made
