"""Handing paper over: a folder, the print system's own command, a printer that takes no PDF."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from counter_app.documents.bill import bill
from counter_app.documents.page import Document
from counter_app.documents.receipt import receipt
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import PaperFailed, PrinterMissing, PrintFailed
from counter_app.printing import printers as the_printers
from counter_app.printing.painted import paint_on
from counter_app.printing.printers import printers, save, send
from tests.documents.bills import bill_facts
from tests.documents.papers import receipt_facts

MADE = b"%PDF-1.7 a page"


@pytest.fixture
def page() -> Document:
    return receipt(receipt_facts())


def command(folder: Path, name: str, body: str) -> None:
    """A program of the print system, as a script that is found first."""
    file = folder / name
    file.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nhere = pathlib.Path(__file__).parent\n{body}\n", "utf-8"
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print system with two printers that keeps what it gets."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    command(
        folder,
        "lpstat",
        "print('system default destination: ROLL' if '-d' in sys.argv else 'LASER\\nROLL')",
    )
    command(
        folder,
        "lp",
        "(here / 'words').write_text('\\n'.join(sys.argv[1:]))\n"
        "(here / 'job').write_bytes(sys.stdin.buffer.read())\n"
        "sys.exit(0 if sys.argv[2] in ('ROLL', 'LASER') else 1)",
    )
    return folder


def test_the_default_printer_comes_first(print_system: Path) -> None:
    assert printers() == ("ROLL", "LASER")


def test_no_print_system_means_no_printers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: Document
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printers() == ()
    with pytest.raises(PrinterMissing):
        send(page, MADE, "ROLL")


def test_a_page_that_was_handed_over_is_sent_and_no_more(print_system: Path, page: Document) -> None:
    assert send(page, MADE, "ROLL") is PaperState.SENT
    assert (print_system / "job").read_bytes() == MADE
    words = (print_system / "words").read_text("utf-8").splitlines()
    assert f"media=Custom.80x{page.sheets[0].height:.1f}mm" in words
    assert "2214-2-004187-Q7M" in words


def test_a_bill_asks_for_a4(print_system: Path) -> None:
    send(bill(bill_facts()), MADE, "LASER")
    assert "media=A4" in (print_system / "words").read_text("utf-8").splitlines()


def test_the_job_s_words_hold_no_name(print_system: Path, page: Document) -> None:
    send(page, MADE, "ROLL")
    words = (print_system / "words").read_text("utf-8")
    assert "सुरेश" not in words
    assert "Suresh" not in words


def test_a_printer_that_is_gone_is_named(print_system: Path, page: Document) -> None:
    with pytest.raises(PrinterMissing) as refused:
        send(page, MADE, "OLD")
    assert refused.value.printer == "OLD"


def test_a_printer_that_takes_no_job_is_said_so(print_system: Path, page: Document) -> None:
    command(print_system, "lp", "sys.exit(1)")
    with pytest.raises(PrintFailed):
        send(page, MADE, "ROLL")


def test_silence_of_the_print_system_is_not_knowing(
    print_system: Path, page: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(print_system, "lp", "sys.stdin.buffer.read()\nimport signal\nsignal.pause()")
    monkeypatch.setattr(the_printers, "PATIENCE", 1.0)
    assert send(page, MADE, "ROLL") is PaperState.UNKNOWN


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
