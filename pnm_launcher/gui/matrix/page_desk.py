"""Joins the parts of the page “Chat room”: what one of them learns or does, the others show."""

from dataclasses import replace

from PySide6.QtCore import QObject

from pnm_launcher.gui.drafts import new_meeting
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix_saved import MatrixAccount

from .account_desk import AccountDesk
from .announcing import Announcing
from .chat_page import ChatPage
from .invites_visit import InvitesVisit
from .room_facts import Seen
from .room_opening import RoomOpening
from .room_visit import RoomVisit


class PageDesk(QObject):
    """Made with the page."""

    def __init__(self, page: ChatPage, library: Library, shelf: Shelf, tokens: MatrixAccounts, accounts: AccountDesk,
                 opening: RoomOpening, jobs: Jobs) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._library, self._shelf, self._accounts = page, library, shelf, accounts
        self._opening = opening
        self.visit, self.invites = RoomVisit(page, tokens, jobs), InvitesVisit(page, tokens, jobs)
        self.announcing = Announcing(page, library, shelf, tokens, jobs)
        page.signed.read_files_with(jobs)
        page.set_accounts(library.book.matrix_accounts)
        library.changed.connect(lambda: page.set_accounts(library.book.matrix_accounts))
        page.fields.accounts_wanted.connect(self._ask_for_account)
        page.chat_only_wanted.connect(self._set_chat_only)
        page.shown.connect(opening.ask)
        page.room.open_wanted.connect(self._open)
        page.room.opener_chosen.connect(self._choose_opener)
        page.room.successor_wanted.connect(self._follow)
        self.visit.seen.connect(self._seen)
        self.visit.changed.connect(self.invites.look_afresh)
        self.invites.answered.connect(self.visit.look_afresh)
        self.visit.sign_in_wanted.connect(lambda account: accounts.sign_in(account))
        accounts.signed_in.connect(self._signed_in)
        accounts.signed_out.connect(lambda _: self.look_afresh())
        opening.known.connect(self._show_openers)

    def look_afresh(self) -> None:
        self.visit.look_afresh()
        self.invites.look_afresh()

    def _ask_for_account(self) -> None:
        """The list; where there is none, the first sign-in at once."""
        if self._library.book.matrix_accounts:
            self._accounts.open()
        else:
            self._accounts.sign_in(None)

    def _signed_in(self, account: MatrixAccount) -> None:
        if self._page.choice()[0] in (None, account):
            self.look_afresh()

    def _seen(self, seen: Seen) -> None:
        self.announcing.show(seen)
        self._show_openers()

    def _show_openers(self) -> None:
        seen = self._page.room.seen
        if seen:
            choices = self._opening.choices(seen.address, seen.account)
            self._page.room.show_openers([each.name for each in choices], self._opening.chosen(choices))

    def _choose_opener(self, number: int) -> None:
        seen = self._page.room.seen
        if seen:
            self._opening.remember(self._opening.choices(seen.address, seen.account)[number])

    def _open(self) -> None:
        seen = self._page.room.seen
        if seen:
            self._opening.open(seen.address, seen.account)

    def _follow(self) -> None:
        """To the room that people have moved to: it is looked at, not joined."""
        seen = self._page.room.seen
        if seen and seen.successor:
            self._page.fields.room.setText(seen.successor.uri)

    def _set_chat_only(self, chat_only: bool) -> None:
        meeting = self._shelf.meeting()
        if meeting:
            self._shelf.put(replace(meeting, server="" if chat_only else new_meeting(self._library.book).server))
