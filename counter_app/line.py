"""The line to the centre: begun beside the window, or from the command ``counter-app sync``."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import __version__
from counter_app.domain.entry import Kind
from counter_app.domain.link import Brought, LinkState
from counter_app.domain.refusals import (
    CentreSilent,
    CertificateUnreadable,
    FileThere,
    FileUnreadable,
    FileUnwritable,
    NotEnrolled,
)
from counter_app.store import centre as store
from counter_app.store import keys
from counter_app.store.book import Book
from counter_app.store.held import held_entries
from counter_app.store.loading import percent_loaded
from counter_app.whole_file import WholeFile, typed_path
from counter_app.words.by_hand import brought_words, written_words
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, Language, both

if TYPE_CHECKING:
    from counter_app.sync.rounds import Rounds

LARGEST_CERTIFICATE = 64 * 1024


class Line:
    """Rounds that begin once the counter is enrolled. Everything here may wait: never in the UI thread."""

    def __init__(
        self, book: Book, tell: Callable[[LinkState], None], fault: Callable[[Exception], object]
    ) -> None:
        self._book, self._tell, self._fault = book, tell, fault
        self._rounds: Rounds | None = None
        self._change = threading.Lock()

    def begin(self) -> None:
        """Begin, where the counter is enrolled and has not begun yet."""
        with self._book.reading() as connection:
            at = store.centre(connection)
        if at is None:
            return
        from counter_app.sync.rounds import Rounds

        with self._change:
            if self._rounds is None:
                self._rounds = Rounds(self._book, at, __version__, now, self._tell, self._fault)
                self._rounds.start()

    def enrol(self, url: str, code: str, certificate: str) -> None:
        """Enrol at a centre and begin; ``certificate`` names a file or is empty. Refuses like ``enrol``."""
        from counter_app.sync.enrol import enrol

        enrol(self._book, url, code, certificate_for(self._book, url, certificate), now())
        self.close()
        self.begin()

    def write_out(self, file: Path) -> int:
        """Write what is unsent into a file; how many entries. Refuses like ``write_parcel``."""
        return write_parcel(self._book, file)

    def read_in(self, file: Path) -> Brought:
        """Read a file from the centre. Refuses like ``read_parcel``."""
        brought = read_parcel(self._book, file)
        self.try_now()
        return brought

    def try_now(self) -> None:
        """Try at once, whatever pause is kept."""
        with self._change:
            if self._rounds is not None:
                self._rounds.try_now()

    def close(self) -> None:
        """End the rounds."""
        with self._change:
            rounds, self._rounds = self._rounds, None
        if rounds is not None:
            rounds.stop()


def now() -> datetime:
    """The PC's clock."""
    return datetime.now(UTC)


def read_certificate(name: str) -> str:
    """A certificate's text; empty for no name. ``CertificateUnreadable``, ``FileUnreadable``."""
    if not name.strip():
        return ""
    try:
        with typed_path(name).open("rb") as file:
            text = file.read(LARGEST_CERTIFICATE + 1).decode("ascii")
    except UnicodeDecodeError:
        raise CertificateUnreadable from None
    except (OSError, ValueError) as fault:
        raise FileUnreadable(name) from fault
    if len(text) > LARGEST_CERTIFICATE or "BEGIN CERTIFICATE" not in text:
        raise CertificateUnreadable
    return text


def certificate_for(book: Book, url: str, name: str) -> str:
    """The certificate in a file; of no file, that which the set-up gave for this address. Refuses as
    ``read_certificate``.
    """
    given = read_certificate(name)
    with book.reading() as connection:
        said = store.named(connection)
    return given or (said.certificate if said is not None and said.url == url.strip() else "")


# -- by hand -------------------------------------------------------------------------------------------


def write_parcel(book: Book, file: Path) -> int:
    """Write what is unsent into a file that is carried to the centre; how many entries lie in it.

    ``NotEnrolled``, ``CompanyKeyMissing``, ``FileThere``, ``FileUnwritable``.
    """
    from counter_app.sync.by_hand import write

    if not is_parcel(file):
        raise FileThere(file.name)
    written = write(book, _enrolled(book), __version__, now())
    try:
        with WholeFile(file) as out:
            out.write(written.data)
            out.keep()
    except OSError as fault:
        raise FileUnwritable(file.name) from fault
    return written.entries


def read_parcel(book: Book, file: Path) -> Brought:
    """Read a file that came from the centre. ``NotEnrolled``, ``FileUnreadable``, ``ParcelBroken``,
    ``ParcelForeign``, ``ParcelOld``, ``CompanyKeyMissing``: nothing was changed.
    """
    from counter_app.sync.by_hand import read
    from counter_app.wire.parcels import LARGEST_PARCEL

    centre = _enrolled(book)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_PARCEL + 1)
    except OSError as fault:
        raise FileUnreadable(file.name) from fault
    return read(book, centre, __version__, file.name, data, now())


def is_parcel(file: Path) -> bool:
    """Whether there is nothing under this name, or only what was written by hand before."""
    from counter_app.wire.parcels import BEGINS

    try:
        with file.open("rb") as there:
            return there.read(len(BEGINS)) == BEGINS
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _enrolled(book: Book) -> store.Centre:
    with book.reading() as connection:
        at = store.centre(connection)
    if at is None:
        raise NotEnrolled
    return at


# -- the command -------------------------------------------------------------------------------------


def enrol(folder: Path, url: str, code: str, certificate: str, language: Language, *, as_json: bool) -> int:
    """Enrol this counter at a centre."""
    from counter_app.sync.enrol import enrol as at_centre

    book = _opened(folder)
    try:
        at = at_centre(book, url, code, certificate_for(book, url, certificate), now())
    finally:
        book.close()
    words = both(
        N_("Enrolled at {url} as counter {counter} of office {office}."),
        language, url=at.url, counter=at.counter, office=at.office,
    )  # fmt: skip
    _print({"url": at.url, "office": at.office, "counter": at.counter}, iter([words]), as_json=as_json)
    return 0


def once(folder: Path, language: Language, *, as_json: bool) -> int:
    """Send everything and read all there is, once. ``NotEnrolled``, ``CentreSilent``."""
    from counter_app.sync.rounds import once as round_trip

    book = _opened(folder)
    try:
        if not round_trip(book, _enrolled(book), __version__, now):
            raise CentreSilent
    finally:
        book.close()
    _print({}, iter([both(N_("All is sent, and all that was new is read."), language)]), as_json=as_json)
    return 0


def write_out(folder: Path, file: Path, language: Language, *, as_json: bool) -> int:
    """Write what is unsent into a file for the centre. Refuses like ``write_parcel``."""
    book = _opened(folder)
    try:
        count = write_parcel(book, file)
    finally:
        book.close()
    _print(
        {"entries": count, "file": str(file)},
        iter([written_words(count, file.name, language)]),
        as_json=as_json,
    )
    return 0


def read_in(folder: Path, file: Path, language: Language, *, as_json: bool) -> int:
    """Read a file from the centre. Refuses like ``read_parcel``."""
    book = _opened(folder)
    try:
        brought = read_parcel(book, file)
    finally:
        book.close()
    facts = {"arrived": brought.arrived, "read": brought.read}
    _print(facts, iter([brought_words(brought, language)]), as_json=as_json)
    return 0


def status(folder: Path, language: Language, *, as_json: bool) -> int:
    """How the line stands, as far as this counter knows; changes nothing, also beside the open window."""
    book = _opened(folder, reading_only=True)
    try:
        with book.reading() as connection:
            at, last = store.centre(connection), store.last_contact(connection)
            waiting, held = store.unsent(connection), held_entries(connection, book.device)
            offset, loaded = store.clock_offset(connection), percent_loaded(connection)
    finally:
        book.close()
    facts = {
        "enrolled": at is not None,
        "url": at.url if at else None,
        "last_contact": last.isoformat() if last else None,
        "clock_offset_ms": round(offset.total_seconds() * 1000) if offset is not None else None,
        "loading_percent": loaded,
        "unsent": sum(one.count for one in waiting),
        "unsent_since": min(one.oldest_at for one in waiting).isoformat() if waiting else None,
        "unsent_by_kind": {_kind(one.kind): one.count for one in waiting},
        "held": [
            {"kind": _kind(one.kind), "number": one.number, "reason": one.reason, "at": one.at.isoformat()}
            for one in held
        ],
    }
    sentences = _sentences(at, last, sum(one.count for one in waiting), len(held), loaded, language)
    _print(facts, sentences, as_json=as_json)
    return 0


def _sentences(
    at: store.Centre | None,
    last: datetime | None,
    unsent: int,
    held: int,
    loaded: int | None,
    language: Language,
) -> Iterator[Both]:
    if at is None:
        yield both(N_("This counter is not enrolled at a centre yet. Everything is kept here."), language)
    else:
        yield both(N_("Centre: {url}"), language, url=at.url)
    if last is not None:
        yield both(N_("Last contact {at}"), language, at=stamp(last))
    yield both(N_("{count} entries to be sent"), language, count=unsent)
    if held:
        yield both(N_("{count} entries held at the centre"), language, count=held)
    if loaded is not None:
        yield both(N_("{percent}% of the office's data is here"), language, percent=loaded)


def _kind(kind: int) -> str:
    """A kind's name for scripts; of a newer program, its number."""
    return Kind(kind).name.lower() if kind in set(Kind) else str(kind)


def _opened(folder: Path, *, reading_only: bool = False) -> Book:
    if not Book.exists(folder):
        raise FileUnreadable(str(folder))
    secrets = keys.demo_keys(folder) if keys.is_demo(folder) else keys.office_keys(folder)
    return Book.open(folder, secrets, program=__version__, now=now(), reading_only=reading_only)


def _print(facts: Mapping[str, object], sentences: Iterator[Both], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ok": True, **facts}, ensure_ascii=False))
        return
    for lead, second in sentences:
        print(lead)
        if second:
            print(f"    {second}")
