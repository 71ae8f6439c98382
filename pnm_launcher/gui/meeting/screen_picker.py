"""Asks which screen or window the meeting may show to the others. Nothing is shared without an answer.

While something is shared, the meeting's bar says so and has a button that stops it. QtWebEngine 6.11 offers its host
no way to end a capture, so a script of ours in the page's own world (`resources/meeting_devices.js`) follows the tracks
and ends them: the page hears what it hears from a browser, and cannot call anything of the program.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import QWebEngineDesktopMediaRequest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QStackedLayout, QVBoxLayout

from pnm_launcher.gui.parts import button, label, row
from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain

from .screen_pictures import Pictures, must_be_allowed
from .screen_sources import Sources
from .screen_tiles import Tiles

if TYPE_CHECKING:
    from .page_window import PageWindow

_SIZE: Final = QSize(760, 780)
_PORTAL_MS: Final = 1_500
_SHORT: Final = 40
_Flag = QItemSelectionModel.SelectionFlag


def pick_screen(request: QWebEngineDesktopMediaRequest, window: "PageWindow", picked: Callable[[str], object],
                cannot: Callable[[], object]) -> None:  # fmt: skip
    """Open the chooser; it answers the request, also when the window closes meanwhile.

    `picked` is told what is shared, as the end of “You are sharing”; nothing where the system asks. `cannot` is called
    where the engine has no way to share anything.
    """
    if system_asks():
        _ask_the_system(request, window, cannot)
        return
    picker = ScreenPicker(request, window)
    picker.picked.connect(picked)
    picker.open()


def system_asks() -> bool:
    """Whether the system shows its own chooser, and no program may list screens and windows: on Wayland, also for
    programs that use X11 there (the same test as in WebRTC's `DesktopCapturer::IsRunningUnderWayland`)."""
    return os.environ.get("XDG_SESSION_TYPE") == "wayland" and bool(os.environ.get("WAYLAND_DISPLAY"))


def _ask_the_system(request: QWebEngineDesktopMediaRequest, window: "PageWindow",
                    cannot: Callable[[], object]) -> None:  # fmt: skip
    """The one entry that the engine lists there opens the chooser of the desktop.

    An engine that was built without PipeWire, as that of PySide6 6.11, lists nothing there, also with an X11 display
    at hand (measured in GNOME and sway).
    """
    screens = request.screensModel()
    timeout = QTimer(window, singleShot=True, interval=_PORTAL_MS)

    def answer() -> None:
        if timeout.isActive():
            timeout.stop()
            timeout.deleteLater()
            with window.page.capturing():
                request.selectScreen(screens.index(0, 0)) if screens.rowCount() else request.cancel()

    timeout.timeout.connect(request.cancel)
    timeout.timeout.connect(cannot)
    timeout.start()
    screens.rowsInserted.connect(answer)
    if screens.rowCount():
        answer()


class ScreenPicker(QDialog):
    """Screens and windows as tiles that follow what happens on the screen, and a search.

    Attributes:
        picked: what is shared from now on, as the end of “You are sharing”.
    """

    picked = Signal(str)

    def __init__(self, request: QWebEngineDesktopMediaRequest, window: "PageWindow") -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Share your screen"))
        self._request, self._page = request, window.page
        self._pictures = Pictures(self)
        self.screens = self._tiles(tr("Screens"), request.screensModel(), screens=True)
        self.windows = self._tiles(tr("Windows"), request.windowsModel(), screens=False)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by title"))
        self.search.setAccessibleName(tr("Search by title"))
        self.search.setClearButtonEnabled(True)
        self.no_windows = label("", "muted", wrap=True)
        self.no_windows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lists = QStackedLayout()
        self.share = button(tr("Share"), "primary", name="share")
        self._cancel = button(tr("Cancel"), name="cancel")
        self.share.setEnabled(False)
        self.share.setDefault(True)
        self._lay_out()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.9))
        self._connect()
        self.search.setFocus()

    def _tiles(self, name: str, model: QAbstractItemModel, *, screens: bool) -> Tiles:
        view = Tiles(name, Sources(model, self._pictures, self, screens=screens), one_line=screens)
        view.selectionModel().selectionChanged.connect(lambda: self._choose(view))
        view.doubleClicked.connect(self.accept)
        return view

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        heading = label(tr("What may the others see?"), "heading")
        layout.addWidget(heading)
        layout.addWidget(
            label(tr("They see it until you stop, with everything that appears in it."), "muted", wrap=True)
        )
        layout.addSpacing(4)
        layout.addWidget(_group(self.screens))
        layout.addWidget(self.screens)
        layout.addSpacing(4)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        layout.addLayout(row(_group(self.windows), 1, self.search))
        self._lists.addWidget(self.windows)
        self._lists.addWidget(self.no_windows)
        layout.addLayout(self._lists, 1)
        layout.addSpacing(8)
        layout.addLayout(row(1, self._cancel, self.share))

    def _connect(self) -> None:
        sources = self.windows.model()
        for change in (sources.rowsInserted, sources.rowsRemoved, sources.modelReset):
            change.connect(self._show_empty)
        self.search.textChanged.connect(self._search)
        self.share.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self.finished.connect(self._answer)
        self._show_empty()

    def _search(self, text: str) -> None:
        sources = self.windows.model()
        if isinstance(sources, Sources):
            sources.search(text)
        self._show_empty()

    def _show_empty(self) -> None:
        """Say why there is nothing to choose."""
        empty = not self.windows.model().rowCount()
        self._lists.setCurrentWidget(self.no_windows if empty else self.windows)
        if self.search.text().strip():
            self.no_windows.setText(tr("No window has these words in its title."))
        elif must_be_allowed():
            self.no_windows.setText(
                tr("Your system shows no window to this program. Allow it in the system's settings, under “Privacy & "
                   "Security”, “Screen Recording”, and open the meeting again.")
            )  # fmt: skip
        else:
            self.no_windows.setText(
                tr("No window is open that could be shared. A window that is minimised cannot be seen: restore it, and "
                   "it appears here.")
            )  # fmt: skip

    def _choose(self, view: Tiles) -> None:
        """One choice in both lists together."""
        if view.selectedIndexes():
            other = self.windows if view is self.screens else self.screens
            other.selectionModel().select(QModelIndex(), _Flag.Clear)
        self.share.setEnabled(bool(self.screens.selectedIndexes() or self.windows.selectedIndexes()))

    def chosen(self) -> str:
        """The title of what is chosen, "" for nothing."""
        found = [*self.screens.selectedIndexes(), *self.windows.selectedIndexes()]
        return str(found[0].data()) if found else ""

    def _answer(self, result: int) -> None:
        self._pictures.stop()
        screens, windows = _chosen(self.screens), _chosen(self.windows)
        if result == QDialog.DialogCode.Accepted and screens:
            only = self.screens.model().rowCount() == 1
            self.picked.emit(tr("your screen") if only else plain(self.chosen(), _SHORT))
            with self._page.capturing():
                self._request.selectScreen(screens[0])
        elif result == QDialog.DialogCode.Accepted and windows:
            self.picked.emit(tr("“{title}”").format(title=plain(self.chosen(), _SHORT)))
            with self._page.capturing():
                self._request.selectWindow(windows[0])
        else:
            self._request.cancel()
        self.deleteLater()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The screens get one line of tiles; the windows get the rest."""
        super().resizeEvent(event)
        self.screens.setFixedHeight(self.screens.tile().height() + 2 * self.screens.frameWidth() + 8)


def _group(view: Tiles) -> QLabel:
    heading = label(view.accessibleName(), "group")
    heading.setBuddy(view)
    return heading


def _chosen(view: Tiles) -> list[QModelIndex]:
    model = view.model()
    return [model.mapToSource(index) for index in view.selectedIndexes()] if isinstance(model, Sources) else []
