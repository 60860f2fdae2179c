"""Requests signed by the device's key, in the manner of RFC 9421: method, path and body are covered.

Replaying one does no harm: every request of the protocol may be said twice.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from counter_app.wire.ledgers import Enrolled, Holds

WINDOW_S = 300
"""How far the time of signing may be from the centre's clock, in seconds, either way."""

_COVERED = '("@method" "@path" "content-digest")'
_PARAMS = re.compile(
    re.escape(_COVERED) + r';created=(\d{1,12});nonce="([0-9a-f]{16})";keyid="([0-9a-f-]{36})";alg="ed25519"'
)
_SIGNATURE = re.compile(r"counter=:([A-Za-z0-9+/]{86}==):")


class Unsigned(Exception):
    """A request without a signature that fits it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request's signature says: who, when (seconds UTC), with what. Not yet checked."""

    device: UUID
    created_s: int
    nonce: str
    base: bytes
    signature: bytes


def sign(
    signer: Callable[[bytes], bytes],
    device: UUID,
    method: str,
    path: str,
    body: bytes,
    created_s: int,
    nonce: int,
) -> dict[str, str]:
    """The headers to add to a request. ``nonce``: 64 random bits; ``created_s`` by the centre's clock."""
    params = f'{_COVERED};created={created_s};nonce="{nonce:016x}";keyid="{device}";alg="ed25519"'
    digest = content_digest(body)
    signature = signer(_base(method, path, digest, params))
    return {
        "Content-Digest": digest,
        "Signature-Input": f"counter={params}",
        "Signature": f"counter=:{base64.b64encode(signature).decode()}:",
    }


def content_digest(body: bytes) -> str:
    """The header that stands for a body (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def read(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Signed:
    """What a request's headers (names in lower case) say of its signature. ``Unsigned``."""
    params = headers.get("signature-input", "").removeprefix("counter=")
    said = _PARAMS.fullmatch(params)
    signature = _SIGNATURE.fullmatch(headers.get("signature", ""))
    if said is None or signature is None:
        raise Unsigned("no signature of this form")
    if headers.get("content-digest") != content_digest(body):
        raise Unsigned("the digest is not that of the body")
    try:
        device = UUID(said[3])
    except ValueError:
        raise Unsigned("no device") from None
    base = _base(method, path, headers["content-digest"], params)
    return Signed(device, int(said[1]), said[2], base, base64.b64decode(signature[1]))


def check(signed: Signed, who: Enrolled, holds: Holds) -> None:
    """``Unsigned`` unless the device's own key made the signature."""
    if signed.device != who.device or not holds(who.public_key, signed.base, signed.signature):
        raise Unsigned("not signed by this device")


def in_time(signed: Signed, now_s: int) -> bool:
    """Whether it was signed about now; if not, the answer is a refusal for the clock, with the right time."""
    return abs(signed.created_s - now_s) <= WINDOW_S


def _base(method: str, path: str, digest: str, params: str) -> bytes:
    lines = (
        f'"@method": {method}',
        f'"@path": {path}',
        f'"content-digest": {digest}',
        f'"@signature-params": {params}',
    )
    return "\n".join(lines).encode()
