"""Printing by painting, the way of Windows: the printer gets the same page as the preview."""

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.documents.page import Document, Sheet
from counter_app.domain.acts import PaperState
from counter_app.domain.refusals import PrinterMissing, PrintFailed
from counter_app.printing.painter import paint
from counter_app.printing.room import Room, fitted

_FINEST = 600  # dots an inch: finer makes the job large and the page no better


def names() -> tuple[list[str], str]:
    """The installed printers, and the default one."""
    return list(QPrinterInfo.availablePrinterNames()), QPrinterInfo.defaultPrinterName()


def send(document: Document, name: str, title: str) -> PaperState:
    """Draw a document on the printer of this name; ``PrinterMissing``, ``PrintFailed``, ``PaperTooWide``.

    ``title`` is what the job is called.
    """
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise PrinterMissing(name)
    usual, widest = (
        size.size(QPageSize.Unit.Millimeter)
        for size in (info.defaultPageSize(), info.maximumPhysicalPageSize())
    )
    document = fitted(document, Room(usual.width(), usual.height(), widest.width()))
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    paint_on(printer, document)
    return PaperState.SENT


def paint_on(printer: QPrinter, document: Document) -> None:
    """Draw every sheet on a printer, without margins and without any scaling; ``PrintFailed``."""
    printer.setResolution(min(printer.resolution(), _FINEST))
    printer.setFullPage(True)
    _set_paper(printer, document.sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailed
    for number, sheet in enumerate(document.sheets):
        if number:
            _set_paper(printer, sheet)
            if not printer.newPage():
                painter.end()
                raise PrintFailed
        paint(painter, sheet, printer.resolution())
    if not painter.end():
        raise PrintFailed


def _set_paper(printer: QPrinter, sheet: Sheet) -> None:
    size = QPageSize(QSizeF(*sheet.fed), QPageSize.Unit.Millimeter)
    upright = sheet.fed == (sheet.width, sheet.height)
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    layout = QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))
    printer.setPageLayout(layout)
