"""Choosing where papers go, by keys alone; the choice outlives the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import paper
from counter_app.domain.acts import Paper
from counter_app.domain.ways import Offset, Way, Ways
from counter_app.printing.worker import PaperWorker
from counter_app.store.journal import count
from counter_app.ui.pages.help import HelpPage
from counter_app.ui.pages.printers import PrintersPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.printing import ipp_printer
from tests.printing.ipp_printer import IppPrinter
from tests.screens.conftest import press, type_keys


class NoPapers:
    """A worker that is never asked."""

    def pdf(self, _document: object) -> bytes:
        raise AssertionError("nothing is printed here")


@pytest.fixture
def print_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[IppPrinter]:
    """A print system with one printer, called LASER."""
    with ipp_printer.running(IppPrinter("LASER")) as printer:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{printer.port}")
        yield printer


@pytest.fixture
def page(window: Window, qtbot: QtBot, tmp_path: Path, print_system: IppPrinter) -> PrintersPage:
    window.work.paper_out = PaperOut(NoPapers(), tmp_path, Ways())
    press(window, Qt.Key.Key_F1)
    assert isinstance(window.page(), HelpPage)
    type_keys(window, "1")
    page = window.page()
    assert isinstance(page, PrintersPage)
    qtbot.waitUntil(lambda: page._names[:2] == ("", "LASER"))
    return page


def test_a_test_page_goes_the_way_of_the_marked_kind(
    window: Window, qtbot: QtBot, page: PrintersPage, tmp_path: Path
) -> None:
    worker = PaperWorker()
    window.work.paper_out = PaperOut(worker, tmp_path / "papers", Ways())
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: (tmp_path / "papers").is_dir() and any((tmp_path / "papers").glob("*.pdf")))
    (file,) = (tmp_path / "papers").glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    with window.desk.book.reading() as connection:
        before = count(connection)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: window.ways.of(Paper.RECEIPT) == Way("LASER"))
    press(window, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: "LASER" in page._banner.accessibleName(), timeout=30_000)
    worker.close()
    with window.desk.book.reading() as connection:
        assert count(connection) == before, "it is nobody's paper"


def test_in_the_first_row_a_test_page_of_every_kind_goes_its_own_way(
    window: Window, qtbot: QtBot, page: PrintersPage, tmp_path: Path
) -> None:
    papers, worker = tmp_path / "papers", PaperWorker()
    window.work.paper_out = PaperOut(worker, papers, Ways(kinds={Paper.BILL: Way("LASER")}))
    press(window, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: "LASER" in page._banner.accessibleName(), timeout=30_000)
    worker.close()
    assert str(papers) in page._banner.accessibleName()
    names = " ".join(file.name for file in papers.glob("*.pdf"))
    assert len([*papers.iterdir()]) == len(Paper) - 1
    assert [str(kind) in names for kind in Paper] == [kind is not Paper.BILL for kind in Paper]


def test_what_came_out_is_said_beside_the_printer_that_took_nothing(
    window: Window, qtbot: QtBot, page: PrintersPage, tmp_path: Path
) -> None:
    papers, worker = tmp_path / "papers", PaperWorker()
    window.work.paper_out = PaperOut(worker, papers, Ways(kinds={Paper.BILL: Way("GONE")}))
    press(window, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: "GONE" in page._banner.accessibleName(), timeout=30_000)
    worker.close()
    assert str(papers) in page._banner.accessibleName()
    assert len([*papers.iterdir()]) == len(Paper) - 1


def test_the_key_says_what_comes_out(window: Window, page: PrintersPage) -> None:
    assert page.keys().more[-1].words.lead == "जाँच: हर कागज़"
    press(window, Qt.Key.Key_Down)
    assert page.keys().more[-1].words.lead == "जाँच पन्ना"


def test_digits_choose_a_printer_for_all_papers_and_for_a_kind(
    window: Window, qtbot: QtBot, page: PrintersPage
) -> None:
    type_keys(window, "2")
    qtbot.waitUntil(lambda: window.ways == Ways(Way("LASER")))
    assert paper.ways(window.desk) == window.ways
    press(window, Qt.Key.Key_Down)
    type_keys(window, "1")
    qtbot.waitUntil(lambda: window.ways.of(Paper.RECEIPT) == Way())
    assert window.ways.of(Paper.BILL) == Way("LASER")
    type_keys(window, "2")
    qtbot.waitUntil(lambda: not window.ways.kinds)


def test_plus_chooses_who_takes_over_and_star_the_form(
    window: Window, qtbot: QtBot, page: PrintersPage
) -> None:
    type_keys(window, "+2")
    qtbot.waitUntil(lambda: window.ways == Ways(Way(otherwise="LASER")))
    type_keys(window, "*")
    qtbot.waitUntil(lambda: window.ways.usual == Way(otherwise="LASER", form=True))
    type_keys(window, "*")
    qtbot.waitUntil(lambda: not window.ways.usual.form)


def test_an_address_and_an_offset_are_typed(window: Window, qtbot: QtBot, page: PrintersPage) -> None:
    page._address.edit.setFocus()
    type_keys(window, "192.168.1.87:9100")
    press(window, Qt.Key.Key_Return)
    address = "tcp://192.168.1.87:9100"
    qtbot.waitUntil(lambda: window.ways == Ways(Way(address)))
    page._right.put("1,5")
    page._down.put("-2")
    page._down.edit.setFocus()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ways.offset(address) == Offset(15, -20))
    assert paper.ways(window.desk) == window.ways
    page._down.put("two")
    page._down.edit.setFocus()
    press(window, Qt.Key.Key_Return)
    assert page._down.is_wrong()


def test_who_may_not_print_chooses_no_printer(window: Window, page: PrintersPage, qtbot: QtBot) -> None:
    page._down.put("40")
    page._down.edit.setFocus()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._banner.isHidden())
    assert window.ways == Ways()
