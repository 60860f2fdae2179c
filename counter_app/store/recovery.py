"""A counter's keys sealed under a recovery code: without them no copy of its data can be read elsewhere.

The code is shown once, written down, and kept by the office; no machine keeps it. It has 125 random bits, so
it is as good as a key and is not stretched.
"""

import os
import secrets

from sqlalchemy.engine import Connection

from counter_app.domain.backup_refusals import RecoveryCodeWrong
from counter_app.domain.numbering import CROCKFORD
from counter_app.domain.text import western_digits
from counter_app.store.facts import SEALED_KEYS, fact, put_fact
from counter_app.store.keys import SIZE, Keys
from counter_app.store.page import Page

_MAGIC = b"CTRKEYS1"
_NONCE = 12
_GROUPS, _GROUP = 5, 5
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """A fresh code, like 7KQ2M-…: five groups of five letters and digits."""
    letters = [secrets.choice(CROCKFORD) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP))


def seal(keys: Keys, code: str) -> bytes:
    """The keys as bytes that only the code opens."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE)
    secret = keys.database + keys.device
    return _MAGIC + nonce + ChaCha20Poly1305(_key(code)).encrypt(nonce, secret, _MAGIC)


def unseal(sealed: bytes, code: str) -> Keys:
    """The keys again; ``RecoveryCodeWrong`` when the code, as it was typed, does not open them."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce, closed = sealed[len(_MAGIC) :][:_NONCE], sealed[len(_MAGIC) + _NONCE :]
    try:
        if not sealed.startswith(_MAGIC):
            raise RecoveryCodeWrong
        secret = ChaCha20Poly1305(_key(code)).decrypt(nonce, closed, _MAGIC)
        return Keys(secret[:SIZE], secret[SIZE:])
    except (InvalidTag, ValueError):
        raise RecoveryCodeWrong from None


def sealed_keys(connection: Connection) -> bytes | None:
    """The sealed keys that go beside every copy; None while nobody has a code."""
    return fact(connection, SEALED_KEYS)


def put_sealed_keys(page: Page, sealed: bytes) -> None:
    """From now on these go beside every copy; the code before opens only what lies there already."""
    put_fact(page.connection, SEALED_KEYS, sealed)


def _key(code: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    typed = "".join(letter for letter in western_digits(code).upper() if letter.isalnum()).translate(_MISREAD)
    return HKDF(SHA256(), 32, salt=None, info=_MAGIC).derive(typed.encode())
