"""Processes beside this one that end with it, however it ends."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

FAREWELL_S = 15.0


def start(work: Callable[..., int | None], *arguments: object) -> BaseProcess:
    """Begin work in a process of its own; what it gives is how the process ends."""
    process = multiprocessing.get_context("spawn").Process(target=_tied, args=(work, arguments))
    process.start()
    return process


def end(process: BaseProcess) -> None:
    """Ask it to end, and wait for that; by force when it does not."""
    process.terminate()
    process.join(FAREWELL_S)
    if process.is_alive():
        process.kill()
        process.join()


def _tied(work: Callable[..., int | None], arguments: tuple[object, ...]) -> None:
    # Ctrl+C reaches all of them at once: whoever began this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    raise SystemExit(work(*arguments))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
