"""The two secrets of a counter: the key of its database and the seed of its signature."""

import json
import os
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.refusals import DemoKeyRefused, DiskFailed, KeyMissing, KeyringMissing

SIZE = 32

_FILE = "keys.json"
_SERVICE = "counter-app"
_REAL_KEYRING = 1  # below are files in the clear and the one that only fails
_NOTE = "DEMO: the keys of an invented office. A real office's keys lie in the operating system's keyring."


@dataclass(frozen=True, slots=True)
class Keys:
    """32 bytes each: the raw key of the database and the Ed25519 seed of the device. Never shown."""

    database: bytes = field(repr=False)
    device: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.database) != SIZE or len(self.device) != SIZE:
            raise ValueError("a key has 32 bytes")


def new_keys() -> Keys:
    """Two fresh random secrets."""
    return Keys(os.urandom(SIZE), os.urandom(SIZE))


def is_demo(folder: Path) -> bool:
    """Whether the keys of a demo lie in the folder."""
    return (folder / _FILE).exists()


def demo_keys(folder: Path) -> Keys:
    """The keys of a demo, from the file beside its database; made when the folder has none yet.

    ``DemoKeyRefused`` when there is a database without that file: it is somebody's real one.
    ``KeyMissing`` when the file cannot be read, ``DiskFailed`` when it cannot be written.
    """
    path = folder / _FILE
    if path.exists():
        return _read(path)
    if (folder / "counter.db").exists():
        raise DemoKeyRefused
    keys = new_keys()
    _write(path, keys)
    return keys


def keep_demo_keys(folder: Path, keys: Keys) -> None:
    """Lay the keys of a demo that is put back into its folder, unless some lie there; ``DiskFailed``."""
    if not is_demo(folder):
        _write(folder / _FILE, keys)


def demand_keyring(folder: Path) -> str:
    """The operating system's keyring opens, which may ask a person for its password; its name.

    ``KeyringMissing``.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        if backend.priority < _REAL_KEYRING:
            raise KeyringMissing
        keyring.get_password(_SERVICE, str(folder.absolute()))
    except KeyringError as fault:
        raise KeyringMissing from fault
    return backend.name


def is_locked() -> bool:
    """Whether the keyring asks a person for its password before it gives anything; nobody is asked here.

    Only the Secret Service of Linux desktops does; where it keeps nothing yet it asks for a new one.
    """
    import keyring
    from keyring.backends import SecretService

    used = keyring.get_keyring()
    return any(
        isinstance(one, SecretService.Keyring) and _locked() for one in getattr(used, "backends", [used])
    )


def keep_office_keys(folder: Path, keys: Keys) -> None:
    """Give the keys of an office that is put back to the operating system's keyring; ``KeyringMissing``."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_keyring().priority < _REAL_KEYRING:
            raise KeyringMissing
        keyring.set_password(_SERVICE, str(folder.absolute()), keys.database.hex() + keys.device.hex())
    except KeyringError as fault:
        raise KeyringMissing from fault


def forget_office_keys(folder: Path) -> None:
    """Take the keys of a folder in which no office came to be out of the keyring, where they are in it."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        keyring.delete_password(_SERVICE, str(folder.absolute()))


def known_keys(folder: Path) -> Keys | None:
    """The keys that this PC has for a folder, whether data lies in it or not; None when it has none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if is_demo(folder):
            return _read(folder / _FILE)
        stored = keyring.get_password(_SERVICE, str(folder.absolute()))
        return _split(stored) if stored else None
    except (KeyMissing, KeyringError):
        return None


def keys_of(folder: Path) -> Keys:
    """The keys of the office that lies in the folder, a demo or a real one."""
    return demo_keys(folder) if is_demo(folder) else office_keys(folder)


def office_keys(folder: Path) -> Keys:
    """The keys of a real office from the operating system's keyring; made when there is no database yet.

    ``KeyringMissing`` when there is no keyring worth the name, ``KeyMissing`` when the key of this
    database is not in it; ``DemoKeyRefused`` for the folder of a demo.
    """
    if is_demo(folder):
        raise DemoKeyRefused
    import keyring
    from keyring.errors import KeyringError

    name = str(folder.absolute())
    try:
        if keyring.get_keyring().priority < _REAL_KEYRING:
            raise KeyringMissing
        stored = keyring.get_password(_SERVICE, name)
        if stored is None:
            if (folder / "counter.db").exists():
                raise KeyMissing
            keys = new_keys()
            keyring.set_password(_SERVICE, name, keys.database.hex() + keys.device.hex())
            stored = keyring.get_password(_SERVICE, name)
    except KeyringError as fault:
        raise KeyringMissing from fault
    return _split(stored or "")


def _locked() -> bool:
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException, SecretStorageException

    try:
        with closing(secretstorage.dbus_init()) as bus:
            return secretstorage.Collection(bus).is_locked()
    except ItemNotFoundException:
        return True
    except SecretStorageException:
        return False  # it is gone meanwhile: who opens it is told


def _write(path: Path, keys: Keys) -> None:
    text = json.dumps({"note": _NOTE, "database": keys.database.hex(), "device": keys.device.hex()}, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise DiskFailed from fault


def _read(path: Path) -> Keys:
    try:
        found = json.loads(path.read_text("utf-8"))
        return _split(found["database"] + found["device"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise KeyMissing from fault


def _split(text: str) -> Keys:
    try:
        secret = bytes.fromhex(text)
        return Keys(secret[:SIZE], secret[SIZE:])
    except ValueError as fault:
        raise KeyMissing from fault
