"""The journal as a file for an auditor, its second file beside it; also out of a damaged book."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.refusals import FileThere, FileUnwritable, StoreDamaged
from counter_app.store import journal
from counter_app.store.anchor import anchor_bytes
from counter_app.store.book import Book
from counter_app.whole_file import UNFINISHED, WholeFile

_SPOILT_TOGETHER = 500
"""Entries asked for one by one after a place that cannot be read; then pages again."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written and where, and the SHA-256 of the journal's bytes in hex. ``anchor`` is None when the
    counter has no second file; ``unreadable`` counts the entries that a damaged disk does not give back.
    """

    file: Path
    anchor: Path | None
    sha256: str
    entries: int
    unreadable: int


def unnoted(_: Exported) -> None:
    """Where nothing can be noted, or nothing need be."""


def export_journal(book: Book, file: Path | None, note: Callable[[Exported], None] = unnoted) -> Exported:
    """Write the journal and a copy of the second file; without ``file`` under a name of its own, here.

    ``note`` is called when all is written and nothing has its name yet. ``FileThere`` when something of
    that name is there already, ``FileUnwritable`` when the folder takes nothing, ``StoreDamaged`` when not
    even the number of entries can be read. The file is there whole or not at all, and only its owner may
    read it: it holds what people said in the clear.
    """
    second = anchor_bytes(book.folder)
    with book.reading() as connection:
        last = journal.count(connection)
        first = journal.first_line(connection)
    if file is None:
        ours = f"journal-{book.device.hex[:8]}-"
        for left in Path().glob(f"{ours}*{UNFINISHED}"):  # by a run that was killed, under another number
            left.unlink()
        file = Path(f"{ours}{last}.jsonl")
    anchor = file.with_suffix(".anchor")
    for name in (file, anchor):
        if name.exists():
            raise FileThere(str(name))
    lines = _Lines(book, first, last)
    try:
        with ExitStack() as opened:
            files = [opened.enter_context(WholeFile(file))]
            for line in lines:
                files[0].write(line)
            if second is not None:
                files.append(opened.enter_context(WholeFile(anchor)))
                files[1].write(second)
            beside = anchor if second is not None else None
            made = Exported(file, beside, files[0].sha256, lines.entries, lines.unreadable)
            note(made)
            for one in files:
                one.keep()
    except OSError as fault:
        raise FileUnwritable(str(file)) from fault
    return made


class _Lines:
    """The lines of the export up to the row ``last``; counts what could be read and what could not."""

    def __init__(self, book: Book, first: bytes, last: int) -> None:
        self._book, self._first, self._last = book, first, last
        self.entries = self.unreadable = 0

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        done = 0
        while done < self._last:
            try:
                with self._book.reading() as connection:
                    for number, entry in journal.numbered(connection, done, self._last):
                        self.entries += 1
                        yield journal.line(entry)
                        done = number
                return
            except StoreDamaged:
                yield from self._one_by_one(done)
                done += _SPOILT_TOGETHER

    def _one_by_one(self, done: int) -> Iterator[bytes]:
        """The rows after one, each through a connection of its own: a spoilt page spoils a connection."""
        for number in range(done, min(done + _SPOILT_TOGETHER, self._last)):
            try:
                with self._book.reading() as connection:
                    found = list(journal.numbered(connection, number, number + 1))
            except StoreDamaged:
                self.unreadable += 1
                continue
            for _, entry in found:
                self.entries += 1
                yield journal.line(entry)
