"""Printers fail at a window that goes on taking money: what comes out, and what somebody is asked about.

The printers are real ones as far as the program can tell: a receipt printer at a network port, and one
behind a print system. The clerk does what the screens offer and answers by what lies in the trays. Nothing
else is ever printed, so that a receipt without a paper in the end is one that was never offered.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid4

from counter_app.desk import paper, payments, receipts
from counter_app.desk.paper import Answer
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import Refused
from counter_app.domain.ways import Way, Ways
from counter_app.printing import escpos
from counter_app.ui.paper_out import PaperOut
from tests.central.gateways import until
from tests.desk import small_office
from tests.desk.small_office import NOW, PLAIN, paying, signed_in
from tests.printing import cups, ipp_printer, receipt_printer
from tests.printing.ipp_printer import IppPrinter
from tests.printing.receipt_printer import ReceiptPrinter

LASER = "LASER"
NOBODY = "tcp://127.0.0.1:9"
OFF = "off"
TRIES = 8
_KINDS = ("roll", "roll", LASER)


class Killed(BaseException):
    """The program ends here, whatever it was about to do."""


class Fault(NamedTuple):
    """What happens to one receipt: at which printer, how that is, and where the program ends (0: nowhere)."""

    printer: str
    mood: str
    dies_at: int
    takes_over: bool


@dataclass
class Outcome:
    """What came of all faults."""

    second_originals: int = 0
    never_offered: int = 0
    asked: int = 0
    stories: list[str] = field(default_factory=list)


def faults(count: int, dice: Random, *, behind_cups: bool = False) -> list[Fault]:
    """Some faults, each kind of them early."""
    moods: dict[str, tuple[str, ...]] = {
        "roll": (*receipt_printer.Mood, OFF),
        LASER: (*ipp_printer.Mood, OFF),
    }
    kinds = (LASER,) if behind_cups else _KINDS
    every = [Fault(kind, mood, 0, takes_over=False) for kind in dict.fromkeys(kinds) for mood in moods[kind]]
    dice.shuffle(every)
    while len(every) < count:
        kind = dice.choice(kinds)
        dies_at = dice.choice((0, 0, 2, 3, 4))
        every.append(Fault(kind, dice.choice(moods[kind]), dies_at, dice.random() < 0.3 and not behind_cups))
    return every[:count]


def live_through(folder: Path, those: list[Fault], dice: Random, *, behind_cups: bool = False) -> Outcome:
    """Take a payment for each fault and print its receipt; what came of it."""
    small_office.make(folder / "office")
    with machines(folder, behind_cups=behind_cups) as (roll, laser):
        window = _Window(folder, roll, laser, dice)
        for fault in those:
            window.live_through(fault)
        window.start_again()
        window.settle_all()
        window.desk.book.close()
        return window.outcome()


@contextmanager
def machines(folder: Path, *, behind_cups: bool) -> Iterator[tuple[ReceiptPrinter, IppPrinter]]:
    """The two printers, and the print system that leads to one of them."""
    before = os.environ.get("CUPS_SERVER")
    with ExitStack() as stack:
        roll = stack.enter_context(receipt_printer.running(ReceiptPrinter()))
        laser = stack.enter_context(ipp_printer.running(IppPrinter(LASER)))
        if behind_cups:
            stack.enter_context(cups.running(folder / "cups", {LASER: laser.uri}))
        else:
            os.environ["CUPS_SERVER"] = f"127.0.0.1:{laser.port}"
        try:
            yield roll, laser
        finally:
            if before is None:
                os.environ.pop("CUPS_SERVER", None)
            else:
                os.environ["CUPS_SERVER"] = before


class _Maker:
    """Makes PDFs, unless the program ends before."""

    dies = False

    def pdf(self, document: Document) -> bytes:
        if self.dies:
            raise Killed
        return pdf(document)


class _Window:
    """The program at the window, its clerk, and what the printers gave out."""

    def __init__(self, folder: Path, roll: ReceiptPrinter, laser: IppPrinter, dice: Random) -> None:
        self._folder, self._roll, self._laser, self._dice = folder, roll, laser, dice
        self._papers: dict[UUID, tuple[bytes, bytes]] = {}
        self._originals: list[UUID] = []
        self._copies: dict[UUID, UUID] = {}
        self._asked = 0
        self._open()

    def live_through(self, fault: Fault) -> None:
        """One receipt, and what happens to it."""
        act = payments.take(self.desk, self.session, paying(PLAIN, 10_00, advance=True), NOW).act
        self._originals.append(act)
        self._set_up(fault)
        try:
            self._print(act, dies_at=fault.dies_at)
            self._maker.dies = False
            if fault.dies_at == 4:
                raise Killed
        except Killed:
            self.start_again()
        self._repair()
        if self._dice.random() < 0.7 or fault.dies_at:
            self.settle_all()

    def start_again(self) -> None:
        """The program ends and is started anew."""
        self.desk.book.close()
        self._open()

    def settle_all(self) -> None:
        """The clerk does what is offered until nothing is."""
        self._out.settle_earlier(self.desk, self.session, lambda: NOW)
        for _ in range(TRIES):
            until(lambda: not self._out.waits or self._look())
            offered = self._offered()
            doubts = paper.in_doubt(self.desk, self.session)
            if not offered and not doubts:
                return
            for row in doubts:
                self._answer(row.job)
            for job in offered:
                self._print(job)
        raise AssertionError("the same is offered for ever")

    def outcome(self) -> Outcome:
        """What lies in the trays for each receipt."""
        result = Outcome(asked=self._asked)
        for act in self._originals:
            originals = self._whole(act)
            result.second_originals += max(0, originals - 1)
            if not originals and not (act in self._copies and self._whole(self._copies[act])):
                result.never_offered += 1
                result.stories.append(str(act))
        return result

    # -- the program -----------------------------------------------------------------------------------

    def _open(self) -> None:
        self.desk = small_office.opened(self._folder / "office", NOW)
        self.session = signed_in(self.desk, at=NOW)
        self._maker = _Maker()
        self._out = PaperOut(self._maker, self._folder / "papers", Ways(Way(self._roll.address)))

    def _set_up(self, fault: Fault) -> None:
        mine = LASER if fault.printer == LASER else self._roll.address
        other = self._roll.address if fault.printer == LASER else LASER
        if fault.mood == OFF:
            mine = "a printer that is not here" if fault.printer == LASER else NOBODY
        elif fault.printer == LASER:
            self._laser.mood = ipp_printer.Mood(fault.mood)
        else:
            self._roll.mood = receipt_printer.Mood(fault.mood)
        self._out.ways = Ways(Way(mine, other if fault.takes_over else ""))
        self._maker.dies = fault.dies_at == 4

    def _print(self, job: UUID, dies_at: int = 0) -> None:
        """Put a job out, or die when the program tells the time for the so-manieth time."""
        document = paper.page_of(self.desk, self.session, job, NOW)
        dots = escpos.dots(document.sheets[0])
        self._papers[job] = pdf(document), bytes(dots.constBits())
        told = 0

        def now() -> datetime:
            nonlocal told
            told += 1
            if told == dies_at:
                raise Killed
            return NOW

        try:
            self._out.put_out(self.desk, self.session, job, now)
        except Refused:
            return

    def _look(self) -> bool:
        self._out.look(self.desk, self.session, lambda: NOW)
        return not self._out.waits

    # -- the clerk ---------------------------------------------------------------------------------------

    def _repair(self) -> None:
        self._laser.repaired()
        self._roll.mood = receipt_printer.Mood.WELL
        self._out.ways = Ways(Way(self._roll.address))

    def _offered(self) -> list[UUID]:
        """What F7 offers to print as it is: originals that never came out, and copies that were asked for."""
        return [
            row.job
            for act in self._originals
            for row in receipts.receipt(self.desk, self.session, act, NOW)[1]
            if row.state in (PaperState.WAITING, PaperState.FAILED)
        ]

    def _answer(self, job: UUID) -> None:
        """Say what lies in the tray."""
        self._asked += 1
        missing = Answer.TORN if self._torn(job) else Answer.NOT_PRINTED
        seen = Answer.COMPLETE if self._whole(job) else missing
        next_one = paper.answer(self.desk, self.session, uuid4(), job, seen, NOW)
        if next_one is not None:
            if seen is Answer.TORN:
                self._copies[job] = next_one.job
            self._print(next_one.job)

    def _whole(self, job: UUID) -> int:
        made, dots = self._papers[job]
        laser = sum(one.whole and one.data == made for one in self._laser.tray)
        return laser + sum(one.whole and one.lines() == dots for one in self._roll.tray)

    def _torn(self, job: UUID) -> bool:
        made, dots = self._papers[job]
        return any(not one.whole and one.data == made for one in self._laser.tray) or any(
            not one.whole and dots.startswith(one.lines()) for one in self._roll.tray
        )
