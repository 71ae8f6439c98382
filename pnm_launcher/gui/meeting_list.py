"""The list of meetings: pinned ones first, what is on now, and a menu for each."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QVBoxLayout, QWidget

from .meeting_model import Entry, Index, MeetingModel
from .meeting_painter import MeetingPainter
from .parts import label
from .texts import tr


class MeetingList(QWidget):
    """Filtered by words; an empty list says what belongs there.

    Attributes:
        chosen: the id of the meeting to show.
        activated: Enter or a double click on a meeting: join it.
        both_requested, pin_toggled, duplicated, handed_on, deleted: what its menu says, with the meeting's id.
    """

    chosen = Signal(str)
    activated = Signal(str)
    both_requested = Signal(str)
    pin_toggled = Signal(str)
    duplicated = Signal(str)
    handed_on = Signal(str)
    deleted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = MeetingModel()
        self._searching = False
        self._selected = ""
        self.view = self._list()
        self._empty = label("", "muted", wrap=True)
        self._empty.setContentsMargins(12, 8, 12, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)

    def _list(self) -> QListView:
        view = QListView()
        view.setObjectName("Meetings")
        view.setAccessibleName(tr("Meetings"))
        view.setModel(self._model)
        view.setItemDelegate(MeetingPainter(view))
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.activated.connect(lambda index: self._with(index, self.activated))
        view.selectionModel().currentChanged.connect(lambda index, _: self._with(index, self.chosen))
        delete = QAction(tr("Delete"), view)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(lambda: self._with(view.currentIndex(), self.deleted))
        view.addAction(delete)
        return view

    def _with(self, index: Index, signal: SignalInstance) -> None:
        entry = self._model.entry(index)
        if entry:
            signal.emit(entry.meeting.id)

    def set_entries(self, entries: tuple[Entry, ...], selected: str) -> None:
        """Show these meetings; the one with the id `selected` is chosen without announcing it."""
        self._selected = selected
        self._change(lambda: self._model.set_entries(entries))

    def search(self, words: str) -> None:
        self._searching = bool(words.strip())
        self._change(lambda: self._model.set_words(words))

    def _change(self, change: Callable[[], None]) -> None:
        """Change the rows and choose the chosen meeting again, without announcing it."""
        chooser = self.view.selectionModel()
        chooser.blockSignals(True)
        change()
        index = self._model.index_of(self._selected)
        if index.isValid() and index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
        chooser.blockSignals(False)
        self.view.viewport().update()
        self._show_empty()

    def _show_empty(self) -> None:
        self._empty.setVisible(self._model.rowCount() == 0)
        teach = tr("Your meetings will be listed here. Make the first one with “New meeting”.")
        self._empty.setText(tr("No meeting has these words.") if self._searching else teach)

    def _menu(self, place: QPoint) -> None:
        entry = self._model.entry(self.view.indexAt(place))
        if entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        meeting_id = entry.meeting.id
        for text, signal in (
            (tr("Join"), self.activated),
            (tr("Join in both roles, side by side"), self.both_requested),
            (tr("Unpin") if entry.meeting.pinned else tr("Pin to the top"), self.pin_toggled),
            (tr("Duplicate"), self.duplicated),
            (tr("Save as a file for others…"), self.handed_on),
            (tr("Delete"), self.deleted),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, signal=signal: signal.emit(meeting_id))
        menu.popup(self.view.viewport().mapToGlobal(place))
