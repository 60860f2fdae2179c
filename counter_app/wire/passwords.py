"""Passwords as counter and centre agree on them: argon2id hashes that carry their own parameters."""

import unicodedata
from collections.abc import Iterable

LONGEST_PASSWORD = 1_000

# What is checked for a code nobody has, so that the answer takes as long. Nothing is known to fit it.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=1$lN73IqWJiQ8WisN0d8xyag$H3uY5jDbkmuvKM4Mzu7Ddk1YZDCyHrXbbApkrsolHjE"
)


def new_password_hash(password: str, own: Iterable[str]) -> str:
    """The hash of a password that somebody chose; ``own`` is what everybody knows of them: code and names.

    ``PasswordCommon`` for one that is short, or that everybody guesses.
    """
    from counter_app.domain.passwords import refuse_common
    from counter_app.resources import resource

    lines = resource("passwords", "common.txt").read_text("utf-8").splitlines()
    refuse_common(password, {word for line in lines if line[:1] != "#" for word in line.split()}, own)
    return password_hash(password)


def password_hash(password: str, *, memory_kib: int = 64 * 1024, passes: int = 3) -> str:
    """An argon2id hash that carries its parameters; 64 MiB and 3 passes unless said otherwise."""
    from argon2 import PasswordHasher

    if len(password) > LONGEST_PASSWORD:
        raise ValueError("a password longer than is ever looked at")
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1).hash(_plain(password))


def fits(known_hash: str | None, password: str) -> bool:
    """Whether a password is the one behind a hash; none or an empty one is nobody's, and takes as long."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        PasswordHasher().verify(known_hash or _NOBODYS_HASH, _plain(password[:LONGEST_PASSWORD]))
    except (InvalidHashError, VerifyMismatchError):
        return False
    return bool(known_hash) and len(password) <= LONGEST_PASSWORD


def _plain(password: str) -> bytes:
    """One spelling of the same letters, whatever the keyboard made of them."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
