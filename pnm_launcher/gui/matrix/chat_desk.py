"""Matrix in the window, wired by hand: accounts, the page of a meeting, the button “Chat”, and links to rooms."""

from PySide6.QtCore import QObject, QSettings, Signal

from pnm_launcher.errors import InvalidValue, LauncherError, SecretError, UnknownMatrixAccount
from pnm_launcher.gui.form.meeting_form import CHAT, MeetingForm
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.main_window import MainWindow
from pnm_launcher.gui.parts import button
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.gui.texts import tr
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.faults import SignedOut
from pnm_launcher.matrix.room_address import RoomAddress, parse_room
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.meetings import Meeting

from .account_desk import AccountDesk
from .calling import Calling
from .chat_links import ChatLinks
from .chat_page import ChatPage
from .page_desk import PageDesk
from .room_facts import Seen, look
from .room_opening import RoomOpening


class ChatDesk(QObject):
    """Made with the furniture.

    Attributes:
        busy: what is going on, "" when nothing is.
    """

    busy = Signal(str)

    def __init__(self, window: MainWindow, library: Library, shelf: Shelf, settings: QSettings,
                 secrets: KeyringSecrets, jobs: Jobs) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._library, self._shelf, self._jobs = window, library, shelf, jobs
        self._form: MeetingForm | None = None
        self._page: PageDesk | None = None
        self.tokens = MatrixAccounts(secrets)
        self.accounts = AccountDesk(window, library, self.tokens, jobs)
        self.opening = RoomOpening(settings, jobs, self)
        self.links = ChatLinks(window, library, shelf, self.show_page)
        self.calling = Calling(self.tokens, jobs, self)
        self.chat = button(tr("Chat"), name="chat")
        self.chat.setToolTip(tr("Open the chat room of this meeting"))
        self.chat.clicked.connect(self.enter)
        self.chat.hide()
        window.add_beside_join(self.chat)
        window.cancel_requested.connect(self.calling.stop)
        self.calling.ended.connect(lambda: self.busy.emit(""))
        self.calling.failed.connect(self._failed)
        self.opening.opened.connect(self._opened)
        self.opening.failed.connect(self._not_opened)
        shelf.shown.connect(self._show)

    def make_page(self) -> ChatPage:
        """The page of the form, with everything that makes it work; once."""
        page = ChatPage()
        self._page = PageDesk(page, self._library, self._shelf, self.tokens, self.accounts, self.opening, self._jobs)
        return page

    def close(self) -> None:
        """The program ends."""
        self.calling.stop()
        self.opening.close()

    def attach(self, form: MeetingForm) -> None:
        self._form = form

    def show_page(self) -> None:
        if self._form:
            self._form.show_page(CHAT)

    def _show(self, meeting: Meeting | None) -> None:
        """The doors that the chosen meeting has: Join is the chat where there is nothing else."""
        chat_only = meeting is not None and not meeting.server and meeting.matrix is not None
        self.chat.setVisible(meeting is not None and meeting.matrix is not None and not chat_only)
        for each in (self._window.in_browser, self._window.copy_link):
            each.setVisible(not chat_only)

    # --- the door to the chat --------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Join the room of the chosen meeting if that takes no more than a click, and open it."""
        meeting = self._shelf.meeting()
        if meeting is None or meeting.matrix is None or self.calling.under_way:
            return
        try:
            account = self._library.book.matrix_account(meeting.matrix.account)
            address = parse_room(meeting.matrix.room)
        except (UnknownMatrixAccount, InvalidValue):
            self.show_page()
            self._window.banner.show_info(tr("Choose the account for this chat room, or sign in to one."))
            return
        self._window.banner.hide()
        self.busy.emit(tr("Entering the chat room…"))
        self.calling.run(account, lambda client: _enter(client, account, address), self._entered)

    def _entered(self, seen: Seen) -> None:
        """Whatever needs more than a click is on the page, with its reason."""
        if seen.summary.way == "open":
            self.opening.open(seen.address, seen.account)
            self._offer_meeting(seen)
        else:
            self.show_page()
        if self._page:
            self._page.look_afresh()

    def _offer_meeting(self, seen: Seen) -> None:
        """“This room has a meeting”, for a card that has none."""
        meeting = self._shelf.meeting()
        server = seen.meeting.on_one_of(self._library.book.servers) if seen.meeting else None
        if meeting and server and seen.meeting and not meeting.server:
            room = seen.meeting.room_id
            self._window.banner.show_info(
                tr("This room has a meeting: {room} on {server}.").format(room=room, server=server.name), "",
                (tr("Use that meeting"), lambda: self._adopt(meeting, seen)),
            )  # fmt: skip

    def _adopt(self, meeting: Meeting, seen: Seen) -> None:
        self.show_page()
        if self._page:
            self._page.announcing.take_over(meeting, seen.meeting)

    def _failed(self, error: LauncherError) -> None:
        account = self._account()
        if isinstance(error, SignedOut | SecretError) and account:
            again = (tr("Sign in again"), lambda: self.accounts.sign_in(account, then=lambda _: self.enter()))
            self._window.banner.show_error(error, again)
        else:
            self._window.banner.show_error(error, (tr("Show the chat room"), self.show_page))

    def _account(self) -> MatrixAccount | None:
        meeting = self._shelf.meeting()
        wanted = meeting.matrix.account if meeting and meeting.matrix else ""
        return next((each for each in self._library.book.matrix_accounts if each.id == wanted), None)

    def _opened(self, name: str) -> None:
        self._window.show_status(tr("The chat room was opened with: {name}").format(name=name))

    def _not_opened(self, error: LauncherError) -> None:
        self._window.banner.show_error(error, (tr("Show the chat room"), self.show_page))


def _enter(client: MatrixClient, account: MatrixAccount, address: RoomAddress) -> Seen:
    seen = look(client, account, address)
    if seen.summary.way != "join":
        return seen
    client.join(address)
    return look(client, account, address)
