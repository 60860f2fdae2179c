"""``counter-app import`` and ``post``: files of the billing side in, what the counter took out."""

import getpass
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from counter_app import __version__
from counter_app.billing.columns import read_names
from counter_app.desk import imports, posting, sign_in
from counter_app.desk.desk import Desk
from counter_app.desk.imports import Imported
from counter_app.desk.posting import PostedFile
from counter_app.desk.rules import rules_of
from counter_app.domain.acts import FileKind
from counter_app.domain.numbering import Series
from counter_app.domain.people import Session
from counter_app.domain.refusals import OfficeMissing
from counter_app.progress import Progress
from counter_app.store import keys
from counter_app.store.book import Book
from counter_app.store.finds.taken import Span
from counter_app.store.reference import MONTHS_KEPT
from counter_app.words.amounts import number, rupees
from counter_app.words.labels import file_kind
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, Language, both, say

OK, REJECTED, INTERRUPTED = 0, 1, 130


def bring_in(
    folder: Path,
    code: str,
    files: Mapping[FileKind, Path],
    columns: Path | None,
    rejects: Path | None,
    language: Language,
    *,
    as_json: bool,
) -> int:
    """Take files in; 0 when every row was taken, 1 when some were rejected, 130 when it was stopped."""
    names = read_names(columns) if columns else {}
    act, progress = uuid4(), _OfFiles(files, language)
    with at_the_desk(folder, code, language) as (desk, session):
        try:
            made = imports.take(desk, session, act, files, names, rejects, _now(), progress.show)
        except KeyboardInterrupt:
            progress.end()
            stored = imports.stored(desk, act)
            if stored is None:
                print(
                    "\n".join(filter(None, both(N_("Stopped. Nothing was changed."), language))),
                    file=sys.stderr,
                )
                return INTERRUPTED
            made = stored
        progress.end()
    rejected = sum(file.rejected for file in made.files)
    if as_json:
        told = [asdict(file) for file in made.files]
        found = {"ok": not rejected, "files": told, "too_old": made.too_old}
        print(json.dumps(found, ensure_ascii=False))
    else:
        for line in _told(made, rejects if rejected else None, language):
            _tell(line)
    return REJECTED if rejected else OK


def post_out(
    folder: Path,
    code: str,
    out: Path,
    days: tuple[date | None, date | None],
    after: Sequence[str],
    language: Language,
    *,
    as_json: bool,
) -> int:
    """Write what the counter took, of some days or after some numbers; 0 when the files are there."""
    with at_the_desk(folder, code, language) as (desk, session):
        serials = posting.after(desk, after)
        series = Series.RECEIPT, Series.COMPLAINT, Series.SLIP, None
        wanted = posting.Wanted(*(Span(*days, serials.get(one)) for one in series))
        made = posting.post(desk, session, uuid4(), out, wanted, _now())
    if as_json:
        print(json.dumps({"ok": True, "files": [asdict(file) for file in made]}, ensure_ascii=False))
    else:
        for file in made:
            _tell(_posted(file, language))
    return OK


@contextmanager
def at_the_desk(folder: Path, code: str, language: Language) -> Iterator[tuple[Desk, Session]]:
    """Somebody signed in by password at the office of a folder, signed out and closed afterwards."""
    if not Book.exists(folder):
        raise OfficeMissing
    password = typed_secret(say(N_("Password of {code}: "), language, code=code))
    book = Book.open(folder, keys.keys_of(folder), program=__version__, now=_now())
    try:
        desk = Desk(book, rules_of(book), book.office)
        session = sign_in.sign_in(desk, code, password, uuid4(), _now())
        yield desk, session
        sign_in.sign_out(desk, session, uuid4(), _now())
    finally:
        book.close()


def typed_secret(asked: str) -> str:
    """Typed without being shown, or the next line of what comes in where nobody types."""
    if sys.stdin.isatty():
        return getpass.getpass(asked)
    return sys.stdin.readline().rstrip("\r\n")


class _OfFiles:
    """How far all files together are read."""

    def __init__(self, files: Mapping[FileKind, Path], language: Language) -> None:
        self._language, self._line = language, Progress(language)
        sizes = [path.stat().st_size for path in files.values() if path.is_file()]
        self._size, self._done = max(sum(sizes), 1), dict[FileKind, int]()

    def show(self, kind: FileKind, done: int, _size: int) -> None:
        """Called after each part of a file."""
        self._done[kind] = done
        part, file = sum(self._done.values()) / self._size, file_kind(kind, self._language).lead
        self._line.show(part, N_("{file}: {percent} %, {left} left"), file=file)

    def end(self) -> None:
        """All is read, or given up."""
        self._line.end()


def _told(made: Imported, rejects: Path | None, language: Language) -> Iterator[Both]:
    for file in made.files:
        counts = {name: number(getattr(file, name)) for name in _COUNTS}
        lead, second = both(
            N_(
                "Rows read {read}: {taken} new, {changed} changed, {unchanged} unchanged, {rejected} rejected"
            ),
            language,
            **counts,
        )
        hindi, english = file_kind(file.kind, language), file_kind(file.kind, Language.ENGLISH)
        yield Both(f"{hindi.lead}: {lead}", f"{english.lead}: {second}" if second else "")
    for kind, reject in made.rejects:
        why = sentence(reject.why, language)
        where = f"{file_kind(kind, language).lead} {reject.line.number}"
        where += f", {reject.column}" if reject.column else ""
        yield Both(f"{where}: {why.lead}", why.second)
    if made.too_old:
        yield both(
            N_("Rejected because they are older than the {months} months that are kept: {count}"),
            language, months=MONTHS_KEPT, count=number(made.too_old),
        )  # fmt: skip
    if len(made.rejects) < sum(file.rejected for file in made.files) and not rejects:
        yield both(N_("These are the first. Name a file with --rejects to see all of them."), language)
    if rejects:
        yield both(N_("Rejected rows and their reasons are in {file}"), language, file=rejects)


def _posted(file: PostedFile, language: Language) -> Both:
    facts = {"file": file.name, "rows": number(file.rows), "upto": file.upto or "-"}
    if not file.amount:
        return both(N_("{file}: rows {rows}, up to {upto}"), language, **facts)
    return both(
        N_("{file}: rows {rows}, {amount}, up to {upto}"), language, amount=rupees(file.amount), **facts
    )


_COUNTS = ("read", "taken", "changed", "unchanged", "rejected")


def _tell(line: Both) -> None:
    """A line for people, the quieter one below it."""
    print("\n    ".join(part for part in line if part))


def _now() -> datetime:
    return datetime.now(UTC)
