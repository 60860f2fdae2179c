"""Who may look at the overview, and for how long somebody who signed in may."""

import hashlib
import secrets

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Database, Transaction, retried
from counter_app.central.staff import read_code
from counter_app.central.tables import viewers, viewings
from counter_app.wire.passwords import fits

GOOD_FOR_S = 8 * 3600
"""A working day: then the password is asked for again."""
TOKEN_BYTES = 32

_PUT = insert(viewers).values(code=bindparam("code"), password_hash=bindparam("password_hash"))
_PUT = _PUT.on_conflict_do_update(
    index_elements=["code"], set_={"password_hash": _PUT.excluded.password_hash}
)
_HASH = select(viewers.c.password_hash).where(viewers.c.code == bindparam("code"))
_END_ALL = delete(viewings).where(viewings.c.code == bindparam("which"))
_END_OLD = delete(viewings).where(viewings.c.until_ms <= bindparam("now_ms"))
_END = delete(viewings).where(viewings.c.token_hash == bindparam("its_hash"))
_WHO = select(viewings.c.code).where(
    viewings.c.token_hash == bindparam("its_hash"), viewings.c.until_ms > bindparam("now_ms")
)


def put_viewer(transaction: Transaction, code: str, password_hash: str) -> str:
    """Let somebody look, or change the password; without one nobody signs in under the code any more. Whoever
    had signed in under it has to do so again. Gives the code. ``PersonCodeWrong``.
    """
    code = read_code(code)
    transaction.do(_PUT, {"code": code, "password_hash": password_hash})
    transaction.do(_END_ALL, {"which": code})
    return code


def sign_in(database: Database, code: str, password: str, now_ms: int) -> str | None:
    """What the browser keeps from now on, when code and password belong together. ``Unavailable``."""
    with database.view() as transaction:
        known = transaction.rows(_HASH, {"code": code})
    # Outside of any transaction: it takes long on purpose.
    if not fits(known[0][0] if known else None, password):
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    until = now_ms + GOOD_FOR_S * 1000

    def begin(transaction: Transaction) -> str | None:
        if transaction.rows(_HASH, {"code": code}) != known:
            return None
        transaction.do(_END_OLD, {"now_ms": now_ms})
        transaction.fill(viewings, [(_hashed(token), code, until)])
        return token

    return retried(database, begin)


def who(transaction: Transaction, token: str, now_ms: int) -> str | None:
    """Who looks, by what the browser keeps."""
    found = transaction.rows(_WHO, {"its_hash": _hashed(token), "now_ms": now_ms})
    return str(found[0][0]) if found else None


def sign_out(transaction: Transaction, token: str) -> None:
    """What the browser kept is good for nothing any more."""
    transaction.do(_END, {"its_hash": _hashed(token)})


def _hashed(token: str) -> bytes:
    """It is drawn at random, so a plain hash gives nothing away."""
    return hashlib.sha256(b"counter overview\0" + token.encode("utf-8", "surrogatepass")).digest()
