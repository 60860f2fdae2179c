"""Handing paper over: a folder, a print system that is asked afterwards, a printer that takes no PDF."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from tempfile import TemporaryDirectory
from threading import Thread

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from counter_app.documents.bill import bill
from counter_app.documents.page import Document
from counter_app.documents.receipt import receipt
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import NoPaper, PaperFailed, PrinterMissing, PrinterStopped, PrintFailed
from counter_app.printing import ipp, spooler
from counter_app.printing.painted import paint_on
from counter_app.printing.printers import (
    came_out,
    demand_ready,
    hindrance,
    look,
    printers,
    save,
    send,
    take_back,
)
from tests.central.gateways import until
from tests.documents.bills import bill_facts
from tests.documents.papers import receipt_facts
from tests.printing import cups, ipp_printer
from tests.printing.ipp_printer import IppPrinter, Mood

MADE = b"%PDF-1.7 a page"


@pytest.fixture
def page() -> Document:
    return receipt(receipt_facts())


def pdf(_document: Document) -> bytes:
    return MADE


@contextmanager
def itself(printer: IppPrinter) -> Iterator[None]:
    """The printer asked without anybody between."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUPS_SERVER", f"127.0.0.1:{printer.port}")
        yield


@contextmanager
def behind_cups(printer: IppPrinter) -> Iterator[None]:
    """The printer asked through CUPS."""
    with TemporaryDirectory(prefix="cups-") as folder, cups.running(Path(folder), {"LASER": printer.uri}):
        yield


@pytest.fixture(params=[itself, behind_cups])
def printer(request: pytest.FixtureRequest) -> Iterator[IppPrinter]:
    """A printer called LASER, and the print system that leads to it."""
    with ipp_printer.running(IppPrinter("LASER")) as printer, request.param(printer):
        yield printer


@pytest.fixture
def alone() -> Iterator[IppPrinter]:
    """A printer that is the print system itself."""
    with ipp_printer.running(IppPrinter("LASER")) as printer, itself(printer):
        yield printer


def test_the_printers_are_named(printer: IppPrinter) -> None:
    assert printers()[0] == "LASER"


def test_a_page_that_was_handed_over_is_asked_for(printer: IppPrinter, page: Document) -> None:
    handed = send(page, pdf, "LASER", "2214 a-sign")
    assert handed.state is PaperState.SENT
    assert ends(handed.job) is PaperState.CONFIRMED
    assert [paper.data for paper in printer.tray] == [MADE]
    assert came_out("a-sign")
    assert not came_out("another-sign")


def test_a_printer_that_is_gone_is_named(printer: IppPrinter, page: Document) -> None:
    for asked in (lambda: send(page, pdf, "OLD", "x"), lambda: demand_ready("OLD")):
        with pytest.raises(PrinterMissing) as refused:
            asked()
        assert refused.value.printer == "OLD"


def test_what_jams_comes_when_it_is_cleared(printer: IppPrinter, page: Document) -> None:
    printer.mood = Mood.JAM
    job = send(page, pdf, "LASER", "2214 a-sign").job
    assert job is not None
    until(lambda: printer.jobs)
    assert look("", job) is None
    printer.repaired()
    assert ends(job) is PaperState.CONFIRMED


def test_what_waits_can_be_taken_back_and_never_comes_out(printer: IppPrinter, page: Document) -> None:
    printer.mood = Mood.JAM
    job = send(page, pdf, "LASER", "2214 a-sign").job
    assert job is not None
    until(lambda: any(one.data for one in list(printer.jobs.values())))
    assert take_back("a-sign") is None
    assert look("", job) in (PaperState.UNKNOWN, PaperState.FAILED)
    until(lambda: all(one.state == 7 for one in list(printer.jobs.values())))
    printer.repaired()
    assert printer.tray == []


def test_what_came_out_meanwhile_is_not_printed_again(printer: IppPrinter, page: Document) -> None:
    assert ends(send(page, pdf, "LASER", "2214 a-sign").job) is PaperState.CONFIRMED
    assert take_back("a-sign") is PaperState.CONFIRMED


@pytest.mark.parametrize("mood", [Mood.TORN, Mood.FAULTY])
def test_a_page_that_tore_is_in_doubt_whatever_stands_between(
    printer: IppPrinter, page: Document, mood: Mood
) -> None:
    printer.mood = mood
    assert ends(send(page, pdf, "LASER", "2214 a-sign").job) is PaperState.UNKNOWN
    assert not came_out("a-sign")
    assert take_back("a-sign") is None


def test_a_page_that_was_tried_twice_came_out(printer: IppPrinter, page: Document) -> None:
    printer.mood = Mood.TORN
    assert ends(send(page, pdf, "LASER", "2214 a-sign").job) is PaperState.UNKNOWN
    printer.repaired()
    assert ends(send(page, pdf, "LASER", "2214 a-sign").job) is PaperState.CONFIRMED


def test_a_printer_that_forgets_its_jobs_or_is_off_proves_nothing(page: Document) -> None:
    with ExitStack() as on:
        printer = on.enter_context(ipp_printer.running(IppPrinter("LASER")))
        with behind_cups(printer):
            job = send(page, pdf, "LASER", "2214 a-sign").job
            assert ends(job) is PaperState.CONFIRMED
            printer.jobs.clear()
            assert ends(job) is PaperState.SENT
            assert take_back("a-sign") is None
            on.close()
            assert ends(job) is PaperState.SENT


class Takes(StreamRequestHandler):
    """A printer that takes bytes and never says a word."""

    def handle(self) -> None:
        self.rfile.read()


def test_a_printer_that_only_takes_bytes_proves_nothing(page: Document) -> None:
    with TCPServer(("127.0.0.1", 0), Takes) as mute, TemporaryDirectory(prefix="cups-") as folder:
        Thread(target=mute.serve_forever, daemon=True).start()
        with cups.running(Path(folder), {"ROLL": f"socket://127.0.0.1:{mute.server_address[1]}"}):
            assert ends(send(page, pdf, "ROLL", "2214 a-sign").job) is PaperState.SENT
            assert not came_out("a-sign")
        mute.shutdown()


def ends(job: int | None) -> PaperState | None:
    """What a job comes to in the end."""
    assert job is not None
    until(lambda: look("", job) is not None)
    return look("", job)


# -- what a printer says that is asked directly -------------------------------------------------------


@pytest.mark.parametrize("mood", [Mood.GARBLED, Mood.BUSY])
def test_a_printer_that_takes_no_job_is_said_so(alone: IppPrinter, page: Document, mood: Mood) -> None:
    alone.mood = mood
    with pytest.raises(PrintFailed):
        send(page, pdf, "LASER", "2214 a-sign")
    assert alone.tray == []
    assert take_back("a-sign") is None


def test_pages_that_the_power_cut_off_are_taken_back(alone: IppPrinter, page: Document) -> None:
    alone.mood = Mood.CUT_OFF
    with pytest.raises(PrintFailed):
        send(page, pdf, "LASER", "2214 a-sign")
    alone.repaired()
    assert alone.tray == []


def test_a_job_that_nobody_knows_is_in_doubt(alone: IppPrinter) -> None:
    assert look("", 999) is PaperState.UNKNOWN


@pytest.mark.parametrize(("mood", "why"), [(Mood.EMPTY, NoPaper), (Mood.JAM, PrinterStopped)])
def test_a_printer_says_what_it_waits_for(alone: IppPrinter, mood: Mood, why: type[Exception]) -> None:
    assert hindrance("LASER") is None
    alone.mood = mood
    assert isinstance(hindrance("LASER"), why)
    with pytest.raises(why):
        demand_ready("LASER")


def test_paper_is_asked_for_by_its_size_and_the_job_s_words_hold_no_name(
    alone: IppPrinter, page: Document
) -> None:
    send(page, pdf, "LASER", f"{page.title} a-sign")
    send(bill(bill_facts()), pdf, "LASER", "x")
    roll, sheet = alone.jobs.values()
    assert roll.media == f"Custom.80x{page.sheets[0].height:.1f}mm"
    assert sheet.media == "A4"
    assert roll.title == "2214-2-004187-Q7M a-sign"


def test_no_print_system_means_no_printers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: Document
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert not any(map(str.isupper, printers()))
    with pytest.raises(PrinterMissing):
        send(page, pdf, "ROLL", "x")
    assert take_back("x") is None
    assert look("", 1) is None


def test_whatever_else_answers_is_no_print_system(alone: IppPrinter) -> None:
    head = b"\x02\x00" + bytes(5) + b"\x01"
    for heard in (b"", b"HTTP", head + b"\x02", bytes(40), head + b"\x21"):
        with pytest.raises(ipp.NotIpp):
            ipp.answer(heard)
    odd = b"\x02\x00\x00\x00\x00\x00\x00\x01\x01\x02\x13" + struct.pack(">H", 1) + b"a\x00\x00\x03"
    assert ipp.answer(odd).groups == ({"a": (None,)},)


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("/run/x.sock", ipp.Place("localhost", file="/run/x.sock")),
        ("office-server", ipp.Place("office-server")),
        ("10.1.1.5:8631/version=1.1", ipp.Place("10.1.1.5", 8631)),
    ],
)
def test_the_print_system_is_where_it_is_named(
    monkeypatch: pytest.MonkeyPatch, named: str, place: ipp.Place
) -> None:
    monkeypatch.setenv("CUPS_SERVER", named)
    monkeypatch.setattr(spooler, "_SOCKETS", ())
    assert spooler.place() == place


# -- a folder -------------------------------------------------------------------------------------------


def test_a_folder_takes_whole_files_and_keeps_the_earlier_ones(tmp_path: Path, page: Document) -> None:
    folder = tmp_path / "papers"
    first, second = save(page, MADE, folder), save(page, b"%PDF other", folder)
    assert first.name == "receipt 2214-2-004187-Q7M.pdf"
    assert second.name == "receipt 2214-2-004187-Q7M (2).pdf"
    assert (first.read_bytes(), second.read_bytes()) == (MADE, b"%PDF other")
    assert sorted(folder.iterdir()) == sorted([first, second])


def test_what_a_killed_program_left_of_a_paper_goes_with_its_next_printing(
    tmp_path: Path, page: Document
) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from counter_app.whole_file import WholeFile\n"
        "file = WholeFile(Path(sys.argv[1]))\n"
        "file.write(b'%PDF half')\n"
        "os.abort()"
    )
    wanted = tmp_path / "receipt 2214-2-004187-Q7M.pdf"
    subprocess.run([sys.executable, "-c", code, wanted], check=False, capture_output=True)
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
    assert save(page, MADE, tmp_path) == wanted
    assert list(tmp_path.iterdir()) == [wanted]
    assert wanted.read_bytes() == MADE


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, page: Document) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", "utf-8")
    with pytest.raises(PaperFailed):
        save(page, MADE, blocked)


# -- a printer that takes no PDF ------------------------------------------------------------------------


def test_a_printer_that_takes_no_pdf_gets_the_page_at_its_size(
    qtbot: QtBot, tmp_path: Path, page: Document
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    paint_on(printer, page)
    pages = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(pages) == 1
    width, height = (points * 25.4 / 72 for points in pages[0].get_size())
    assert width == pytest.approx(80, abs=0.5)
    assert height == pytest.approx(page.sheets[0].height, abs=0.5)
    pages.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_begin_is_refused(qtbot: QtBot, tmp_path: Path, page: Document) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "out.pdf"))
    with pytest.raises(PrintFailed):
        paint_on(printer, page)
