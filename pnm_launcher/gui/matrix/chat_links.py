"""Links to chat rooms that are opened with this program or dropped on its window: asked about first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.drafts import new_meeting
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.main_window import MainWindow
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.room_address import MATRIX_TO, RoomAddress, parse_room
from pnm_launcher.matrix_saved import MatrixRoom
from pnm_launcher.meetings import Meeting

from .link_dialog import LinkDialog

_LONGEST = 8_192
_MOST_WAITING = 5


def is_room_link(text: str) -> bool:
    """Whether it is written as a link to something of Matrix; it may still lead nowhere."""
    return text[:7].lower() == "matrix:" or text.startswith(MATRIX_TO)


class ChatLinks(QObject):
    """One question at a time."""

    def __init__(self, window: MainWindow, library: Library, shelf: Shelf, show_page: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._library, self._shelf, self._show_page = window, library, shelf, show_page
        self._waiting: list[str] = []
        self.dialog: LinkDialog | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def receive(self, text: str) -> None:
        """Show where a link leads, and ask; nothing is sent anywhere."""
        if self.dialog is not None:
            if len(self._waiting) < _MOST_WAITING and text not in self._waiting:
                self._waiting.append(text)
            return
        try:
            address = parse_room(text)
        except InvalidValue as problem:
            self._window.banner.show_error(problem)
            return
        mine = next((each for each in self._library.book.meetings if _leads_to(each, address)), None)
        dialog = self.dialog = LinkDialog(address, mine.title if mine else "", self._window)
        dialog.added.connect(lambda: self._add(address))
        dialog.mine_wanted.connect(lambda: self._show(mine.id if mine else ""))
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
        self.dialog = None
        if self._waiting:
            self.receive(self._waiting.pop(0))

    def _add(self, address: RoomAddress) -> None:
        """A card for the chat alone; a video meeting can be chosen for it later."""
        book = self._library.book
        draft = new_meeting(book)
        account = book.matrix_accounts[0].id if book.matrix_accounts else ""
        room = RoomAddress(address.room, address.via)
        title = tr("Chat {room}").format(room=address.shown[:80])
        self._shelf.put(Meeting(draft.id, title, "", draft.join, matrix=MatrixRoom(account, room.uri)))
        self._show_page()

    def _show(self, meeting_id: str) -> None:
        self._shelf.choose(meeting_id)
        self._show_page()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """What is dropped on a text field goes there, as ever."""
        if isinstance(event, QDragEnterEvent):
            if _dropped(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and (text := _dropped(event.mimeData())):
            event.acceptProposedAction()
            self.receive(text)
            return True
        return False


def _dropped(data: QMimeData) -> str:
    """The link to a room that is dropped, "" for anything else."""
    text = data.text()[:_LONGEST].strip()
    return text if is_room_link(text) else ""


def _leads_to(meeting: Meeting, address: RoomAddress) -> bool:
    if meeting.matrix is None:
        return False
    try:
        return parse_room(meeting.matrix.room).room == address.room
    except InvalidValue:
        return False
