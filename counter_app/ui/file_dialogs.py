"""The system's own way of choosing a file or a folder."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.words.say import Both


def choose_file(parent: QWidget, title: Both, names: str, chosen: Callable[[str], None]) -> None:
    """Ask for a file that is there; ``names``: those that are offered, as ``*.csv`` or ``CSV (*.csv)``."""
    dialog = _dialog(parent, title, names, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()


def choose_new_file(
    parent: QWidget, title: Both, names: str, proposed: str, suffix: str, chosen: Callable[[str], None]
) -> None:
    """Ask under which name to write a file; ``suffix`` (without a dot) goes behind a name that has none."""
    dialog = _dialog(parent, title, names, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(proposed)
    dialog.open()


def choose_folder(parent: QWidget, title: Both, chosen: Callable[[str], None]) -> None:
    """Ask for a folder that is there, or is made in the dialog."""
    dialog = _dialog(parent, title, "", chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()


def _dialog(parent: QWidget, title: Both, names: str, chosen: Callable[[str], None]) -> QFileDialog:
    dialog = QFileDialog(parent, title.lead)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if names:
        dialog.setNameFilter(names)
    dialog.fileSelected.connect(chosen)
    return dialog
