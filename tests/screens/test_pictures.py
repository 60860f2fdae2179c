"""Photos brought to the window: hostile files refused, clean ones made anew, seen beside the complaint."""

import os
import struct
import zlib
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints, pictures
from counter_app.domain.complaint_refusals import NoPicture
from counter_app.domain.file_refusals import FileTooLarge
from counter_app.domain.picture import LARGEST, LARGEST_FILE, LONGEST_SIDE, demand_picture
from counter_app.domain.refusals import FileUnreadable
from counter_app.ui.page import Page, Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.pages.pictures import PicturesPage
from counter_app.ui.pages.request import RequestPage
from counter_app.ui.pictures import made_anew, read_file
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, complaining, entries, faults
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import ENTER, open_complaint, open_ones, shown

INSERT = Qt.Key.Key_Insert
LONG_MS = 30_000  # a process of its own is started for each picture
PLACE = b"GPSLatitude 23.2599 N"


def encoded(image: QImage, kind: bytes) -> bytes:
    """An image as a file."""
    out = QBuffer()
    assert QImageWriter(out, QByteArray(kind)).write(image)
    return bytes(out.data().data())


def photo(width: int = 640, height: int = 480) -> QImage:
    """What a camera sees: nothing alike anywhere."""
    return QImage(Random(1).randbytes(width * height * 4), width, height, QImage.Format.Format_RGB32)


def with_place(jpeg: bytes) -> bytes:
    """The same with a block of EXIF behind its beginning, turned on its side, as telephones write it."""
    tiff = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 3, 1, 6) + b"\0\0\0\0" + PLACE
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def bomb(side: int) -> bytes:
    """A small PNG that says it is so many pixels wide and high, and is."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes((side // 8 + 1) * side))
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("kind", [b"JPEG", b"PNG"])
def test_a_photo_is_made_anew_within_its_size(kind: bytes) -> None:
    made = made_anew(encoded(photo(2000, 1000), kind))
    demand_picture(made)
    size = QImage.fromData(made).size()
    assert max(size.width(), size.height()) <= LONGEST_SIDE
    assert size.width() == 2 * size.height()
    assert len(made) <= LARGEST


def test_where_it_was_taken_is_gone_and_it_stands_upright() -> None:
    data = with_place(encoded(photo(), b"JPEG"))
    assert PLACE in data
    made = made_anew(data)
    assert PLACE not in made
    assert b"Exif" not in made
    assert QImage.fromData(made).size().toTuple() == (480, 640)


def test_hostile_files_are_refused() -> None:
    jpeg, png = (encoded(photo(), kind) for kind in (b"JPEG", b"PNG"))
    for hostile in (
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + jpeg, os.urandom(4000), bomb(20_000),
        jpeg[: len(jpeg) // 2], png[: len(png) // 2], jpeg[:20],
        b"\xff\xd8\xff" + Random(2).randbytes(3000) + b"\xff\xd9",
    ):  # fmt: skip
        with pytest.raises(NoPicture):
            made_anew(hostile)


def test_only_a_file_of_a_size_that_a_photo_has_is_read(tmp_path: Path) -> None:
    large, pipe = tmp_path / "large.jpg", tmp_path / "pipe.jpg"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    os.mkfifo(pipe)
    for path, why in (
        (large, FileTooLarge),
        (pipe, FileUnreadable),
        (tmp_path, FileUnreadable),
        (tmp_path / "none.jpg", FileUnreadable),
    ):
        with pytest.raises(why):
            read_file(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A photo in a file."""
    path = tmp_path / "खंभा.jpg"
    path.write_bytes(encoded(photo(), b"JPEG"))
    return path


def choose(page: Page, file: Path) -> None:
    """Choose a file in the dialog that the key has opened."""
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    dialog.deleteLater()


def drop(page: Page, *files: Path) -> None:
    """Drop files on the page, as a desktop does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, action, button = QPoint(20, 20), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(at, action, mime, button, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(at), action, mime, button, none))


def test_ins_brings_a_photo_into_the_complaint_and_takes_it_away(
    window: Window, qtbot: QtBot, file: Path
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    press(window, INSERT)
    choose(page, file)
    qtbot.waitUntil(lambda: bool(page._attached.content), timeout=LONG_MS)
    press(window, INSERT)
    assert not page._attached.content
    drop(page, file)
    qtbot.waitUntil(lambda: bool(page._attached.content), timeout=LONG_MS)
    assert "फोटो या स्कैन साथ में" in shown(window)
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    (kept,) = pictures.of_complaint(window.desk, window.session, one.act, NOW)
    assert kept.content == page._attached.content
    assert faults(window.desk) == ()


def test_nothing_is_recorded_while_a_photo_is_looked_at_and_a_bad_one_is_said(
    window: Window, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    before = entries(window.desk)
    none = tmp_path / "letter.jpg"
    none.write_bytes(b"\xff\xd8\xff no picture")
    drop(page, none)
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(lambda: "फोटो पढ़ी नहीं जा सकी" in shown(window), timeout=LONG_MS)
    assert (window.page(), entries(window.desk)) == (page, before)
    drop(page, file, none)
    assert not page._attached.reading, "two files are none"


def test_a_photo_that_is_still_read_never_goes_to_the_next_complaint(
    window: Window, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    page, small = open_complaint(window, qtbot), tmp_path / "small.png"
    small.write_bytes(encoded(photo(32, 24), b"PNG"))
    drop(page, file)
    page.enter(Visit())
    drop(page, small)
    qtbot.waitUntil(lambda: bool(page._attached.content), timeout=LONG_MS)
    assert QImage.fromData(page._attached.content).size().toTuple() == (32, 24)


def test_half_typed_work_keeps_its_photo(window: Window, qtbot: QtBot, file: Path) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    drop(page, file)
    qtbot.waitUntil(lambda: bool(page._attached.content), timeout=LONG_MS)
    content, half = page._attached.content, page.draft()
    assert half is not None
    draft = window.work.keep(page)
    window.home()
    window.go("complaint", Visit(draft=draft))
    again = window.page()
    assert isinstance(again, ComplaintPage)
    assert again._attached.content == content


def test_a_photo_of_the_meter_goes_with_the_reading(window: Window, qtbot: QtBot, file: Path) -> None:
    window.go("request", Visit(consumer=PLAIN))
    page = window.page()
    assert isinstance(page, RequestPage)
    qtbot.waitUntil(lambda: page._form is not None)
    type_keys(window, "61")
    drop(page, file)
    qtbot.waitUntil(lambda: bool(page._attached.content), timeout=LONG_MS)
    type_keys(window, "5000")
    press(window, ENTER)
    type_keys(window, "12/03/2026")
    for _ in range(5):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = complaints.status(window.desk, window.session, "", NOW)
    assert len(pictures.of_complaint(window.desk, window.session, one.act, NOW)) == 1


def test_the_status_says_so_and_opens_it_and_another_is_brought(
    window: Window, qtbot: QtBot, file: Path
) -> None:
    draft = complaining(PLAIN, "11", picture=made_anew(encoded(photo(), b"PNG")))
    made = complaints.register(window.desk, window.session, draft, NOW)
    window.go("status", Visit(act=made.act))
    qtbot.waitUntil(lambda: "फोटो और स्कैन: 1" in shown(window))
    type_keys(window, "/")
    page = window.page()
    assert isinstance(page, PicturesPage)
    qtbot.waitUntil(lambda: not page._view.picture.isNull(), timeout=LONG_MS)
    press(window, INSERT)
    choose(page, file)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 2, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page._view.picture.isNull() and not page.saving, timeout=LONG_MS)
    assert len(pictures.of_complaint(window.desk, window.session, made.act, NOW)) == 2
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "फोटो और स्कैन: 2" in shown(window))
