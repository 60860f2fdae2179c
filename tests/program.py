"""The command ``counter-app`` as processes that begin with the program read in already.

To read it in takes a process a second; most of what tests ask of one takes less. So they are forked off
one that has done it: multiprocessing's fork server. They are processes like any other, with an input,
output and errors of their own, and are killed from outside.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

DEADLINE_S = 60
READ_IN = ["counter_app.__main__", "counter_app.central.command", "counter_app.line", "counter_app.exchange",
           "uvicorn.protocols.http.httptools_impl", "tests.offices"]  # fmt: skip

Before = Callable[[], None]

_forked = multiprocessing.get_context("forkserver")
_forked.set_forkserver_preload(READ_IN)


class Program:
    """A call that is under way; ``output`` is what it says.

    ``before``: what the process does first; where that never ends, all that it does.
    """

    def __init__(self, *words: str, typed: str = "", before: Before | None = None) -> None:
        self._files = tempfile.TemporaryDirectory()
        folder = Path(self._files.name)
        (folder / "typed").write_text(typed, encoding="utf-8")
        self._errors = folder / "errors"
        self._errors.touch()
        ours, theirs = _forked.Pipe(duplex=False)
        at = Path.cwd(), dict(os.environ), folder
        self._process = _forked.Process(target=_carry_out, args=(words, *at, theirs, before))
        self._process.start()
        theirs.close()
        with ours:
            self.output = os.fdopen(os.dup(ours.fileno()), encoding="utf-8")

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def interrupt(self) -> None:
        """As Ctrl+C does."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGINT)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    def ended(self) -> "subprocess.CompletedProcess[str]":
        """Wait for its end: how it ended, and what it still said."""
        with self._files, self.output:
            said = self.output.read()
            self._process.join(DEADLINE_S)
            errors = self._errors.read_text(encoding="utf-8", errors="replace")
            code = self._process.exitcode
        assert code is not None, "it does not end"
        return subprocess.CompletedProcess((), code, said, errors)


def called(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """Carry out one call of the command; ``typed`` comes in."""
    return Program(*words, typed=typed).ended()


def _carry_out(
    words: tuple[str, ...],
    place: Path,
    environment: dict[str, str],
    files: Path,
    output: Connection,
    before: Before | None,
) -> None:
    from counter_app.__main__ import main

    # As in a terminal: a shell that runs the tests in the background has them deaf to Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    ends = (
        os.open(files / "typed", os.O_RDONLY),
        output.fileno(),
        os.open(files / "errors", os.O_WRONLY),
    )
    for number, end in enumerate(ends):
        os.dup2(end, number)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(one, mode, encoding="utf-8") for one, mode in enumerate("rww")
    )
    if before is not None:
        before()
    output.close()
    sys.exit(main(words))
