"""Walks through the program as a new user would, and takes pictures. Usage: tour.py FOLDER, on a desktop."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).parent.parent))
FOLDER = Path(sys.argv[1]).resolve()
os.environ["PNM_LAUNCHER_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QDialog, QPushButton, QWidget  # noqa: E402

from pnm_launcher.gui.app import Program, make_application  # noqa: E402
from pnm_launcher.gui.meeting.leaving import ask_to_leave  # noqa: E402
from pnm_launcher.gui.meeting.page_window import PageWindow  # noqa: E402
from pnm_launcher.gui.texts import tr  # noqa: E402
from pnm_launcher.meetings import PRACTICE, Design, Meeting, Server, new_id  # noqa: E402
from pnm_launcher.values import Value  # noqa: E402

DESIGN = {
    "primary_color": "#0b7285", "secondary_color": "#3c6996", "background_color": "#d9f0f6",
    "header_bg_color": "#f0fbfe", "footer_bg_color": "#003d48", "footer_icon_bg_color": "#e7f9fe",
    "footer_icon_color": "#003d48", "side_panel_bg_color": "#f4fcfd", "primary_btn_bg_color": "#0b7285",
    "primary_btn_text_color": "#ffffff", "secondary_btn_bg_color": "#e7f9fe", "secondary_btn_text_color": "#003d48",
}  # fmt: skip
AUTUMN = {
    "primary_color": "#b3472d", "secondary_color": "#996000", "background_color": "#fbe6e0",
    "header_bg_color": "#fff6f4", "footer_bg_color": "#621704", "footer_icon_bg_color": "#fff2ee",
    "footer_icon_color": "#621704", "side_panel_bg_color": "#fff8f7", "primary_btn_bg_color": "#b3472d",
    "primary_btn_text_color": "#ffffff", "secondary_btn_bg_color": "#fff2ee", "secondary_btn_text_color": "#621704",
}  # fmt: skip
TOOLS = ("proposals", "export", "assets", "sheet")
LOCKS = "user_info.user_metadata.lock_settings"


class Tour:
    def __init__(self) -> None:
        self.app = make_application(sys.argv)
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] += " --use-fake-device-for-media-stream"
        self.program = Program(self.app)
        self.window = self.program.window
        self.window.resize(1280, 800)
        self.window.show()
        self.pause(100)
        self.program.furnish()
        self.parts = self.program.furniture
        self.number = 0

    def pause(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def wait(self, done: Callable[[], object], what: str, seconds: int = 30) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not done():
            if clock.elapsed() > seconds * 1000:
                sys.exit(f"The tour waited in vain for {what}. {self.window.banner.text()}")
            self.pause(50)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        self.number += 1
        self.pause(150)
        path = FOLDER / f"{self.number:02d}-{name}.png"
        (widget or self.window).grab().save(str(path))
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)

    def script(self, window: PageWindow, code: str) -> str:
        """What a line of JavaScript gives in the meeting's page."""
        found: list[str] = []
        window.page.runJavaScript(code, found.append)
        self.wait(lambda: found, "the page")
        return found[0]

    def meeting_window(self) -> PageWindow:
        self.wait(self.open_window, "the meeting window")
        return cast(PageWindow, self.open_window())

    def open_window(self) -> object:
        """The window of the chosen meeting, if it is open."""
        meeting = self.parts.shelf.meeting()
        return self.parts.opening.window(meeting.id) if meeting else None

    def practice_meeting(self) -> None:
        self.picture("welcome")
        school = Server(new_id(), "School", "https://meet.school.example", "school-launcher")
        join: dict[str, Value] = {
            "user_info.name": "Ana Martín",
            "user_info.user_id": "ana-martin-7f3a",
            "user_info.is_admin": True,
        }
        room = Meeting(new_id(), "Maths 9b, Monday", PRACTICE, {**join, "room_id": "maths-9b"}, design=DESIGN,
                       create={"metadata.welcome_message": "Welcome to maths!"}, pinned=True)  # fmt: skip
        staff = Meeting(new_id(), "Staff room", school.id, {**join, "room_id": "staff"})
        locked: dict[str, Value] = {
            f"{LOCKS}.lock_microphone": True,
            f"{LOCKS}.lock_chat": True,
            f"{LOCKS}.lock_whiteboard": False,
        }
        pupil = {**join, "room_id": "maths-9b", "user_info.name": "Bo Berg", "user_info.user_id": "bo-berg-01",
                 "user_info.is_admin": False, **locked}  # fmt: skip
        guest = Meeting(new_id(), "Maths 9b as a pupil sees it", PRACTICE, pupil, design=DESIGN)
        self.parts.library.apply(lambda book: book.with_server(school))
        school_design = Design(new_id(), "Lakeside School", DESIGN, "From the new logo", "2026-11-02T09:12:00+00:00")
        designs = (
            school_design.changed({**DESIGN, "header_bg_color": "#ffffff"}, saved="2026-11-09T14:30:00+00:00",
                                  note="White header").changed(DESIGN, saved="2026-11-16T08:05:00+00:00",
                                                               note="Back to the tinted header"),
            Design(new_id(), "Autumn fair", AUTUMN, "For the open day", "2026-10-01T10:00:00+00:00"),
            Design(new_id(), "Parents' evening", {**DESIGN, "footer_bg_color": "#3f2364"}, "",
                   "2026-09-20T16:45:00+00:00"),
        )  # fmt: skip
        self.parts.library.apply(lambda book: replace(book, designs=designs))
        for meeting in (room, staff, guest):
            self.parts.shelf.put(meeting)
        self.parts.shelf.choose(room.id)
        self.guest = guest.id

    def forms(self) -> None:
        self.picture("form")
        for index, name in enumerate(("locks", "design", "room", "advanced"), start=1):
            self.parts.form.show_page(index)
            self.pause(3000 if name == "design" else 0)  # until its preview is there
            self.picture(f"form-{name}")
        self.studio()
        self.parts.form.show_page(0)
        self.program.theme.choose(Qt.ColorScheme.Dark)
        self.picture("form-dark")
        self.program.theme.choose(Qt.ColorScheme.Unknown)

    def studio(self) -> None:
        """The tools of the Design page, one after the other."""
        self.parts.form.show_page(2)
        page = self.parts.form.page(2)
        library = self.tool(page, "library")
        self.picture("design-library", library)
        cast(QPushButton, library.findChild(QPushButton, "compare-designs")).click()
        self.pause(3000)  # until both previews are there
        compare = next(each for each in library.findChildren(QDialog) if each.isVisible())
        self.picture("design-compare", compare)
        compare.reject()
        library.reject()
        for name in TOOLS:
            dialog = self.tool(page, name)
            if name == "sheet":
                save = cast(QPushButton, dialog.findChild(QPushButton, "save-sheet"))
                self.wait(save.isEnabled, "the pictures of the sheet")
            self.picture(f"design-{name}", dialog)
            dialog.reject()

    def tool(self, page: QWidget, name: str) -> QDialog:
        """Open a tool by its button."""
        cast(QPushButton, page.findChild(QPushButton, f"design-{name}")).click()
        self.pause(1200)
        return next(dialog for dialog in page.findChildren(QDialog) if dialog.isVisible())

    def join(self, landing: str, room: str, *, camera: bool) -> None:
        self.window.join.click()
        meeting = self.meeting_window()
        meeting.resize(1280, 760)
        self.until_page(meeting, "landing")
        self.pause(600)
        self.picture(landing, meeting)
        if camera:
            self.script(meeting, "document.querySelector('.landing-entrance .primary-button').click(); ''")
            self.wait(lambda: self.buttons(meeting, "Allow"), "the question about the camera")
            self.picture("question", meeting)
            self.buttons(meeting, "Allow")[0].click()
            self.wait(lambda: self.script(meeting, "String(!!document.querySelector('video')?.srcObject)") == "true",
                      "the camera")  # fmt: skip
            self.pause(500)
        button = "primary" if camera else "secondary"
        self.script(meeting, f"document.querySelector('.landing-entrance .{button}-button').click(); ''")
        self.until_page(meeting, "room")
        self.pause(1500)
        self.picture(room, meeting)
        if camera:
            self.around_the_meeting(meeting)
        meeting.close()
        self.wait(lambda: not self.open_window(), "the window to close")

    def around_the_meeting(self, meeting: PageWindow) -> None:
        """What the window itself shows: its dialogs, and the page that says the meeting is over."""
        for text, name in (("Check camera and sound…", "device-check"), ("About this window…", "about")):
            next(each for each in meeting.actions() if each.text() == tr(text)).trigger()
            self.dialog_picture(f"meeting-{name}", meeting)
        self.script(meeting, "document.querySelector('[aria-label=\"Share your screen\"]').click(); ''")
        self.dialog_picture("meeting-picker", meeting)
        ask_to_leave(meeting, meeting.title, bool, bool)
        self.dialog_picture("meeting-leave", meeting)
        if room := self.parts.shelf.meeting():
            with self.parts.connections.client(self.parts.connections.practice()) as client:
                client.end_room(room.room_id)
        self.wait(meeting.curtain.isVisible, "the end of the meeting")
        self.picture("meeting-ended", meeting)

    def dialog_picture(self, name: str, meeting: PageWindow) -> None:
        self.wait(lambda: any(each.isVisible() for each in meeting.findChildren(QDialog)), name)
        self.pause(2000)  # until the cameras and the windows have their pictures
        dialog = next(each for each in meeting.findChildren(QDialog) if each.isVisible())
        self.picture(name, dialog)
        dialog.reject()
        self.pause(300)

    def crash(self) -> None:
        self.window.join.click()
        meeting = self.meeting_window()
        self.until_page(meeting, "landing")
        os.kill(meeting.page.renderProcessPid(), signal.SIGKILL)
        self.wait(meeting.curtain.isVisible, "the page about the crash")
        self.picture("meeting-crash", meeting)
        meeting.close()
        self.wait(lambda: not self.open_window(), "the window to close")

    def buttons(self, window: QWidget, text: str) -> list[QPushButton]:
        return [each for each in window.findChildren(QPushButton) if each.isVisible() and each.text() == tr(text)]

    def until_page(self, meeting: PageWindow, name: str) -> None:
        self.wait(lambda: self.script(meeting, f"String(!!document.querySelector('[data-page={name}]'))") == "true",
                  f"the page “{name}”")  # fmt: skip

    def walk(self) -> None:
        self.practice_meeting()
        self.forms()
        self.join("practice-landing", "practice-room-designed", camera=True)
        self.crash()
        self.parts.shelf.choose(self.guest)
        self.join("practice-landing-pupil", "practice-room-locks", camera=False)
        QTimer.singleShot(0, self.window.close)
        self.app.exec()


if __name__ == "__main__":
    Tour().walk()
