"""The seal of the channels: one secret in a file that gateways have and the database has not.

From it follows the key of each channel at each office, so that all gateways sign as the same one.
"""

import hashlib
import hmac
from collections.abc import Sequence
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
    """The seal, read. Keys are worked out once. ``before``: others, of which nothing is recorded any more."""

    def __init__(self, secret: bytes, before: "tuple[Seal, ...]" = ()) -> None:
        self._secret, self._before = secret, before
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

    def stands_for(self, mac: bytes, message: bytes) -> bool:
        """Whether it stands for this message, by this seal or by one before."""
        return any(hmac.compare_digest(mac, one.mac(message)) for one in (self, *self._before))

    def key_of(self, device: UUID, office: str, channel: Channel) -> Ed25519PrivateKey | None:
        """The key by which this device signs, or did; None where its seal is not here."""
        seals = (one for one in (self, *self._before) if one.device(office, channel)[0] == device)
        return next((one.key(office, channel) for one in seals), None)

    def _drawn(self, what: str) -> bytes:
        return HKDF(SHA256(), _KEY_BYTES, None, what.encode()).derive(self._secret)


def keep_seal(transaction: Transaction, public: bytes) -> None:
    """Let channels sign by the seal with this public half from now on, and by no other."""
    transaction.do(_KEEP, {"value": public.hex()})


def read_seal(transaction: Transaction, files: Sequence[Path]) -> Seal:
    """The seal in some files, the first of which must be this store's; the others are those before it.

    ``FileUnreadable``, ``ChannelSealOther``.
    """
    key, *before = map(private_key, files)
    if transaction.rows(_KEPT, {}) != [(key.public_key().public_bytes_raw().hex(),)]:
        raise ChannelSealOther(files[0].name)
    return Seal(key.private_bytes_raw(), tuple(Seal(one.private_bytes_raw()) for one in before))
