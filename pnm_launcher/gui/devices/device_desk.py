"""Opens the check of camera and sound for the chosen meeting, and remembers what it found."""

from PySide6.QtCore import QObject, QSettings

from pnm_launcher.gui.form.meeting_form import MeetingForm
from pnm_launcher.gui.form.you_page import YouPage
from pnm_launcher.gui.main_window import MainWindow
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Meeting

from .device_memory import Checked, DeviceMemory


class DeviceDesk(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, form: MeetingForm, shelf: Shelf, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._shelf, self._memory = window, shelf, DeviceMemory(settings)
        page = form.page(0)
        assert isinstance(page, YouPage)  # noqa: S101 - the form's first page
        self._line = page.devices
        self._line.check_requested.connect(self.check)
        self._line.skipped.connect(self._skip)
        shelf.shown.connect(self._show)
        self._show(shelf.meeting())

    def _show(self, meeting: Meeting | None) -> None:
        if meeting:
            self._line.show_checked(self._memory.checked(meeting), offered=self._memory.offers(meeting))

    def check(self) -> None:
        meeting = self._shelf.meeting()
        if reason := engine.unavailable_reason():
            self._window.banner.show_info(
                tr("Camera and microphone cannot be checked here: {reason}.").format(reason=reason),
                tr("In the browser, the meeting itself shows you camera and microphone before you enter."),
            )
            return
        from .device_check import DeviceCheck  # the web engine is not needed before

        dialog = DeviceCheck(self._window, self._memory.checked(meeting) if meeting else None)
        if meeting:
            dialog.checked.connect(lambda checked: self._keep(meeting, checked))
        dialog.open()

    def _keep(self, meeting: Meeting, checked: Checked) -> None:
        self._memory.keep(meeting, checked)
        self._show(self._shelf.meeting())

    def _skip(self) -> None:
        meeting = self._shelf.meeting()
        if meeting:
            self._memory.skip(meeting)
            self._show(meeting)
