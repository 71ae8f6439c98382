"""What the windows of a meeting do for their pages: questions, menu, size, sharing, and a word when a page hangs."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWebEngineCore import QWebEngineDesktopMediaRequest, QWebEngineNewWindowRequest, QWebEngineScript

from pnm_launcher.gui.devices.device_check import DeviceCheck
from pnm_launcher.gui.texts import tr

from .asking import Asking
from .find_bar import FindBar
from .meeting_menu import MeetingMenu
from .page_pulse import Pulse, State
from .page_window import PageWindow
from .screen_picker import pick_screen
from .window_memory import next_zoom

_STOP_SHARING = "document.dispatchEvent(new Event('pnm-stop-sharing'))"
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


class PageCare(QObject):
    """Lives as long as its window."""

    def __init__(self, window: PageWindow, *, is_room: bool) -> None:
        super().__init__(window)
        self._window = window
        self._shared, self._is_room = "", is_room
        page, bar = window.page, window.bar
        self.asking = Asking(window.home.permissions, window.strips, window.address.authority)
        self.find_bar = FindBar(page, window.view)
        window.column.addWidget(self.find_bar)
        self.menu = MeetingMenu(window, is_room=is_room, moderates=window.home.moderates)
        bar.set_menu(self.menu)
        self.pulse = Pulse(page)
        page.permission_wanted.connect(self.asking.ask)
        page.window_requested.connect(self._open_window)
        page.desktopMediaRequested.connect(self._pick_screen)
        page.zoomFactorChanged.connect(self._keep_zoom)
        page.renderProcessTerminated.connect(lambda: self.pulse.stop())
        window.page_loaded.connect(self._loaded)
        window.closed.connect(self.pulse.stop)
        window.failed.connect(self._nothing_to_say)
        window.home.permissions.changed.connect(self._show_permissions)
        self._show_permissions()
        bar.stop_requested.connect(lambda: page.runJavaScript(_STOP_SHARING, _WORLD))
        self.pulse.told.connect(self._told)
        self.pulse.hung.connect(self._hung)
        self.pulse.back.connect(window.curtain.hide)
        window.curtain.wait_requested.connect(window.curtain.hide)
        self._connect_menu()

    def _connect_menu(self) -> None:
        menu = self.menu
        menu.find_requested.connect(self.find_bar.begin)
        menu.zoom_requested.connect(self.zoom)
        menu.full_screen_requested.connect(self._full_screen)
        menu.on_top_requested.connect(self._on_top)
        menu.devices_requested.connect(lambda: DeviceCheck(self._window).open())

    def _open_window(self, request: QWebEngineNewWindowRequest) -> None:
        from .room_window import RoomWindow  # which has a care of this kind itself

        here = self._window
        request.openIn(RoomWindow(here.profile, here.address, here.title, tr("Opening a room…"), here.home).page)

    def _pick_screen(self, request: QWebEngineDesktopMediaRequest) -> None:
        pick_screen(request, self._window, self._share, self._say_no_sharing)

    def _say_no_sharing(self) -> None:
        move = () if self._is_room else ((tr("Move to the browser"), self.menu.browser_requested.emit),)
        self._window.strips.say(
            tr("This window cannot share your screen here."),
            tr("Your desktop uses Wayland, for which the program's web engine is not made. Your browser can share it."),
            *move,
        )

    def _share(self, what: str) -> None:
        self._shared = what

    def _loaded(self) -> None:
        window = self._window
        window.page.setZoomFactor(window.home.memory.zoom(window.address.authority))
        self.pulse.start()

    def _told(self, state: State) -> None:
        self._window.bar.show_sharing((self._shared or tr("your screen")) if state.sharing else "")
        if state.device_fault:
            self._explain(state.device_fault)

    def _nothing_to_say(self) -> None:
        """The page is gone, and with it what was asked and shown."""
        self._window.bar.show_sharing("")
        for strip in self._window.strips.shown():
            strip.put_away()

    def _explain(self, fault: str) -> None:
        """The faults of `getUserMedia` that the user can mend; the page itself often says nothing."""
        texts = {
            "NotFoundError": (tr("No camera or microphone was found."),
                              tr("Plug one in, then press the button in the meeting again, or join as a listener.")),
            "NotReadableError": (tr("The camera or microphone is in use by another program."),
                                 tr("Close that program, then press the button in the meeting again.")),
            "OverconstrainedError": (tr("The chosen camera or microphone is not there any more."),
                                     tr("Choose another one in the meeting's settings.")),
        }  # fmt: skip
        if fault in texts:
            self._window.strips.say(*texts[fault])

    def _hung(self) -> None:
        self._window.curtain.show_hung(
            tr("The meeting's page does not respond."),
            tr("You can wait for it. The others may not hear or see you meanwhile."),
        )

    def _show_permissions(self) -> None:
        self.menu.show_permissions(self._window.home.permissions)

    def zoom(self, step: int) -> None:
        """1 larger, -1 smaller, 0 as the page was made."""
        page = self._window.page
        page.setZoomFactor(next_zoom(page.zoomFactor(), step) if step else 1.0)

    def _keep_zoom(self, zoom: float) -> None:
        self._window.home.memory.keep_zoom(self._window.address.authority, zoom)
        if self._window.loaded:
            self._window.hint.say(tr("Size of the page: {percent} %").format(percent=round(zoom * 100)))

    def _full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.leave_full_screen()
        else:
            self._window.fill_screen(True)

    def _on_top(self, on: bool) -> None:
        """On the window that is there: a new one would interrupt the page."""
        handle = self._window.windowHandle()
        if handle:
            handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, on)
