"""What the window may ask for where there are no records yet."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.checkup import Finding
from counter_app.domain.setting_up import Made, Wanted
from counter_app.words.say import Both, Language

Restore = Callable[[Path, str, tuple[str, str], tuple[str, ...], Language], tuple[Both, ...]]


class FirstRun(NamedTuple):
    """The first six wait for disks and lines, and belong in the background; the last two begin something.

    ``check`` looks at this PC; ``demand_keyring`` refuses where no counter's keys can be kept; ``read`` reads
    a set-up file, for an office and counter where it has several; ``certificate`` reads the text of a
    certificate's file; ``make`` makes the counter; ``restore`` puts a copy back: its place, the recovery
    code, code and password of who does it, the last papers' numbers.
    ``begin`` opens what was made, with words to be shown there; ``look_around`` the demo office.
    """

    check: Callable[[], tuple[Finding, ...]]
    demand_keyring: Callable[[], object]
    read: Callable[[Path, str, int | None], Wanted]
    certificate: Callable[[str], str]
    make: Callable[[Wanted], Made]
    restore: Restore
    begin: Callable[[tuple[Both, ...]], None]
    look_around: Callable[[], None]
