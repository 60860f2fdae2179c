"""A file that is there whole or not at all: written beside its name, flushed, then renamed."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

UNFINISHED = ".part"


class WholeFile:
    """A file being written; gone unless ``keep`` was called. OSError when it cannot be written.

    Only its owner may read it. What a killed program left unfinished under the same name goes first.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._part = path, path.with_name(f"{path.name}{UNFINISHED}")
        self._hash = hashlib.sha256()
        self._part.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(self._part, flags, 0o600), "wb")

    @property
    def sha256(self) -> str:
        """Of all that was written so far, in hex."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Some more bytes."""
        self._hash.update(data)
        self._file.write(data)

    def keep(self) -> None:
        """Let the file take its name, so that a power cut leaves this or what was there before."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.path)
        flush_folder(self.path.parent)

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk refuses what is still to be written once more
            self._file.close()
        self._part.unlink(missing_ok=True)


def typed_path(text: str) -> Path:
    """A path as somebody typed it; ``~`` is their home, where it names one."""
    typed = Path(text.strip())
    try:
        return typed.expanduser()
    except RuntimeError:  # nobody of that name
        return typed


def make_private(path: Path) -> None:
    """An empty file that only its owner may read, unless something is there; OSError when it cannot be made.

    What SQLite lays beside a database may be read by whom the database may be.
    """
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut; Windows has no such call and does not need it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
