"""``counter-app backup`` and ``restore``: copies of the data in other places, and one of them put back."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from counter_app import __version__
from counter_app.desk import backups, sign_in
from counter_app.desk.backups import Outcome
from counter_app.desk.desk import Desk
from counter_app.desk.rules import rules_of
from counter_app.domain.backup_refusals import BackupPlacesMissing, BackupStopped, NumbersUnsure
from counter_app.domain.numbering import Serials, Series, given_out, in_order
from counter_app.domain.refusals import OfficeMissing
from counter_app.exchange import typed_secret
from counter_app.progress import Progress, stoppable
from counter_app.store import backup, centre, journal, keys, replacing, restoring
from counter_app.store.book import Book
from counter_app.store.keys import Keys
from counter_app.store.lock import InstanceLock
from counter_app.store.restoring import Remains
from counter_app.sync.rounds import greet, once
from counter_app.words.amounts import number
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, Language, both, say


def back_up(folder: Path, to: Sequence[Path], language: Language, *, as_json: bool) -> int:
    """Make and prove a copy in each place, the chosen ones unless others are named; also beside the window.

    0 when all were made, else 1. ``OfficeMissing``, ``BackupPlacesMissing``; ``BackupStopped`` by Ctrl+C: the
    unfinished copy is taken away, what lay there before stays.
    """
    if not Book.exists(folder):
        raise OfficeMissing
    opened = Book.open(folder, keys.keys_of(folder), program=__version__, now=_now(), reading_only=True)
    with closing(opened) as book:
        with book.reading() as connection:
            places = tuple(to) or backup.places(connection)
        if not places:
            raise BackupPlacesMissing
        outcomes = _watched(book, places, language)
    ok = all(one.made for one in outcomes)
    if as_json:
        print(json.dumps({"ok": ok, "copies": list(map(_as_json, outcomes))}, ensure_ascii=False))
    else:
        _tell(_outcomes(outcomes, language))
    return 0 if ok else 1


def _watched(book: Book, places: Sequence[Path], language: Language) -> tuple[Outcome, ...]:
    """The copies, told of on a terminal. Ctrl+C is heard between two steps: in the midst of one it would look
    like damage.
    """
    progress = Progress(language)

    def watch(done: int, pages: int) -> None:
        text = N_("{percent} % copied, {left} left. Ctrl+C stops it.")
        if done == pages:
            text = N_("Copied; it is being checked. Ctrl+C stops it.")
        progress.show(done / pages, text)
        if stopped.is_set():
            raise BackupStopped

    with stoppable(progress) as stopped:
        return backup.back_up_everywhere(book, places, _now(), watch)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: which copy and its entries, those that came back from elsewhere, whether numbers go
    on above a gap, whether the centre was heard, where the files lie that were there before, and how long
    all of it took.
    """

    file: Path
    entries: int
    brought_back: int
    gap: bool
    centre: bool
    replaced: Path | None = None
    seconds: float = 0.0


def restore(
    folder: Path, place: Path, code: str, papers: Sequence[str], language: Language, *, as_json: bool
) -> int:
    """The command: put a copy in the place of records, as ``put_back`` does; secrets are asked for."""
    copies = restoring.copies_at(place)
    secrets = keys.known_keys(folder)
    if secrets is None:
        restoring.sealed_beside(copies[0])
        asked = say(N_("Recovery code: "), language)
        secrets = restoring.keys_by_code(copies[0], typed_secret(asked))
    password = typed_secret(say(N_("Password of {code}: "), language, code=code))
    made = put_back(folder, copies, secrets, (code, password), papers)
    if as_json:
        kept = str(made.replaced) if made.replaced else None
        told = asdict(made) | {"file": str(made.file), "replaced": kept}
        print(json.dumps({"ok": True, **told}, ensure_ascii=False))
    else:
        _tell(_told(made, language))
    return 0


def put_back(
    folder: Path, copies: Sequence[Path], secrets: Keys, who: tuple[str, str], papers: Sequence[str]
) -> Restored:
    """Put the newest whole copy in the place of records that are lost or damaged; it only goes forward.

    ``who``, code and password, signs in against the copy. Refuses as ``restoring`` does, with
    ``RecordsWhole``, ``BackupForeign``, ``NumbersUnsure``, ``AlreadyRunning``; nothing is changed then.
    """
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    lock = InstanceLock(folder)
    try:
        replacing.finish(folder)
        file, staged = restoring.stage_newest(folder, copies, secrets)
        made = _brought_up(folder, staged, file, secrets, who, papers)
        kept = replacing.replace(folder, _now())
    finally:
        replacing.clear(folder / replacing.STAGE)
        lock.release()
    _pull(folder, secrets)
    return replace(made, replaced=kept, seconds=round(time.monotonic() - began, 1))


def put_back_told(
    folder: Path, place: Path, recovery: str, who: tuple[str, str], papers: Sequence[str], language: Language
) -> tuple[Both, ...]:
    """The same where nobody is at a terminal: ``recovery`` is the code that opens the keys beside the copies;
    empty: this PC has the keys. What was put back, in sentences. ``RecoveryKeysMissing``,
    ``RecoveryCodeWrong``.
    """
    copies = restoring.copies_at(place)
    known = None if recovery else keys.known_keys(folder)
    secrets = known or restoring.keys_by_code(copies[0], recovery)
    return tuple(_told(put_back(folder, copies, secrets, who, papers), language))


def _brought_up(
    folder: Path, staged: Path, file: Path, secrets: Keys, who: tuple[str, str], papers: Sequence[str]
) -> Restored:
    """The staged copy with all that can still be had; signed for by somebody who may."""
    remains = Remains(folder, secrets, __version__, _now())
    opened = Book.open(staged, secrets, program=__version__, now=_now(), reason="restored")
    with closing(remains), closing(opened) as book:
        remains.demand_damage(file, book.public_key)
        with book.reading() as connection:
            head, entries, at = journal.head(connection), journal.count(connection), centre.centre(connection)
        back = restoring.bring_back(book, remains.entries_after(head))
        desk = Desk(book, rules_of(book), book.office)
        session = sign_in.sign_in(desk, *who, uuid4(), _now())
        heard = at is not None and greet(book, at, __version__, _now)
        typed = in_order(given_out(papers, desk.office.code, desk.office.counter)) if papers else None
        told = [one for one in (restoring.known_serials(folder), remains.serials(), typed) if one]
        if not (told or heard):
            raise NumbersUnsure
        highest = tuple(max(numbers) for numbers in zip(*told, _NONE, strict=True))
        gap = backups.declare_gap(desk, session, uuid4(), highest, _now())
        sign_in.sign_out(desk, session, uuid4(), _now())
        if book.office.demo:
            keys.keep_demo_keys(folder, secrets)
        else:
            keys.keep_office_keys(folder, secrets)
    return Restored(file, entries, back, gap, heard)


_NONE: Serials = (0,) * len(Series)


def _pull(folder: Path, secrets: Keys) -> None:
    """Read at once what the centre has told since the copy; without it that comes with the next contact."""
    with closing(Book.open(folder, secrets, program=__version__, now=_now())) as book:
        with book.reading() as connection:
            at = centre.centre(connection)
        if at is not None:
            once(book, at, __version__, _now)


def _as_json(outcome: Outcome) -> dict[str, object]:
    made, refusal = outcome.made, outcome.refusal
    return {
        "place": str(outcome.place),
        "file": made.name if made else None,
        "entries": made.entries if made else None,
        "refused": type(refusal).__name__ if refusal else None,
    }


def _outcomes(outcomes: Sequence[Outcome], language: Language) -> Iterator[Both]:
    for one in outcomes:
        if one.made:
            facts = {"file": one.place / one.made.name, "entries": number(one.made.entries)}
            yield both(N_("Copied and checked: {file}, entries {entries}"), language, **facts)
        elif one.refusal:
            yield sentence(one.refusal, language)


def _told(made: Restored, language: Language) -> Iterator[Both]:
    yield both(
        N_("Put back from {file}: entries {entries}, in {seconds} s"), language,
        file=made.file.name, entries=number(made.entries), seconds=made.seconds,
    )  # fmt: skip
    if made.brought_back:
        count = number(made.brought_back)
        yield both(N_("Came back beside it: entries {count}"), language, count=count)
    if made.gap:
        yield both(N_("Numbers go on above those that were given out since; the journal says so."), language)
    if not made.centre:
        yield both(N_("The centre was not heard; what it knows comes with the next contact."), language)
    if made.replaced:
        yield both(N_("What was there before is kept in {folder}"), language, folder=made.replaced)


def _tell(lines: Iterator[Both]) -> None:
    for line in lines:
        print("\n    ".join(part for part in line if part))


def _now() -> datetime:
    return datetime.now(UTC)
