"""One program at a time on one folder: a lock of the operating system, gone when the program is."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.refusals import AlreadyRunning, DiskFailed
from counter_app.whole_file import make_private

NAME = "counter.lock"


class InstanceLock:
    """Holds the lock of a folder from making until ``release``; ``AlreadyRunning`` when another has it."""

    def __init__(self, folder: Path) -> None:
        try:
            make_private(folder / NAME)
            self._file: BinaryIO = (folder / NAME).open("ab")
        except OSError as fault:
            raise DiskFailed from fault
        try:
            _take(self._file)
        except OSError as fault:
            self._file.close()
            raise AlreadyRunning from fault

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        self._file.close()


def _take(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
