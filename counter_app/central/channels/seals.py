"""The seal of the channels: one secret in a file that gateways have and the database has not.

From it follows the key of each channel at each office, so that all gateways sign as the same one.
"""

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.company import private_key
from counter_app.central.database import Transaction
from counter_app.central.tables import facts
from counter_app.domain.central_refusals import ChannelSealOther
from counter_app.domain.channel import Channel

_FACT = "channel_seal"
_KEPT = select(facts.c.value).where(facts.c.name == _FACT)
_KEEP = insert(facts).values(name=_FACT, value=bindparam("value"))
_KEEP = _KEEP.on_conflict_do_update(index_elements=["name"], set_={"value": _KEEP.excluded.value})
_KEY_BYTES = 32


class Seal:
    """The seal, read. Keys are worked out once."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.key = lru_cache(maxsize=8192)(self._key)

    def _key(self, office: str, channel: Channel) -> Ed25519PrivateKey:
        """The key by which a channel signs what it records at an office."""
        return Ed25519PrivateKey.from_private_bytes(self._drawn(f"counter channel\0{office}\0{channel}"))

    def device(self, office: str, channel: Channel) -> tuple[UUID, bytes]:
        """Who the channel is in its entries there, and its public key."""
        public = self.key(office, channel).public_key().public_bytes_raw()
        return UUID(bytes=hashlib.sha256(public).digest()[:16]), public

    def mac(self, message: bytes) -> bytes:
        """What stands for a message that is not kept; without the seal nobody can try what it was."""
        return hmac.digest(self._secret, b"counter channel request\0" + message, "sha256")

    def _drawn(self, what: str) -> bytes:
        return HKDF(SHA256(), _KEY_BYTES, None, what.encode()).derive(self._secret)


def keep_seal(transaction: Transaction, public: bytes) -> None:
    """Let channels sign by the seal with this public half from now on, and by no other."""
    transaction.do(_KEEP, {"value": public.hex()})


def read_seal(transaction: Transaction, file: Path) -> Seal:
    """The seal in a file, which must be this store's. ``FileUnreadable``, ``ChannelSealOther``."""
    key = private_key(file)
    if transaction.rows(_KEPT, {}) != [(key.public_key().public_bytes_raw().hex(),)]:
        raise ChannelSealOther(file.name)
    return Seal(key.private_bytes_raw())
