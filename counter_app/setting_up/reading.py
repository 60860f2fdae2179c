"""What sets a counter up: the company's TOML for all offices, or a file that it signed for one counter."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from counter_app.domain import setting_up
from counter_app.domain.central_refusals import CounterNumberWrong
from counter_app.domain.channel import MOST_WINDOWS
from counter_app.domain.days import from_millis, in_india
from counter_app.domain.refusals import FileUnreadable
from counter_app.domain.setting_up import Wanted
from counter_app.domain.setup_refusals import (
    FingerprintMissing,
    SetUpFileBroken,
    SetUpFileForeign,
    SetUpFileOld,
    SetUpFileUnfit,
)
from counter_app.domain.text import about
from counter_app.store.seal import key_signed
from counter_app.wire import setup_files

LARGEST_FILE = 8 << 20


def read_file(file: Path, office: str, counter: int | None, code: str, at: datetime) -> Wanted:
    """What a file sets up: a TOML for all offices, of which ``office`` (empty: the only one) and ``counter``
    name one, or a signed file for one counter.

    ``FileUnreadable``, ``SetUpFileUnfit``, ``SetUpOfficeMissing``, ``CounterNumberWrong``,
    ``SetUpFileBroken``, ``SetUpFileOld``.
    """
    data = _bytes(file)
    if data.startswith(setup_files.BEGINS):
        wanted = _signed(file.name, data, at)
        found = wanted.begins.office
        if office not in {"", found.code} or counter not in {None, found.counter}:
            raise SetUpFileUnfit(file.name, f"is for counter {found.counter} of office {found.code}")
        return replace(wanted, code=code or wanted.code)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise SetUpFileBroken(file.name) from None
    offices = setting_up.read_offices(file.name, setting_up.parsed(file.name, text))
    with about("number"):
        if counter is None:
            raise CounterNumberWrong(MOST_WINDOWS)
    begins = setting_up.set_up_of(file.name, offices, office, counter)
    return Wanted(begins, code)


def _signed(name: str, data: bytes, at: datetime) -> Wanted:
    try:
        letter, key = setup_files.unpacked(data, key_signed)
    except setup_files.LetterDamaged:
        raise SetUpFileBroken(name) from None
    until = from_millis(letter.until_ms)
    if at > until:
        raise SetUpFileOld(name, in_india(until).date())
    offices = setting_up.read_offices(name, letter.facts)
    return Wanted(setting_up.set_up_of(name, offices, "", letter.counter), letter.code, key)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError:
        raise FileUnreadable(file.name) from None
    if len(data) > LARGEST_FILE:
        raise SetUpFileUnfit(file.name, f"is larger than {LARGEST_FILE >> 20} MB")
    return data


def demand_compared(name: str, wanted: Wanted, fingerprint: str) -> None:
    """Somebody compared the key that signed a file. ``FingerprintMissing``, ``SetUpFileForeign``."""
    if not wanted.company_key:
        return
    if not fingerprint.strip():
        raise FingerprintMissing(setup_files.fingerprint(wanted.company_key))
    if not setup_files.same_fingerprint(fingerprint, wanted.company_key):
        raise SetUpFileForeign(name)
