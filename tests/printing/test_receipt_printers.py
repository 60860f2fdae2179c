"""Receipt printers for real: the bytes that arrive are decoded into a picture and held against the page."""

import os
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from counter_app.documents.bill import bill
from counter_app.documents.page import Barcode, Box, Code, Document, Line
from counter_app.documents.receipt import receipt
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PaperTooWide, PrinterMissing, PrinterStopped
from counter_app.printing import escpos, receipt_printers
from counter_app.printing.painter import picture
from tests.documents.bills import bill_facts
from tests.documents.looking import texts
from tests.documents.papers import receipt_facts
from tests.documents.test_pages import PAPERS
from tests.printing.receipt_printer import ROW, Mood, ReceiptPrinter, running

ROLLS = {
    name: document for name, document in PAPERS.items() if all(sheet.width == 80 for sheet in document.sheets)
}
each_roll = pytest.mark.parametrize("document", ROLLS.values(), ids=ROLLS.keys())


@pytest.fixture
def printer(qtbot: QtBot) -> Iterator[ReceiptPrinter]:
    with running(ReceiptPrinter()) as printer:
        yield printer


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_printers, "_TO_ANSWER", 0.2)
    monkeypatch.setattr(receipt_printers, "PATIENCE", 2.0)


def printed(rows: bytes) -> Image.Image:
    """The paper as dots: black where there is a 1."""
    return Image.frombytes("1", (ROW * 8, len(rows) // ROW), rows).convert("L").point(lambda dot: 255 - dot)


def send(document: Document, printer: ReceiptPrinter) -> PaperState:
    return receipt_printers.send(escpos.commands(document), printer.address)


@each_roll
def test_what_comes_out_is_the_page_dot_by_dot(document: Document, printer: ReceiptPrinter) -> None:
    assert send(document, printer) is PaperState.CONFIRMED
    assert printer.faults == []
    (paper,) = printer.tray
    assert paper.whole
    made = escpos.dots(document.sheets[0])
    assert paper.lines() == bytes(made.constBits())
    black = sum(byte.bit_count() for byte in paper.lines()) / (8 * len(paper.lines()))
    assert 0.02 < black < 0.3


@each_roll
def test_the_dots_are_what_the_preview_shows(document: Document, qtbot: QtBot) -> None:
    sheet = document.sheets[0]
    shown = picture(sheet, escpos.DOTS_A_MM * 25.4)
    grey = shown.convertToFormat(shown.Format.Format_Grayscale8)
    wanted = Image.frombytes(
        "L", (grey.width(), grey.height()), bytes(grey.constBits()), "raw", "L", grey.bytesPerLine()
    ).crop((32, 0, 32 + escpos.HEAD, grey.height()))
    made = escpos.dots(sheet)
    dots = printed(bytes(made.constBits()))
    assert dots.size == wanted.size
    unlike = sum(abs(one - other) > 160 for one, other in zip(dots.tobytes(), wanted.tobytes(), strict=True))
    assert unlike == 0


@each_roll
def test_nothing_on_a_roll_depends_on_grey(document: Document) -> None:
    for item in document.sheets[0].items:
        assert not (isinstance(item, Line) and item.grey)
        assert not (isinstance(item, Box) and item.fill == "grey")
    assert min(item.size for item in texts(document.sheets[0])) >= 8


@each_roll
def test_codes_are_read_off_the_paper(document: Document, printer: ReceiptPrinter) -> None:
    send(document, printer)
    wanted = {item.text for item in document.sheets[0].items if isinstance(item, Code | Barcode)}
    white = printed(printer.tray[0].lines())
    page = Image.new("L", (white.width + 64, white.height), 255)
    page.paste(white, (32, 0))
    assert {found.text for found in zxingcpp.read_barcodes(page)} == wanted


@each_roll
def test_white_is_fed_and_not_sent(document: Document, qtbot: QtBot) -> None:
    made = escpos.commands(document)
    assert len(made) < 0.85 * escpos.dots(document.sheets[0]).sizeInBytes()
    assert bytes(8 * ROW) not in made


def test_a_page_that_no_roll_can_hold_is_refused(printer: ReceiptPrinter) -> None:
    with pytest.raises(PaperTooWide):
        send(bill(bill_facts()), printer)
    assert printer.tray == []


@pytest.mark.parametrize(
    ("mood", "why"),
    [(Mood.EMPTY, NoPaper), (Mood.OPEN, PrinterStopped), (Mood.DROPS, PrinterMissing)],
)
def test_a_printer_that_cannot_print_is_handed_nothing(
    printer: ReceiptPrinter, mood: Mood, why: type[Exception]
) -> None:
    printer.mood = mood
    with pytest.raises(why):
        send(receipt(receipt_facts()), printer)
    assert printer.tray == []


@pytest.mark.parametrize("mood", [Mood.JAM, Mood.POWER, Mood.BLIND_POWER])
def test_a_printer_that_stops_half_way_leaves_a_doubt(printer: ReceiptPrinter, mood: Mood) -> None:
    printer.mood = mood
    assert send(receipt(receipt_facts()), printer) is PaperState.UNKNOWN


def test_a_printer_that_says_nothing_is_not_believed_to_have_printed(printer: ReceiptPrinter) -> None:
    printer.mood = Mood.BLIND
    assert send(receipt(receipt_facts()), printer) is PaperState.SENT
    assert printer.tray[0].whole


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tcp://127.0.0.1:x", "/dev/usb/no-printer"])
def test_nobody_at_an_address_is_said_so(qtbot: QtBot, address: str) -> None:
    with pytest.raises(PrinterMissing):
        receipt_printers.send(escpos.commands(receipt(receipt_facts())), address)


def test_names_of_the_print_system_are_no_addresses() -> None:
    assert not any(map(receipt_printers.is_address, ("LASER", "LPT", "TM-T82", "tcp", "")))
    assert all(map(receipt_printers.is_address, ("tcp://10.0.0.9", "/dev/usb/lp0", "LPT1")))


# -- device files -------------------------------------------------------------------------------------


@contextmanager
def device(answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A device file at whose other end somebody takes everything and answers each question."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    taken: list[bytes] = []

    def take() -> None:
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:
                return
            taken.append(data)
            if answers and (b"\x10\x04" in data or data.endswith(b"\x1dr\x01")):
                os.write(ours, answers[:1] if b"\x10\x04" in data else answers[1:])

    thread = Thread(target=take, daemon=True)
    thread.start()
    try:
        yield os.ttyname(theirs), taken
    finally:
        os.close(theirs)
        thread.join()
        os.close(ours)


def test_a_device_that_answers_confirms(qtbot: QtBot) -> None:
    commands = escpos.commands(receipt(receipt_facts()))
    with device(b"\x12\x00") as (path, taken):
        assert receipt_printers.send(commands, path) is PaperState.CONFIRMED
    assert commands in b"".join(taken)


def test_a_device_that_is_silent_is_sent_to(qtbot: QtBot) -> None:
    commands = escpos.commands(receipt(receipt_facts()))
    with device(b"") as (path, taken):
        assert receipt_printers.send(commands, path) is PaperState.SENT
    assert b"".join(taken).endswith(commands)


def test_a_device_that_takes_nothing_more_leaves_a_doubt(qtbot: QtBot, tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR)
    try:
        state = receipt_printers.send(bytes(200_000), str(pipe))
    finally:
        os.close(held)
    assert state is PaperState.UNKNOWN
