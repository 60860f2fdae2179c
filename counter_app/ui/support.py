"""What the window may ask about this PC and its program while records are open."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.checkup import Finding


class Support(NamedTuple):
    """Both wait for disks, and belong in the background.

    ``check`` looks at this PC and its records; ``make_file`` makes the file for who helps from afar and tells
    where it lies.
    """

    check: Callable[[], tuple[Finding, ...]]
    make_file: Callable[[], Path]
