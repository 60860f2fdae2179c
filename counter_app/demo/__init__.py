"""The demo office: an invented zone made at run time, the same for the same seed and day.

Its history at this counter is made by calling the desk with past times, so it is made of real entries.
"""

from collections.abc import Callable
from pathlib import Path

from counter_app.demo.make import make, numbers
from counter_app.demo.staff import CASHIER, PASSWORD
from counter_app.words.say import Language

__all__ = ["CASHIER", "PASSWORD", "headless", "make", "numbers", "two_headless", "two_with_windows"]


def two_headless(
    folder: Path, out: Path | None, consumers: int, seed: int, language: Language, *, as_json: bool
) -> int:
    """Let two offices and a bot work under a centre in ``folder`` and see each other. The exit code."""
    from counter_app.demo import offices_walk

    return offices_walk.headless(folder, out, consumers, seed, language, as_json=as_json)


def two_with_windows(
    folder: Path, window: Callable[[Path], int], consumers: int, seed: int, language: Language
) -> int:
    """Open a window on each of two offices in ``folder``, with centre and bot beside. The exit code."""
    from counter_app.demo import offices

    return offices.with_windows(folder, window, consumers, seed, language)


def headless(
    folder: Path, out: Path | None, consumers: int, seed: int, language: Language, *, as_json: bool
) -> int:
    """Walk through the main job at the demo office in ``folder``; papers land in ``out``. The exit code."""
    # The window needs only who signs in; the walk brings the PDF library with it.
    from counter_app.demo import walk

    return walk.headless(folder, out, consumers, seed, language, as_json=as_json)
