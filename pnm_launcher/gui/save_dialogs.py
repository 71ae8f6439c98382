"""Asks where to save: a file, which the dialog itself asks about if it is there, or a folder. Neither blocks."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_Place = QStandardPaths.StandardLocation


def choose_file(parent: QWidget, title: str, name: str, kind: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """`kind` is such as `Web page (*.html)`; its ending is added to a name without one."""
    dialog = _dialog(parent, title, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, chosen: Callable[[Path], object]) -> QFileDialog:
    dialog = _dialog(parent, title, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, chosen: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(parent, title, QStandardPaths.writableLocation(_Place.DocumentsLocation))
    dialog.accepted.connect(lambda: chosen(Path(dialog.selectedFiles()[0])))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
