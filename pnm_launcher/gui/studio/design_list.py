"""Lists of designs and of versions, with their colours; the list of designs can be searched."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from pnm_launcher.gui.parts import label
from pnm_launcher.gui.texts import tr

from .design_model import Entry, EntryModel
from .design_painter import DesignPainter

_Select = QItemSelectionModel.SelectionFlag


class EntryView(QListView):
    """Entries to choose from, quick with hundreds of them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.entries = EntryModel()
        self.setObjectName("Designs")
        self.setAccessibleName(name)
        self.setModel(self.entries)
        self.setItemDelegate(DesignPainter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMinimumHeight(120)

    def chosen(self) -> list[str]:
        """The keys of the chosen entries, the current one first."""
        current = self.currentIndex()
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda each: (each != current, each.row()))
        return [entry.key for row in rows if (entry := self.entries.entry(row))]

    def choose(self, keys: Iterable[str]) -> None:
        """Choose the entries with these keys, the first of them as the current one."""
        indexes = [index for key in keys if (index := self.entries.index_of(key)).isValid()]
        chooser = self.selectionModel()
        chooser.clearSelection()
        for index in reversed(indexes):
            chooser.setCurrentIndex(index, _Select.Select)
        if indexes:
            self.scrollTo(indexes[0])


class DesignList(QWidget):
    """All designs by name; where the chosen one is hidden or gone, the one in its place is chosen.

    Attributes:
        changed: others are chosen now.
        used: a double click on a design.
        menu_wanted: a menu for what is chosen, at a place on the screen.
    """

    changed = Signal()
    used = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._quiet = False
        self.search = QLineEdit()
        self.search.setObjectName("search-designs")
        self.search.setPlaceholderText(tr("Search designs"))
        self.search.setAccessibleName(tr("Search designs"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.view = EntryView(tr("Designs"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._none = label(tr("No design has these words."), "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self._none)
        layout.addWidget(self.view, 1)
        self._none.hide()
        self.search.textChanged.connect(self._search)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.doubleClicked.connect(self.used)
        self.view.customContextMenuRequested.connect(self._menu)

    def set_entries(self, entries: Iterable[Entry], chosen: Iterable[str] = ()) -> None:
        """Show these, in this order; choose those with the keys `chosen`, or what was chosen before."""
        keys = list(chosen) or self.view.chosen()
        self._keep(keys, lambda: self.view.entries.set_entries(entries))

    def _search(self, words: str) -> None:
        self._keep(self.view.chosen(), lambda: self.view.entries.set_words(words))
        self.changed.emit()

    def _keep(self, keys: list[str], change: Callable[[], None]) -> None:
        self._quiet = True
        place = self.view.currentIndex().row()
        change()
        self.view.choose(keys)
        left = self.view.entries.rowCount()
        if left and not self.view.chosen():
            self.view.setCurrentIndex(self.view.entries.index(min(max(place, 0), left - 1)))
        self._quiet = False
        self._none.setVisible(bool(self.search.text().strip()) and not self.view.entries.rowCount())

    def _selected(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _menu(self, place: QPoint) -> None:
        if self.view.indexAt(place).isValid():
            self.menu_wanted.emit(self.view.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """The arrow keys lead from the search into the list."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key()
        if pressed not in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return super().eventFilter(watched, event)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.event(event)
        return True
