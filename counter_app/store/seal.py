"""The counter's signature: an Ed25519 key that stands for this device."""

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Seal:
    """Signs with the key made of a seed of 32 bytes. ``device`` follows from the public key.

    The key is made when it is first needed: nothing is signed before somebody signs in, and the
    library behind it is large.
    """

    def __init__(self, seed: bytes) -> None:
        self._seed = seed

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed)

    @cached_property
    def public_key(self) -> bytes:
        """What its signatures are checked with, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    @cached_property
    def device(self) -> UUID:
        """Who signs."""
        return device_of(self.public_key)

    def sign(self, entry_hash: bytes) -> bytes:
        """The signature of an entry's hash, 64 bytes."""
        return self._key.sign(entry_hash)

    def agree(self, other: bytes) -> bytes:
        """What opens something that was sealed to this device (``sealing``)."""
        from counter_app.wire.sealing import agreeing

        return agreeing(self._seed)(other)


class SealCheck:
    """Checks signatures of one device."""

    def __init__(self, public_key: bytes) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        self._key = Ed25519PublicKey.from_public_bytes(public_key)
        self._invalid = InvalidSignature

    def holds(self, entry_hash: bytes, signature: bytes) -> bool:
        """Whether the device signed this hash."""
        try:
            self._key.verify(signature, entry_hash)
        except self._invalid:
            return False
        return True


def key_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 key made a message's signature; False for what is no key."""
    try:
        return SealCheck(public_key).holds(message, signature)
    except ValueError:
        return False


def device_of(public_key: bytes) -> UUID:
    """The identity of a device: the first half of its public key's SHA-256."""
    return UUID(bytes=hashlib.sha256(public_key).digest()[:16])
