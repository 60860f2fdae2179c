"""What only one receiver can read: sealed to the Ed25519 key by which it is known, in the manner of age.

The key that signs is led over to X25519 (RFC 7748), agreed on with one that is drawn for each parcel, and
what comes of that enciphers piece by piece (ChaCha20-Poly1305). Each piece has its number; the last one says
that it is the last.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE = 32

_P = 2**255 - 19
_PURPOSE = b"counter parcel 1"
_LAST = 1 << 88

Agree = Callable[[bytes], bytes]
"""What a receiver's own key comes to with another one's public one, both X25519; ``SealBroken``."""


class SealBroken(Exception):
    """It was sealed to another key, or is not as it was sealed."""


def agreeing(seed: bytes) -> Agree:
    """How the owner of an Ed25519 key, by its seed, opens what is sealed to it."""
    own = X25519PrivateKey.from_private_bytes(hashlib.sha512(seed).digest()[:KEY_SIZE])

    def agree(other: bytes) -> bytes:
        try:
            return own.exchange(X25519PublicKey.from_public_bytes(other))
        except ValueError as fault:
            raise SealBroken("no key to agree with") from fault

    return agree


def sealed(pieces: Sequence[bytes], receiver: bytes, drawn: bytes, bound: bytes) -> tuple[bytes, list[bytes]]:
    """The public half of a key that was drawn (32 random bytes) for this, and the pieces as only the
    ``receiver`` (an Ed25519 public key) can read them. ``bound``: what they belong to. ``SealBroken``.
    """
    own = X25519PrivateKey.from_private_bytes(drawn)
    public = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(_montgomery(receiver)))
    except ValueError as fault:
        raise SealBroken("no key to seal to") from fault
    cipher, last = _cipher(shared, public, receiver), len(pieces) - 1
    nonces = (_nonce(number, last=number == last) for number in range(len(pieces)))
    return public, [cipher.encrypt(*one, bound) for one in zip(nonces, pieces, strict=True)]


def opened(
    pieces: Sequence[bytes], receiver: bytes, agree: Agree, public: bytes, bound: bytes
) -> Iterator[bytes]:
    """What was sealed to the ``receiver``, piece by piece. ``SealBroken``."""
    cipher, last = _cipher(agree(public), public, receiver), len(pieces) - 1
    for number, piece in enumerate(pieces):
        try:
            yield cipher.decrypt(_nonce(number, last=number == last), piece, bound)
        except InvalidTag as fault:
            raise SealBroken("not as it was sealed") from fault


def _cipher(shared: bytes, public: bytes, receiver: bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=public + receiver, info=_PURPOSE)
    return ChaCha20Poly1305(derived.derive(shared))


def _nonce(number: int, *, last: bool) -> bytes:
    return (number + (_LAST if last else 0)).to_bytes(12, "big")


def _montgomery(edwards: bytes) -> bytes:
    """The X25519 public key of an Ed25519 one: u = (1 + y) / (1 − y)."""
    y = int.from_bytes(edwards, "little") & ((1 << 255) - 1)
    if y >= _P or y == 1:
        raise SealBroken("no key to seal to")
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(KEY_SIZE, "little")
