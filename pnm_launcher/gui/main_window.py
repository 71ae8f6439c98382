"""The main window: meetings on the left, the chosen one's form in the middle, one big Join."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from .banner import Banner
from .parts import button, label
from .sidebar import Sidebar
from .texts import tr
from .welcome import WelcomePage

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent

    from pnm_launcher.meetings import Meeting


class MainWindow(QMainWindow):
    """Shows and asks; what it means is decided by `Shelf` and `Desk`, which are connected to its signals.

    Attributes:
        join_requested: "window", "browser" or "copy".
        title_edited: the meeting's title as typed.
        closing: the window closes, unless somebody sets `stays` then.
    """

    join_requested = Signal(str)
    cancel_requested = Signal()
    title_edited = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("plugNmeet Launcher"))
        self.stays = False
        self.setMinimumSize(QSize(720, 520))
        self.resize(1280, 800)
        self.sidebar = Sidebar()
        self.banner = Banner()
        self._form_place = QStackedWidget()
        self._title = QLineEdit()
        self._place = label("", "muted")
        self._pill = QFrame()
        self._pill_text = label("")
        self._status = label("", "muted", wrap=True)
        self.join = button(tr("Join"), "primary", name="join")
        self.in_browser = button(tr("Open in browser"), name="open-in-browser")
        self.copy_link = button(tr("Copy link…"), name="copy-link")
        self.cancel = button(tr("Cancel"), name="cancel")
        self._bar = [self.cancel, self.copy_link, self.in_browser, self.join]
        self._nothing = label(tr("Choose a meeting on the left, or make a new one."), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QStackedWidget()
        self._stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        empty, page = QWidget(), QWidget()
        self._empty_layout, self._layout = QVBoxLayout(empty), QVBoxLayout(page)
        for layout in (self._empty_layout, self._layout):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._empty_layout.addWidget(self._nothing, 1)
        self._layout.addWidget(self._head())
        self._layout.addWidget(self._form_place, 1)
        self._layout.addWidget(self.banner)
        self._layout.addWidget(self._join_bar())
        self._content.addWidget(empty)
        self._content.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.sidebar)
        splitter.addWidget(self._content)
        splitter.setSizes([280, 1000])
        splitter.setStretchFactor(1, 1)
        self.sidebar.setMinimumWidth(200)
        self._stack.addWidget(splitter)
        self.setCentralWidget(self._stack)

    def _head(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("Page")
        self._title.setProperty("look", "title")
        self._title.setObjectName("title")
        self._title.setMaxLength(120)
        self._title.setAccessibleName(tr("Title of the meeting"))
        self._title.setPlaceholderText(tr("Title of the meeting"))
        self._title.textEdited.connect(self.title_edited)
        self._pill.setObjectName("Pill")
        inside = QHBoxLayout(self._pill)
        inside.setContentsMargins(14, 5, 14, 5)
        inside.addWidget(self._pill_text)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._place)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(28, 16, 28, 10)
        layout.addLayout(texts, 1)
        layout.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _join_bar(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("JoinBar")
        layout = self._bar_layout = QHBoxLayout(frame)
        layout.setContentsMargins(28, 12, 28, 12)
        layout.setSpacing(10)
        layout.addWidget(self._status, 1)
        for widget in self._bar:
            layout.addWidget(widget)
        self.cancel.hide()
        self.join.setDefault(True)
        self.join.clicked.connect(lambda: self.join_requested.emit("window"))
        self.in_browser.clicked.connect(lambda: self.join_requested.emit("browser"))
        self.copy_link.clicked.connect(lambda: self.join_requested.emit("copy"))
        self.cancel.clicked.connect(self.cancel_requested)
        return frame

    def add_keys(self) -> None:
        """The keys for the whole window, named in the buttons' tooltips."""
        from PySide6.QtGui import QKeySequence, QShortcut  # not needed before the first paint

        join = QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return)
        for keys, action in (
            (join, self.join.click),
            (QKeySequence(QKeySequence.StandardKey.Find), self.sidebar.focus_search),
            (QKeySequence(QKeySequence.StandardKey.New), self.sidebar.new.click),
            (QKeySequence(QKeySequence.StandardKey.Quit), self.close),
        ):
            QShortcut(keys, self).activated.connect(action)
        self.join.setToolTip(join.toString(QKeySequence.SequenceFormat.NativeText))

    def fill(self, form: QWidget) -> None:
        """Put the meeting's form into its place: it is made after the window has been painted for the first time."""
        self._form_place.addWidget(form)
        self.put_buttons_last()

    def add_beside_join(self, made: QPushButton) -> None:
        """Another door of the meeting, left of Join."""
        self._bar_layout.insertWidget(self._bar_layout.indexOf(self.join), made)
        self._bar.insert(-1, made)
        self.put_buttons_last()

    def put_buttons_last(self) -> None:
        """For the Tab key: whatever is made after them comes behind them otherwise, the form above all."""
        last = self.previousInFocusChain()
        while last and (last in self._bar or last.focusPolicy() == Qt.FocusPolicy.NoFocus):
            last = last.previousInFocusChain()
        for each in self._bar:
            if last:
                self.setTabOrder(last, each)
            last = each

    @cached_property
    def welcome(self) -> WelcomePage:
        """Made when it is shown, or after the first paint."""
        page = WelcomePage()
        self._stack.addWidget(page)
        return page

    def show_welcome(self) -> None:
        self._stack.setCurrentWidget(self.welcome)
        self._move_banner(self.welcome.below)

    def show_workspace(self) -> None:
        self._stack.setCurrentIndex(0)

    def show_meeting(self, meeting: Meeting | None, place: str) -> None:
        """Show a meeting's head, or the hint to choose one."""
        self._stack.setCurrentIndex(0)
        self._content.setCurrentIndex(1 if meeting else 0)
        self._move_banner(self._layout if meeting else self._empty_layout)
        if meeting is None:
            return
        if self._title.text() != meeting.title:
            self._title.setText(meeting.title)
        self._place.setText(place)

    def _move_banner(self, layout: QVBoxLayout) -> None:
        """One banner, on whichever page is shown; above the buttons where there are some."""
        if layout.indexOf(self.banner) < 0:
            layout.insertWidget(min(2, layout.count()), self.banner)

    def show_room(self, words: str) -> None:
        """The state of the room in words, "" while nothing is known."""
        self._pill.setVisible(bool(words))
        self._pill_text.setText(words)

    def show_status(self, words: str) -> None:
        self._status.setText(words)

    def status(self) -> str:
        return self._status.text()

    def show_busy(self, words: str) -> None:
        """While something is under way the buttons wait, and Cancel is there."""
        self.show_status(words)
        for widget in self._bar:
            widget.setEnabled(widget is self.cancel or not words)
        self.cancel.setVisible(bool(words))

    def come_forward(self) -> None:
        """In front of the other windows, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def focus_first(self) -> None:
        """Give the keyboard to what the user most likely wants."""
        (self.join if self.join.isVisible() else self.welcome.practice).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_title(self) -> None:
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.selectAll()

    def restore_place(self, settings: QSettings) -> None:
        geometry = settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def save_place(self, settings: QSettings) -> None:
        settings.setValue("geometry", self.saveGeometry())

    def closeEvent(self, event: QCloseEvent, /) -> None:
        self.stays = False
        self.closing.emit()
        event.setAccepted(not self.stays)
