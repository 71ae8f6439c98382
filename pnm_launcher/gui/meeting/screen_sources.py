"""What may be shared, as the chooser lists it: titles made safe, our own windows marked, pictures, and a search."""

import re

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QWidget

from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain

from .screen_pictures import Pictures

Index = QModelIndex | QPersistentModelIndex


class Sources(QSortFilterProxyModel):
    """The engine's list of screens or of windows, without the chooser itself, in its order."""

    def __init__(self, source: QAbstractItemModel, pictures: Pictures, chooser: QWidget, *, screens: bool) -> None:
        super().__init__(chooser)
        self._pictures, self._chooser, self._screens, self._words = pictures, chooser, screens, list[str]()
        self.setSourceModel(source)
        pictures.changed.connect(self._pictures_changed)

    def search(self, text: str) -> None:
        """Show only what has all of these words in its title."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange(self.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index, /) -> bool:
        title = self._title(row)
        if title == self._chooser.windowTitle():
            return False
        return all(word in title.casefold() for word in self._words)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        row = self.mapToSource(index).row() if index.isValid() else -1
        if row < 0 or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
                                   Qt.ItemDataRole.DecorationRole):  # fmt: skip
            return None
        title = self._title(row)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(row, title)
        return self._screen_name(title) if self._screens else _named(title)

    def _screen_name(self, title: str) -> str:
        """The engine names screens in English, whatever the language: “Entire screen”, or “Screen 1” and so on."""
        if self.sourceModel().rowCount() == 1:
            return tr("Entire screen")
        number = re.fullmatch(r"Screen (\d{1,3})", title)
        return tr("Screen {number}").format(number=number[1]) if number else plain(title, 120)

    def _title(self, row: int) -> str:
        return str(self.sourceModel().index(row, 0).data() or "")

    def _picture(self, row: int, title: str) -> object:
        if self._screens:
            return self._pictures.of_screen(row)
        return self._pictures.of_window((title, sum(self._title(above) == title for above in range(row))))

    def _pictures_changed(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DecorationRole])


def _named(title: str) -> str:
    shown = plain(title, 120)
    if shown and any(title == window.windowTitle() for window in QApplication.topLevelWidgets()):
        return tr("{title} (this program)").format(title=shown)
    return shown
