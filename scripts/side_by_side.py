"""Puts the practice room beside pictures of the real client, with the same designs. Runs on a desktop.

Usage: side_by_side.py FOLDER [OUT], where FOLDER has room-default.png and room-designed.png of the real client.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["PNM_LAUNCHER_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QElapsedTimer, QEventLoop, QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from pnm_launcher import launch
from pnm_launcher.address import parse_address
from pnm_launcher.api import Client
from pnm_launcher.gui.app import make_application
from pnm_launcher.links import Link
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.practice.server import PracticeServer
from pnm_launcher.session import Session

DESIGN: Final = {
    "primary_color": "#8e24aa", "secondary_color": "#ff9800", "background_color": "#ffe0b2",
    "header_bg_color": "#c62828", "footer_bg_color": "#2e7d32", "footer_icon_bg_color": "#ffee58",
    "footer_icon_color": "#1a237e", "side_panel_bg_color": "#b3e5fc", "primary_btn_bg_color": "#d81b60",
    "primary_btn_text_color": "#fffde7", "secondary_btn_bg_color": "#00897b", "secondary_btn_text_color": "#f3e5f5",
}  # fmt: skip
"""That of the real pictures, but for their logo, which is the client's own."""
SIZE: Final = QSize(1366, 768)
MARGIN, CAPTION = 24, 40
CAPTIONS: Final = ("The real plugNmeet client 2.4.1", "The practice room")


PEOPLE: Final = ("Alice Admin", "Bob Brown", "Carol Chen")


def practice_link(server: PracticeServer, room: str, person: str, design: dict[str, str]) -> Link:
    """A person in a room of the same name as in the real pictures; the first of them is the moderator."""
    join = {"room_id": room, "user_info.name": person, "user_info.user_id": person.partition(" ")[0].lower()}
    meeting = Meeting(room, "Mock room title", PRACTICE, {**join, "user_info.is_admin": person == PEOPLE[0]},
                      create={"metadata.room_title": "Mock room title"}, design=design)  # fmt: skip
    address = parse_address(server.address)
    with Session() as session:
        return launch.join(meeting, Client(address, server.api_key, server.secret, session), page=address, create=True)


def pause(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Room:
    """The practice room as one person sees it."""

    def __init__(self, link: Link) -> None:
        from PySide6.QtWebEngineCore import QWebEnginePage, QWebEnginePermission
        from PySide6.QtWebEngineWidgets import QWebEngineView

        from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile

        profile = MeetingProfile()
        self.view = QWebEngineView()
        self.page = QWebEnginePage(profile, self.view)
        self.page.permissionRequested.connect(QWebEnginePermission.grant)
        self.view.setPage(self.page)
        self.view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.view.resize(SIZE)
        self.view.show()
        profile.hand_over(link)
        self.page.load(QUrl(link.url_without_token))

    def script(self, code: str) -> object:
        found: list[object] = []
        self.page.runJavaScript(code, found.append)
        wait(lambda: bool(found), code)
        return found[0]

    def until(self, code: str) -> None:
        wait(lambda: self.script(code) is True, code)

    def enter(self, *, camera: bool) -> None:
        look = "primary" if camera else "secondary"
        button = f"document.querySelector('.landing-entrance .{look}-button')"
        self.until(f"!!{button}")
        self.script(f"{button}.click(); 1")
        if camera:
            self.until("!!document.querySelector('video')?.srcObject")
            self.script(f"{button}.click(); 1")
            self.until("!!document.querySelector('#main-area .tile video')?.srcObject")
        self.until("!!document.querySelector('[data-page=room]')")

    def picture(self) -> QImage:
        """With everybody in the list of people, who comes in their order."""
        self.until(f"document.querySelectorAll('[data-panel=participants] .avatar').length === {len(PEOPLE)}")
        pause(1500)
        return self.view.grab().toImage()


def wait(done: Callable[[], bool], what: str) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not done():
        if clock.elapsed() > 20_000:
            sys.exit(f"Waited in vain for {what}.")
        pause(20)


def beside(real: QImage, practice: QImage) -> QImage:
    """Both, one below the other, each with its caption above it."""
    each = SIZE.height() + CAPTION + MARGIN
    sheet = QImage(SIZE.width() + 2 * MARGIN, 2 * each + MARGIN, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ffffff"))
    painter = QPainter(sheet)
    font = QApplication.font()
    font.setPixelSize(20)
    painter.setFont(font)
    painter.setPen(QColor("#12263a"))
    for number, (caption, picture) in enumerate(zip(CAPTIONS, (real, practice), strict=True)):
        top = MARGIN // 2 + number * each
        painter.drawText(QRect(MARGIN, top, SIZE.width(), CAPTION), Qt.AlignmentFlag.AlignVCenter, caption)
        painter.drawImage(MARGIN, top + CAPTION, picture)
    painter.end()
    return sheet


def main(folder: Path, out: Path) -> None:
    make_application(sys.argv)
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] += " --use-fake-device-for-media-stream"
    from pnm_launcher.gui.meeting import engine

    engine.start()
    server = PracticeServer.start()
    for name, design in (("default", {}), ("designed", DESIGN)):
        real = QImage(str(folder / f"room-{name}.png"))
        if real.size() != SIZE:
            sys.exit(f"{folder / f'room-{name}.png'} is no picture of {SIZE.width()} × {SIZE.height()} pixels.")
        rooms = [Room(practice_link(server, f"room-{name}", person, design)) for person in PEOPLE]
        for room in rooms:
            room.enter(camera=room is rooms[0])
        picture = rooms[0].picture()
        path = out / f"real-and-practice-{name}.png"
        beside(real, picture).save(str(path))
        print(path.name)
    sys.stdout.flush()
    os._exit(0)  # the pages are left as they are


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    pictures = Path(__file__).parent.parent / "docs" / "pictures"
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() if len(sys.argv) == 3 else pictures)
