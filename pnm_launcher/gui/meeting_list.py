"""The list of meetings on the left: search, pinned ones first, and what is on now."""

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QMenu, QPushButton, QVBoxLayout

from .meeting_model import Entry, Index, MeetingModel
from .meeting_painter import MeetingPainter
from .parts import button, label
from .texts import tr


class Sidebar(QFrame):
    """Search, “New meeting”, the list, and a foot that tells about the servers.

    Attributes:
        chosen: the id of the meeting to show.
        activated: Enter or a double click on a meeting: join it.
        pin_toggled, duplicated, deleted: what its menu says, with the meeting's id.
    """

    chosen = Signal(str)
    activated = Signal(str)
    new_requested = Signal()
    servers_requested = Signal()
    pin_toggled = Signal(str)
    duplicated = Signal(str)
    deleted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Sidebar")
        self._model = MeetingModel()
        self._view = self._list()
        self._search = QLineEdit()
        self._search.setObjectName("search")
        self._search.setPlaceholderText(tr("Search meetings"))
        self._search.setAccessibleName(tr("Search meetings"))
        self._search.textChanged.connect(self._searched)
        new = self._new = button(tr("+ New meeting"), name="new-meeting")
        new.setAccessibleName(tr("New meeting"))
        new.clicked.connect(self.new_requested)
        self._empty = label("", "muted", wrap=True)
        self._empty.setContentsMargins(12, 8, 12, 0)
        self._foot = QPushButton()
        self._foot.setProperty("look", "account")
        self._foot.setAutoDefault(False)
        self._foot.clicked.connect(self.servers_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self._search, new, self._empty):
            layout.addWidget(widget)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._foot)

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
        return view

    def finish(self) -> None:
        """What the first paint does not need."""
        self._search.setClearButtonEnabled(True)
        self._new.setShortcut(QKeySequence.StandardKey.New)
        delete = QAction(tr("Delete"), self._view)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(lambda: self._with(self._view.currentIndex(), self.deleted))
        self._view.addAction(delete)

    def _with(self, index: Index, signal: SignalInstance) -> None:
        entry = self._model.entry(index)
        if entry:
            signal.emit(entry.meeting.id)

    def set_entries(self, entries: tuple[Entry, ...], selected: str) -> None:
        """Show these meetings; the one with the id `selected` is chosen without announcing it."""
        chooser = self._view.selectionModel()
        chooser.blockSignals(True)
        self._model.set_entries(entries)
        index = self._model.index_of(selected)
        if index.isValid() and index != self._view.currentIndex():
            self._view.setCurrentIndex(index)
        chooser.blockSignals(False)
        self._view.viewport().update()
        self._show_empty()

    def set_foot(self, text: str, detail: str) -> None:
        self._foot.setText(f"{text}\n{detail}")
        self._foot.setAccessibleName(f"{text}. {detail}")

    def _searched(self, words: str) -> None:
        self._model.set_words(words)
        self._show_empty()

    def _show_empty(self) -> None:
        empty = self._model.rowCount() == 0
        self._empty.setVisible(empty)
        searching = bool(self._search.text().strip())
        self._empty.setText(
            tr("No meeting has these words.") if searching else tr("Your meetings will be listed here. Make the first "
                                                                    "one with “New meeting”.")
        )  # fmt: skip

    def _menu(self, place: QPoint) -> None:
        entry = self._model.entry(self._view.indexAt(place))
        if entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        meeting_id = entry.meeting.id
        for text, signal in (
            (tr("Join"), self.activated),
            (tr("Unpin") if entry.meeting.pinned else tr("Pin to the top"), self.pin_toggled),
            (tr("Duplicate"), self.duplicated),
            (tr("Delete"), self.deleted),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, signal=signal: signal.emit(meeting_id))
        menu.popup(self._view.viewport().mapToGlobal(place))

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
