"""A photo or scan from outside, believed only after a process of its own has taken it apart.

What comes back is a JPEG that was made anew of the pixels: no place, no time, no name, nothing hidden. A file
that breaks or holds up whoever reads it does so over there, and the window goes on.
"""

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from counter_app.domain.complaint_refusals import NoPicture
from counter_app.domain.file_refusals import FileTooLarge
from counter_app.domain.picture import LARGEST, LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS
from counter_app.domain.refusals import FileUnreadable

PATIENCE_S = 30.0
"""After which a picture counts as one that nobody can read."""

_BEGINS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
_QUALITIES = (85, 70, 55, 40)
_SMALLER = 0.75
_END_OF_JPEG, _SCAN_OF_JPEG = b"\xff\xd9", b"\xff\xda"


def read_file(path: Path) -> bytes:
    """The picture in a file, as it is kept. Blocking. ``FileUnreadable``, ``FileTooLarge``, ``NoPicture``."""
    try:
        if not path.is_file():  # a pipe nobody writes to would hold the reader for ever
            raise FileUnreadable(path.name)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise FileUnreadable(path.name) from fault
    if len(data) > LARGEST_FILE:
        raise FileTooLarge(path.name, LARGEST_FILE >> 20)
    return made_anew(data)


def made_anew(data: bytes) -> bytes:
    """The pixels of a JPEG or PNG as a JPEG of a size that is kept. Blocking. ``NoPicture``."""
    if _format(data) is None:
        raise NoPicture
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), name="picture", daemon=True)
    process.start()
    theirs.close()
    answer = b""
    try:
        with suppress(EOFError, OSError):
            ours.send_bytes(data)
            if ours.poll(PATIENCE_S):
                answer = ours.recv_bytes(LARGEST)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if not answer:
        raise NoPicture
    return answer


def _format(data: bytes) -> str | None:
    """What a file is by its beginning; None when it is nothing that is read, or a JPEG that was cut off."""
    found = next((name for begins, name in _BEGINS.items() if data.startswith(begins)), None)
    # Readers of JPEG make up what is missing; within a scan there is no such mark.
    if found == "jpeg" and data.rfind(_END_OF_JPEG) < data.rfind(_SCAN_OF_JPEG):
        return None
    return found


def _work(line: "Connection") -> None:
    """The process: one picture. Whatever goes wrong here, the line ends and nothing comes back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    data = line.recv_bytes()
    line.send_bytes(_anew(data, _format(data) or ""))


def _anew(data: bytes, kind: str) -> bytes:
    """Taken apart and put together again; empty for what is no picture or has too many pixels."""
    # Here, not above: the window's process needs none of it.
    from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
    from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

    read = QBuffer()
    read.setData(QByteArray(data))
    reader = QImageReader(read, QByteArray(kind.encode()))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return b""
    largest = QSize(LONGEST_SIDE, LONGEST_SIDE)
    if max(size.width(), size.height()) > LONGEST_SIDE:
        size = size.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        reader.setScaledSize(size)
    found = reader.read()
    if found.isNull():
        return b""
    image = QImage(found.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, found)
    painter.end()
    while True:
        for quality in _QUALITIES:
            written = QBuffer()
            writer = QImageWriter(written, QByteArray(b"jpeg"))
            writer.setQuality(quality)
            if writer.write(image) and written.size() <= LARGEST:
                return bytes(written.data().data())
        image = image.scaledToWidth(
            max(1, int(image.width() * _SMALLER)), Qt.TransformationMode.SmoothTransformation
        )
