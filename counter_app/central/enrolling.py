"""Who may speak to the centre: codes that are good once, the devices they let in, and their end."""

import hashlib
import json
import re
import secrets
from uuid import UUID

from sqlalchemy import bindparam, delete, false, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.feeds import Feeds
from counter_app.central.tables import codes, devices, offices, rules
from counter_app.domain.central_refusals import (
    CounterNumberWrong,
    CounterTaken,
    DeviceNotEnrolled,
    OfficeCodeWrong,
)
from counter_app.domain.channel import MOST_WINDOWS
from counter_app.domain.numbering import CROCKFORD
from counter_app.domain.refusals import CodeNotGood
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import Item, ItemKind

GOOD_FOR_MS = 15 * 60_000
CODE_LENGTH = 12
_OFFICE_CODE = re.compile(r"[0-9A-Z]{1,12}")
_READ_AS = str.maketrans("OIL", "011")

_OPEN_OFFICE = (
    insert(offices)
    .values(office=bindparam("office"), turn=0)
    .on_conflict_do_nothing(index_elements=["office"])
    .returning(offices.c.office)
)
_RULES = select(rules.c.body).order_by(rules.c.name)
# Who gives codes out for an office does so alone.
_ALONE = select(offices.c.office).where(offices.c.office == bindparam("office")).with_for_update()
_END_UNUSED = delete(codes).where(
    codes.c.office == bindparam("office"),
    codes.c.counter == bindparam("counter"),
    codes.c.used_by.is_(None),
)
_NEW_CODE = insert(codes).values(
    code_hash=bindparam("code_hash"), office=bindparam("office"), counter=bindparam("counter"),
    until_ms=bindparam("until_ms"),
)  # fmt: skip
# Whoever changes the row first has used the code.
_USE = (
    update(codes)
    .where(
        codes.c.code_hash == bindparam("hash_of_code"),
        codes.c.used_by.is_(None),
        codes.c.until_ms >= bindparam("now_ms"),
    )
    .values(used_by=bindparam("device"))
    .returning(codes.c.office, codes.c.counter)
)
_USED = select(codes.c.office, codes.c.counter).where(
    codes.c.code_hash == bindparam("hash_of_code"), codes.c.used_by == bindparam("device")
)
_KNOWN = select(devices.c.public_key, devices.c.office, devices.c.counter, devices.c.revoked).where(
    devices.c.device == bindparam("device")
)
_LIVE = select(devices.c.device).where(
    devices.c.office == bindparam("office"),
    devices.c.counter == bindparam("counter"),
    devices.c.revoked == false(),
)
_ADMIT = insert(devices).values(
    device=bindparam("device"), public_key=bindparam("public_key"), office=bindparam("office"),
    counter=bindparam("counter"), enrolled_ms=bindparam("now_ms"), revoked=False,
)  # fmt: skip
_REVOKE = (
    update(devices)
    .where(devices.c.device == bindparam("which"), devices.c.revoked == false())
    .values(revoked=True)
    .returning(devices.c.office, devices.c.counter)
)


def new_code(
    transaction: Transaction, office: str, counter: int, now_ms: int, good_for_ms: int = GOOD_FOR_MS
) -> str:
    """A code for one counter of an office, written in groups of four; its office is opened where needed.

    An older one that nobody used is good no more: so a code that is good is for a counter that is free.
    ``OfficeCodeWrong``, ``CounterNumberWrong``, ``CounterTaken``.
    """
    if not 1 <= counter <= MOST_WINDOWS:
        raise CounterNumberWrong(MOST_WINDOWS)
    open_office(transaction, office)
    whose: dict[str, str | int] = {"office": office, "counter": counter}
    transaction.rows(_ALONE, {"office": office})
    # Waits for a device that is just being let in by the older one; only then is seen whether it was.
    transaction.do(_END_UNUSED, whose)
    live = transaction.rows(_LIVE, whose)
    if live:
        raise CounterTaken(office, counter, str(UUID(bytes=live[0][0])))
    code = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    transaction.do(_NEW_CODE, whose | {"code_hash": _hashed(code), "until_ms": now_ms + good_for_ms})
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def open_office(transaction: Transaction, office: str) -> None:
    """Let an office be there, its feed beginning with the rules in force. ``OfficeCodeWrong``."""
    if not _OFFICE_CODE.fullmatch(office):
        raise OfficeCodeWrong
    if transaction.rows(_OPEN_OFFICE, {"office": office}):
        feeds = Feeds(transaction)
        feeds.open(office)
        for (body,) in transaction.rows(_RULES, {}):
            feeds.publish(office, Item(ItemKind.RULES, body), office)
        feeds.write()


def admit(transaction: Transaction, code: str, device: UUID, public_key: bytes, now_ms: int) -> Enrolled:
    """Let a device in by a code. The same again, after a lost answer, comes to the same. ``CodeNotGood``."""
    asked = {"hash_of_code": _hashed(code), "device": device.bytes}
    known = transaction.rows(_KNOWN, {"device": device.bytes})
    if known:
        key, office, counter, revoked = known[0]
        if not transaction.rows(_USED, asked) or key != public_key or revoked:
            raise CodeNotGood
        return Enrolled(device, key, office, counter)
    used = transaction.rows(_USE, asked | {"now_ms": now_ms})
    if not used:
        raise CodeNotGood
    office, counter = used[0]
    values = {"device": device.bytes, "public_key": public_key, "office": office, "counter": counter}
    transaction.do(_ADMIT, values | {"now_ms": now_ms})
    return Enrolled(device, public_key, office, counter)


def revoke(transaction: Transaction, device: UUID) -> tuple[str, int]:
    """Trust a device no more: what it sends from now on is held, and its office hears of it.

    Gives its office and counter; ``DeviceNotEnrolled``.
    """
    revoked = transaction.rows(_REVOKE, {"which": device.bytes})
    if not revoked:
        known = transaction.rows(_KNOWN, {"device": device.bytes})
        if not known:
            raise DeviceNotEnrolled
        return known[0][1], known[0][2]
    office, counter = revoked[0]
    feeds = Feeds(transaction)
    body = json.dumps({"device": str(device), "counter": counter}, separators=(",", ":"))
    feeds.publish(office, Item(ItemKind.REVOKE, body.encode()), office)
    feeds.write()
    return office, counter


def _hashed(code: str) -> bytes:
    """What is kept of a code; small letters, dashes, and letters that look like digits do not matter."""
    plain = re.sub(r"[\s-]", "", code).upper().translate(_READ_AS)
    return hashlib.sha256(b"counter enrolment\0" + plain.encode()).digest()
