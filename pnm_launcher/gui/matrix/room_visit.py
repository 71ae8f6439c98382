"""What happens to the room of the page “Chat room”: looking at it a moment after typing, joining, asking, leaving."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from pnm_launcher.errors import InvalidValue, LauncherError, SecretError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.faults import SignedOut
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.room_faults import NotInvited, RoomNotFound, TooManyRequests
from pnm_launcher.matrix.rooms import RoomSummary
from pnm_launcher.matrix_saved import MatrixAccount

from .calling import Calling, Countdown
from .chat_page import ChatPage
from .room_facts import Seen, look

_PAUSE_MS = 700
"""Nobody types an address in one go: no server is asked for its beginnings."""


class RoomVisit(QObject):
    """One for the page. Nothing is asked while the page is out of sight, or for anything that is no address.

    Attributes:
        seen: how the room looks now (`Seen`).
        changed: a room was entered, left or asked.
        sign_in_wanted: the account has to sign in again (`MatrixAccount`).
    """

    seen = Signal(object)
    changed = Signal()
    sign_in_wanted = Signal(object)

    def __init__(self, page: ChatPage, accounts: MatrixAccounts, jobs: Jobs) -> None:
        super().__init__(page)
        self._page = page
        self.looking, self.doing = Calling(accounts, jobs, self), Calling(accounts, jobs, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._countdown = Countdown(self)
        self._target: tuple[MatrixAccount, RoomAddress] | None = None
        self._words = ""
        self._listen(page)

    def _listen(self, page: ChatPage) -> None:
        room = page.room
        page.room_changed.connect(self._changed)
        page.signed.changed.connect(lambda: room.set_invited(bool(page.signed.text.toPlainText().strip())))
        page.shown.connect(self._changed)
        page.hidden.connect(self._pause.stop)
        self._pause.timeout.connect(self.look_now)
        self._countdown.told.connect(self._tick)
        room.join_wanted.connect(self.join)
        room.knock_wanted.connect(self.knock)
        room.leave_wanted.connect(self.leave)
        room.cancel_wanted.connect(self._cancel)
        self.looking.failed.connect(self._not_seen)
        self.doing.failed.connect(self._not_done)
        self.doing.waiting.connect(lambda seconds: self._countdown.start(ceil(seconds)))
        self.doing.ended.connect(self._rest)

    # --- looking -------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Another account or room, or the page came into sight."""
        account, address = self._page.choice()
        target = (account, address) if account and address else None
        if target != self._target or target is None:
            self._target = target
            self.looking.stop()
            self.doing.stop()
            self._countdown.stop()
            self._page.room.lock("")
            self._page.room.show_hint(self._hint(account))
            self._page.video.hide()
        if self._page.isVisible() and target:
            self._pause.start()

    def _hint(self, account: MatrixAccount | None) -> str:
        if account is None:
            return tr("Sign in to your Matrix account first. Then you see the room here before you join it.")
        if self._page.fields.typed():
            return tr("Looking at the room…") if self._target else tr("The address of the room cannot be used yet.")
        return tr("Paste the address of a room or a link to it. You see here what it is before you join it.")

    def look_now(self) -> None:
        if self._target and self._page.isVisible():
            account, address = self._target
            self.looking.run(account, lambda client: look(client, account, address), self._show)

    def look_afresh(self) -> None:
        """The account signed in or out, or a room was entered elsewhere."""
        self._target = None
        self._changed()

    def _show(self, seen: Seen) -> None:
        self._page.room.show_seen(seen)
        self.seen.emit(seen)

    def _not_seen(self, error: LauncherError) -> None:
        """The page keeps everything that was typed."""
        self._page.room.show_hint("")
        if isinstance(error, RoomNotFound):
            anyway = (tr("Join all the same"), lambda: self.join(""))
            self._page.room.show_fault(error, (tr("Look again"), self.look_now), anyway)
        else:
            self._fault(error, self.look_now)

    # --- doing ---------------------------------------------------------------------------------------------------

    def join(self, reason: str = "") -> None:
        if self._target is None:
            return
        account, address = self._target
        try:
            signed = self._page.signed.value(account.user_id)
        except InvalidValue:
            return

        def join(client: MatrixClient) -> Seen:
            room_id = client.join(address, reason=reason, third_party=signed)
            try:
                return look(client, account, address)
            except LauncherError:  # joined all the same
                return Seen(account, address, RoomSummary(room_id, membership="join"))

        self._do(tr("Joining the room…"), account, join)

    def knock(self, reason: str = "") -> None:
        if self._target is None:
            return
        account, address = self._target

        def knock(client: MatrixClient) -> Seen:
            client.knock(address, reason=reason)
            return look(client, account, address)

        self._do(tr("Asking to join…"), account, knock)

    def leave(self) -> None:
        seen = self._page.room.seen
        if seen is None:
            return

        def leave(client: MatrixClient) -> Seen | None:
            client.leave(seen.summary.room_id)
            try:
                return look(client, seen.account, seen.address)
            except RoomNotFound:  # one sees it from inside only
                return None

        self._do(tr("Leaving the room…"), seen.account, leave)

    def _do(self, words: str, account: MatrixAccount, call: Callable[[MatrixClient], Seen | None]) -> None:
        self.looking.stop()
        self._pause.stop()
        self._words = words
        self._page.room.banner.hide()
        self._page.room.wait(words)
        self.doing.run(account, call, self._done)

    def _done(self, seen: Seen | None) -> None:
        if seen:
            self._show(seen)
        else:
            self._page.room.show_hint(tr("You have left the room. Without a new invitation you cannot see it."))
            self._page.video.hide()
        self.changed.emit()

    def _not_done(self, error: LauncherError) -> None:
        seen = self._page.room.seen
        if isinstance(error, TooManyRequests) and error.seconds > 0:
            self._page.room.show_fault(error)
            self._words = ""
            self._countdown.start(ceil(error.seconds))
        elif isinstance(error, NotInvited) and seen and seen.summary.may_knock:
            self._page.room.show_fault(error, (tr("Ask to join"), lambda: self.knock("")))
        else:
            self._fault(error, self.look_now)

    def _fault(self, error: LauncherError, again: Callable[[], object]) -> None:
        if isinstance(error, SignedOut | SecretError) and self._target:
            account = self._target[0]
            self._page.room.show_fault(error, (tr("Sign in again"), lambda: self.sign_in_wanted.emit(account)))
        else:
            self._page.room.show_fault(error, (tr("Look again"), again))

    def _cancel(self) -> None:
        self._countdown.stop()
        self.doing.stop()

    def _rest(self) -> None:
        self._countdown.stop()
        self._page.room.wait("")

    def _tick(self, seconds: int) -> None:
        """Of a second try that comes by itself, or of the time before one may try again."""
        if self.doing.under_way:
            text = tr("The server asks to wait. It is tried again in {seconds} s.").format(seconds=seconds)
            self._page.room.status.setText(text if seconds else self._words)
        elif seconds:
            self._page.room.lock(tr("Possible again in {seconds} s.").format(seconds=seconds))
        else:
            self._page.room.lock("")
