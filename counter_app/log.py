"""The program's log: what it did and where it failed, never about whom.

A line is made of the program's own words: kinds of exceptions, places in its source, counts. An exception's
own text is left out, and what libraries say is not listened to: both may hold what somebody typed.
"""

import faulthandler
import logging
import sys
import time
import traceback
from pathlib import Path

FOLDER = "logs"
FILE = "counter.log"
LARGEST = 512 * 1024
OLDER_KEPT = 4

_log = logging.getLogger(__name__)
_log.propagate = False
_log.setLevel(logging.INFO)


def begin(folder: Path) -> None:
    """From now on, write to ``folder/logs``, at most five files of 512 KiB; beside it where that refuses."""
    # Its module reads much of the standard library: not before what nobody needs of that is put off.
    from counter_app.log_file import Rotating

    handler: logging.Handler
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        handler = Rotating(folder / FOLDER / FILE, maxBytes=LARGEST, backupCount=OLDER_KEPT, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
        if sys.stderr:
            faulthandler.enable()
    line = logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    line.converter = time.gmtime
    handler.setFormatter(line)
    _log.addHandler(handler)


def end() -> None:
    """Close the log: nothing is written any more."""
    faulthandler.disable()
    for handler in [*_log.handlers]:
        _log.removeHandler(handler)
        handler.close()


def files(folder: Path) -> tuple[Path, ...]:
    """What was written below a data folder, the newest first."""
    return tuple(sorted((folder / FOLDER).glob(f"{FILE}*")))


def note(line: str) -> None:
    """Write down what happened, in words that stand in the source and names of its classes and constants."""
    if _log.handlers:
        _log.info(line)
    elif sys.stderr:  # before the log begins, and behind its end
        sys.stderr.write(f"{line}\n")


def fault(trouble: BaseException) -> str:
    """Write down where something went wrong; the one line that may be shown."""
    frames = traceback.extract_tb(trouble.__traceback__)
    where = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    line = f"{type(trouble).__name__}{where[-1].replace('  ', ' ', 1) if where else ''}"
    note("\n".join([line, *where]))
    return line
