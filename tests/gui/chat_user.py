"""Somebody who uses Matrix in the window: types, clicks, and reads what stands there."""

from pathlib import Path

from practice_school import button, dialog, visible
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from synapse_server import PASSWORD, Person

from pnm_launcher.gui.form.meeting_form import CHAT
from pnm_launcher.gui.matrix.chat_page import ChatPage
from pnm_launcher.gui.matrix.sign_in_dialog import SignInDialog
from pnm_launcher.matrix_saved import MatrixAccount, MatrixRoom
from pnm_launcher.meetings import Meeting, Server

WAIT = 40_000
SCHOOL = Server("s1", "Schule am See", "https://meet.school.example", "key")
JOIN = {"room_id": "algebra-10b", "user_info.name": "Maria Weber", "user_info.user_id": "maria-weber-1a2b3c",
        "user_info.is_admin": True}  # fmt: skip


class ChatUser:
    def __init__(self, qtbot, program) -> None:
        self.qtbot, self.program = qtbot, program
        self.parts, self.window = program.furniture, program.window
        self.parts.library.apply(lambda book: book.with_server(SCHOOL).with_meeting(
            Meeting("algebra", "Algebra 10b", SCHOOL.id, JOIN)))  # fmt: skip

    @property
    def page(self) -> ChatPage:
        return self.parts.form.page(CHAT)

    @property
    def card(self):
        return self.page.room

    @property
    def book(self):
        return self.parts.library.book

    @property
    def meeting(self) -> Meeting:
        return self.parts.shelf.meeting()

    @property
    def account(self) -> MatrixAccount:
        return self.book.matrix_accounts[-1]

    def go_to_chat(self) -> None:
        self.click(self.window.findChild(QPushButton, f"tab-{CHAT}"))

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, text: str, within: QWidget | None = None) -> None:
        self.click(button(within or self.window, text))

    def until(self, condition) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def type(self, line: QLineEdit, text: str, milliseconds: int = -1) -> None:
        """In place of what stands there; with so much time before each key."""
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text, delay=milliseconds)

    def paste(self, text: str) -> None:
        """A whole address at once, as from the clipboard."""
        self.page.fields.room.setFocus()
        self.page.fields.room.selectAll()
        self.page.fields.room.insert(text)

    def dialog(self, kind):
        return dialog(self.qtbot, kind, self.window)

    def find_server(self, text: str) -> SignInDialog:
        """From the page to the ways of a server."""
        self.go_to_chat()
        self.click(self.page.fields.accounts)
        signing_in = self.dialog(SignInDialog)
        self.type(signing_in.address, text)
        self.click(signing_in.proceed)
        self.until(lambda: signing_in.ways is not None or signing_in.problem.text())
        return signing_in

    def sign_in(self, person: Person) -> None:
        signing_in = self.find_server(person.address)
        self.type(signing_in.ways.user, person.name)
        self.type(signing_in.ways.password, PASSWORD)
        self.press("Sign in", signing_in)
        self.until(lambda: bool(self.book.matrix_accounts))
        self.until(lambda: not visible(SignInDialog, self.window))

    def look_at(self, text: str, main: str) -> None:
        """Paste an address, and wait for the button of the room."""
        self.paste(text)
        self.until(lambda: self.main() == main)

    def main(self) -> str:
        """The words of the room's button, "" while there is none or it cannot be pressed for waiting."""
        return self.card.main.text() if self.card.main.isVisible() and not self.card.cancel.isVisible() else ""

    def has_room(self, person: Person, room: str) -> None:
        """As if it had been done on another day: signed in, with this room in the card."""
        self.sign_in(person)
        meeting = self.meeting
        self.parts.shelf.put(
            Meeting(meeting.id, meeting.title, meeting.server, meeting.join, matrix=MatrixRoom(self.account.id, room))
        )

    def words(self, within: QWidget | None = None) -> list[str]:
        return [each.text() for each in visible(QLabel, within or self.window) if each.text()]


class Programs:
    """A folder with `xdg-mime`, which knows a program for the schemes in `known`, and `xdg-open`, which notes."""

    def __init__(self, folder: Path, *known: str) -> None:
        self.folder = folder
        folder.mkdir()
        self._note = folder / "opened"
        self._program("xdg-open", f'printf "%s\\n" "$@" >> {self._note}')
        self.know(*known)

    def know(self, *schemes: str) -> None:
        tests = "".join(f'[ "$3" = x-scheme-handler/{scheme} ] && echo {scheme}.desktop\n' for scheme in schemes)
        self._program("xdg-mime", f"{tests}exit 0")

    def opened(self) -> list[str]:
        return self._note.read_text().splitlines() if self._note.exists() else []

    def _program(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
