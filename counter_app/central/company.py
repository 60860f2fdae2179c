"""What only the company itself may say: which rules hold, and what is lawfully erased.

Its key lies in a file that no gateway has. Its public half is in the store, and a counter gets it when it is
enrolled; what the key did not sign, counters do not act on.
"""

import os
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.feeds import Feeds
from counter_app.central.tables import facts, offices, rules
from counter_app.domain.central_refusals import CompanyKeyOther, CompanyKeyThere, RuleFileUnfit
from counter_app.domain.refusals import FileThere, FileUnreadable, FileUnwritable
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.resources import resource
from counter_app.wire.bodies import RULE_NAME, Rules, item

LARGEST_RULES = 48 * 1024

_FACT = "company_key"
_KEY = select(facts.c.value).where(facts.c.name == _FACT)
_KEEP_RULES = insert(rules).values(name=bindparam("name"), body=bindparam("body"))
_KEEP_RULES = _KEEP_RULES.on_conflict_do_update(
    index_elements=["name"], set_={"body": _KEEP_RULES.excluded.body}
)
_RULES = select(rules.c.body)
_OFFICES = select(offices.c.office).order_by(offices.c.office)


# -- the key ---------------------------------------------------------------------------------------


def new_key(file: Path) -> bytes:
    """Draw the company's key into a new file; its public half. ``FileThere``, ``FileUnwritable``."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise FileThere(file.name) from None
    except OSError as fault:
        raise FileUnwritable(file.name) from fault
    return key.public_key().public_bytes_raw()


def keep_key(transaction: Transaction, public: bytes) -> None:
    """Let counters that are enrolled from now on know the company by this key. ``CompanyKeyThere``."""
    known = company_key(transaction)
    if known and known != public:
        raise CompanyKeyThere
    if not known:
        transaction.fill(facts, [(_FACT, public.hex())])


def company_key(transaction: Transaction) -> bytes:
    """The public half of the company's key; empty while there is none."""
    found = transaction.rows(_KEY, {})
    return bytes.fromhex(found[0][0]) if found else b""


def private_key(file: Path) -> Ed25519PrivateKey:
    """The key in a file that ``new_key`` made. ``FileUnreadable``."""
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        raise FileUnreadable(file.name) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise FileUnreadable(file.name)
    return key


def read_key(transaction: Transaction, file: Path) -> Ed25519PrivateKey:
    """The key in a file, which must be this store's. ``FileUnreadable``, ``CompanyKeyOther``."""
    key = private_key(file)
    if key.public_key().public_bytes_raw() != company_key(transaction):
        raise CompanyKeyOther(file.name)
    return key


# -- rules -----------------------------------------------------------------------------------------


def publish_rules(transaction: Transaction, key: Ed25519PrivateKey, file: Path) -> int:
    """Sign a rule file and tell it to every office; how many they are. Refuses what counters could not read
    together with the other rules: ``RuleFileUnfit``.
    """
    name, text = file.stem, _text(file)
    if file.suffix != ".toml" or not RULE_NAME.fullmatch(name):
        raise RuleFileUnfit(file.name, "its name is not letters, digits and dashes before .toml")
    there = {path.name: path.read_text(encoding="utf-8") for path in resource("rules").glob("*.toml")}
    for (body,) in transaction.rows(_RULES, {}):
        said = msgspec.json.decode(body, type=Rules)
        there[f"{said.name}.toml"] = said.text
    try:
        lacking = read_rules(there).kinds - read_rules(there | {file.name: text}).kinds
    except (RuleFileWrong, RecursionError) as wrong:
        raise RuleFileUnfit(file.name, str(wrong)) from None
    if lacking:
        raise RuleFileUnfit(file.name, f"it leaves none of {', '.join(sorted(lacking))}")
    unsigned = Rules(name, text, "")
    told = item(Rules(name, text, key.sign(unsigned.message).hex()))
    transaction.do(_KEEP_RULES, {"name": name, "body": told.body})
    feeds = Feeds(transaction)
    hearing = [office for (office,) in transaction.rows(_OFFICES, {})]
    for office in hearing:
        feeds.publish(office, told, office)
    feeds.write()
    return len(hearing)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_RULES:
            raise RuleFileUnfit(file.name, f"it is larger than {LARGEST_RULES // 1024} KiB")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise FileUnreadable(file.name) from None
