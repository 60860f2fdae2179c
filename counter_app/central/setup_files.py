"""Files that set up one counter each: signed by the company, with a code that is good for days."""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.central import by_hand, company
from counter_app.central.database import Transaction
from counter_app.central.enrolling import new_code
from counter_app.central.gateway import now_ms
from counter_app.central.within import in_centre
from counter_app.domain import setting_up
from counter_app.domain.days import from_millis, in_india
from counter_app.domain.refusals import FileThere, FileUnreadable
from counter_app.domain.setup_refusals import CentreNotNamed
from counter_app.wire.setup_files import Letter, fingerprint, packed
from counter_app.words.dates import day

DAY_MS = 24 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class SetUpFile:
    """A file for one counter, until when its code is good, and the fingerprint for the letter."""

    data: bytes
    until_ms: int
    fingerprint: str


def made(
    transaction: Transaction,
    key: Ed25519PrivateKey,
    offices: Path,
    which: tuple[str, int],
    good_for_ms: int,
    now: int,
) -> SetUpFile:
    """The file for one counter; ``which``: its office and number, ``now`` in ms. ``FileUnreadable``,
    ``SetUpFileUnfit``, ``SetUpOfficeMissing``, ``CentreNotNamed``, ``CounterNumberWrong``, ``CounterTaken``.
    """
    office, counter = which
    try:
        text = offices.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise FileUnreadable(offices.name) from None
    facts = setting_up.only(offices.name, setting_up.parsed(offices.name, text), office)
    if "centre" not in facts:
        raise CentreNotNamed(offices.name)
    code = new_code(transaction, office, counter, now, good_for_ms)
    letter = Letter(dict(facts), counter, code, now + good_for_ms)
    public_key = key.public_key().public_bytes_raw()
    return SetUpFile(packed(letter, public_key, key.sign), letter.until_ms, fingerprint(public_key))


def write(
    url: str, signing: Path, offices: Path, which: tuple[str, int], days: int, out: Path, *, as_json: bool
) -> int:
    """The command: write such a file. ``CompanyKeyOther``, ``FileThere``, ``FileUnwritable``, and what
    ``made`` refuses.
    """
    if out.exists():
        raise FileThere(out.name)

    def work(transaction: Transaction) -> SetUpFile:
        key = company.read_key(transaction, signing)
        return made(transaction, key, offices, which, days * DAY_MS, now_ms())

    done = in_centre(url, work)
    by_hand.write(out, done.data)
    until = day(in_india(from_millis(done.until_ms)).date())
    facts = {"office": which[0], "counter": which[1], "until_ms": done.until_ms, "key": done.fingerprint}
    said = (
        f"{out} sets up counter {which[1]} of office {which[0]}, once, until {until}.\n"
        f"Whoever has it can be that counter: carry it like a key.\n"
        f"Send the fingerprint of the company's key in a letter of its own: {done.fingerprint}"
    )
    print(json.dumps({"ok": True, **facts}) if as_json else said)
    return 0
