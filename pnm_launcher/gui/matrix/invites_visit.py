"""Asks for the invitations of the account on the page “Chat room”, and answers them."""

from PySide6.QtCore import QObject, Signal

from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.faults import sentence
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.texts import tr
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.matrix.rooms import Invite

from .calling import Calling
from .chat_page import ChatPage


class InvitesVisit(QObject):
    """Asks only while the page is in sight.

    Attributes:
        answered: an invitation was accepted or declined.
    """

    answered = Signal()

    def __init__(self, page: ChatPage, accounts: MatrixAccounts, jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._card = page, page.invites
        self.listing, self.answering = Calling(accounts, jobs, self), Calling(accounts, jobs, self)
        self._listed = ""
        page.room_changed.connect(self._look)
        page.shown.connect(self._look)
        self._card.accepted.connect(lambda invite: self._answer(invite, accept=True))
        self._card.declined.connect(lambda invite: self._answer(invite, accept=False))
        self._card.refresh_wanted.connect(self.look_afresh)
        self.listing.failed.connect(self._not_listed)
        self.answering.failed.connect(self._not_answered)

    def look_afresh(self) -> None:
        self._listed = ""
        self._look()

    def _look(self) -> None:
        account, _ = self._page.choice()
        if account is None:
            self.listing.stop()
            self._listed = ""
            self._card.show_note(tr("Sign in to an account to see its invitations."), may_refresh=False)
        elif self._page.isVisible() and self._listed != account.id:
            self._listed = account.id
            if not self._card.rows:
                self._card.show_note(tr("Looking for invitations…"))
            self.listing.run(account, lambda client: client.invites(account.user_id), self._card.show_invites)

    def _not_listed(self, error: LauncherError) -> None:
        """What is wrong with the account is said beside the room."""
        self._listed = ""
        self._card.show_note(tr("The invitations could not be loaded. {reason}").format(reason=sentence(error)))

    def _answer(self, invite: Invite, *, accept: bool) -> None:
        account, _ = self._page.choice()
        if account is None:
            return

        def answer(client: MatrixClient) -> None:
            if accept:
                client.join(RoomAddress(invite.room_id))
            else:
                client.leave(invite.room_id)

        self._card.set_waiting(True)
        self.answering.run(account, answer, lambda _: self._done(invite, accepted=accept))

    def _done(self, invite: Invite, *, accepted: bool) -> None:
        """A card without a room gets the one that was entered."""
        if accepted and not self._page.fields.typed():
            self._page.fields.room.setText(invite.alias or invite.room_id)
        self.look_afresh()
        self.answered.emit()

    def _not_answered(self, error: LauncherError) -> None:
        self._card.set_waiting(False)
        self._page.room.show_fault(error)
