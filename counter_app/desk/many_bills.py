"""Many bills at one go: of the office, a feeder or a transformer, into files or to the bills' printer.

They are made bundle by bundle. A bundle is there whole or not at all; how far a run came is kept beside
half-typed work, so that it is gone on with after a stop, a closed window or a power cut.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from counter_app.desk.desk import Desk, demand, holds, recorded
from counter_app.desk.drafts import MANY_BILLS
from counter_app.domain.acts import BillsOf, BillsPrinted, Paper
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import BillsNone, FolderUnnamed, TrainingOnFiles
from counter_app.domain.money_refusals import MoneyLineWrong
from counter_app.domain.numbering import hash_letters
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import BillUnknown, ConsumerUnknown, FileUnwritable
from counter_app.domain.value import value
from counter_app.store import drafts
from counter_app.store.book import Page
from counter_app.store.finds import billed
from counter_app.store.finds.billed import Lot as Lot
from counter_app.store.finds.billed import Place
from counter_app.whole_file import UNFINISHED, WholeFile, typed_path
from counter_app.words.say import N_, Language, both

if TYPE_CHECKING:
    from counter_app.documents.page import Document, Sheet

BUNDLE = 100
"""Bills of one file, or handed to the printer together: made in 2 to 5 s, so that a stop loses little."""

LEFT_OUT_SHOWN = 20

Watch = Callable[[int, int], None]
"""Is told how many bills of how many are made; ``BillsStopped`` out of it stops the run between two."""


@value
class Run:
    """Bills that are printed together, and how far that is. ``printer`` empty: files go into ``folder``.

    ``bundles`` are made whole, with ``done`` of ``total`` bills up to ``after``; ``letters`` are those of the
    entry. ``left_out``: numbers whose bill could not be made, ``missed`` of them in all.
    """

    act: UUID
    of: BillsOf
    line: str
    printer: str
    folder: str
    language: Language
    total: int = 0
    done: int = 0
    bundles: int = 0
    missed: int = 0
    left_out: tuple[str, ...] = ()
    after: Place = Place()
    letters: str = ""
    ended: bool = False

    @property
    def file(self) -> Path:
        """The file of the next bundle."""
        of = self.line or self.of
        name = "".join(sign if sign.isalnum() else "-" for sign in of)
        return Path(self.folder) / f"bills {name} {self.letters} {self.bundles + 1:03d}.pdf"


def lots(desk: Desk, session: Session, at: datetime) -> tuple[Lot, ...]:
    """What can be printed together, the whole office first, then the feeders with their transformers."""
    demand(desk, session, Right.PRINT_MANY, at)
    with desk.book.reading() as connection:
        return billed.lots(connection)


def folder_named(typed: str) -> Path:
    """The folder that somebody typed; ``FolderUnnamed`` unless its whole path is."""
    folder = typed_path(typed)
    if not folder.is_absolute():
        raise FolderUnnamed
    return folder


def begin(desk: Desk, session: Session, run: Run, at: datetime) -> Run:
    """Record who begins to print what; nothing is recorded of its bills. ``BillsNone``, ``FolderUnnamed``,
    ``FileUnwritable``.

    The same act again goes on with what was begun; for somebody else the rest of it is an act of its own.
    """
    demand(desk, session, Right.PRINT_MANY, at)
    if run.printer and desk.office.training:
        raise TrainingOnFiles
    if not run.printer:
        _make_folder(folder_named(run.folder))
    with desk.book.writing() as page:
        total = billed.how_many(page.connection, run.of, run.line)
        if not total:
            raise BillsNone
        run = _of_whom(page, session, run)
        if recorded(page.connection, run.act, Kind.BILLS_PRINTED) is None:
            left = max(total - run.done, 0)
            begun = BillsPrinted(session.person.code, run.of, run.line, left, run.printer)
            page.record(begun, act=run.act, person=session.person.id, at=at)
        stored = recorded(page.connection, run.act, Kind.BILLS_PRINTED)
        assert stored is not None
        begun_run = replace(run, total=total, letters=hash_letters(stored[1]))
        _keep(page, begun_run, at)
    return begun_run


def _of_whom(page: Page, session: Session, run: Run) -> Run:
    """What another began is taken over under an act of its own."""
    stored = recorded(page.connection, run.act, Kind.BILLS_PRINTED)
    if stored is None:
        return run
    begun, code = stored[0], session.person.code
    assert isinstance(begun, BillsPrinted)
    if begun.code == code:
        return run
    drafts.drop(page, run.act)
    return replace(run, act=uuid5(run.act, code))


def go_on(
    desk: Desk, session: Session, run: Run, pdf: "Callable[[Document], bytes]",
    send: "Callable[[Document], object]", at: datetime, watch: Watch,
) -> Run:  # fmt: skip
    """Make the next bundle and put it out whole; how far the run is then. The last one ends it.

    ``pdf`` makes a PDF, ``send`` hands pages to the printer. What they raise, and ``FileUnwritable``, leaves
    the run where it was.
    """
    demand(desk, session, Right.PRINT_MANY, at)
    with desk.book.reading() as connection:
        found = billed.next_ones(connection, run.of, run.line, run.after, BUNDLE + 1)
    places, ended = found[:BUNDLE], len(found) <= BUNDLE
    sheets, left_out = _drawn(desk, session, run, places, at, watch)
    further = replace(
        run, done=run.done + len(places), missed=run.missed + len(left_out),
        left_out=(*run.left_out, *left_out)[:LEFT_OUT_SHOWN], after=places[-1] if places else run.after,
    )  # fmt: skip
    if sheets:
        from counter_app.documents.page import Document

        document = Document(run.file.stem, tuple(sheets), Paper.BILL, at)
        if run.printer:
            send(document)
        else:
            _write(run.file, pdf(document))
        further = replace(further, bundles=run.bundles + 1)
    with desk.book.writing() as page:
        if ended:
            drafts.drop(page, run.act)
        else:
            _keep(page, further, at)
    return replace(further, total=further.done, ended=True) if ended else further


def unfinished(desk: Desk, session: Session) -> Run | None:
    """What was begun last and is not at its end; None for who may not go on with it."""
    if not holds(desk, session, Right.PRINT_MANY):
        return None
    with desk.book.reading() as connection:
        kept = [row.body for row in drafts.kept(connection) if row.screen == MANY_BILLS]
    return msgspec.json.decode(kept[0]["run"], type=Run) if kept else None


def give_up(desk: Desk, session: Session, run: Run, at: datetime) -> None:
    """Forget what is left of a run. What was made stays, and so does the entry about it."""
    demand(desk, session, Right.PRINT_MANY, at)
    with desk.book.writing() as page:
        drafts.drop(page, run.act)
    if not run.printer:
        with suppress(OSError):  # a power cut may have left it, and the drive may be gone
            run.file.with_name(f"{run.file.name}{UNFINISHED}").unlink(missing_ok=True)


def _drawn(
    desk: Desk, session: Session, run: Run, places: tuple[Place, ...], at: datetime, watch: Watch
) -> "tuple[list[Sheet], list[str]]":
    """The pages of a bundle, and the numbers whose bill went or does not read back meanwhile."""
    from counter_app.desk import sheets  # what draws papers is large

    drawn: list[Sheet] = []
    left_out = []
    reason = " · ".join(filter(None, both(N_("Many bills {letters}"), run.language, letters=run.letters)))
    for place, one in enumerate(places):
        watch(run.done + place, run.total)
        try:
            with desk.book.reading() as connection:
                drawn += sheets.one_of_many(
                    desk, connection, session, one.consumer, reason, at, run.language
                ).sheets
        except (BillUnknown, ConsumerUnknown, MoneyLineWrong):
            left_out.append(one.consumer)
    watch(run.done + len(places), max(run.total, run.done + len(places)))
    return drawn, left_out


def _keep(page: Page, run: Run, at: datetime) -> None:
    body = {"run": msgspec.json.encode(run).decode(), "done": str(run.done), "total": str(run.total)}
    drafts.keep(page, run.act, MANY_BILLS, "", body, at)


def _make_folder(folder: Path) -> None:
    """Only the last part is made: a whole path that is missing is a drive that was pulled out."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        raise FileUnwritable(str(folder)) from fault


def _write(file: Path, data: bytes) -> None:
    try:
        with WholeFile(file) as out:
            out.write(data)
            out.keep()
    except OSError as fault:
        raise FileUnwritable(str(file)) from fault
