"""One sign-in at a homeserver, from its address to the saved account; everything slow happens elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pnm_launcher.errors import Cancelled, LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.texts import translate
from pnm_launcher.matrix.accounts import MatrixAccounts, SignIn
from pnm_launcher.matrix.discovery import Homeserver
from pnm_launcher.matrix.login import LoginWays, SignedIn
from pnm_launcher.matrix.oauth_server import AuthServer
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.work import Cancellation

_T = TypeVar("_T")
Known = Callable[[str, str], MatrixAccount | None]
"""The saved account of this user id at the server of this address, if there is one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A homeserver that answered, and the ways in that it offers."""

    homeserver: Homeserver
    ways: LoginWays
    oauth: AuthServer | None

    @property
    def address(self) -> str:
        return str(self.homeserver.address)


class SigningIn(QObject):
    """One step at a time; a new step, or `stop`, ends the one before.

    A sign-in that nobody waits for any more is ended at the server. Passwords and tokens go through here into the
    call that needs them, and are kept nowhere.

    Attributes:
        found: a server answered (`Found`).
        code_given: a code is to be confirmed on a web page (`DeviceFlow`).
        kept: signed in, and the tokens are stored (`MatrixAccount`).
        failed: the step ended with this fault.
        not_kept: signed in, but the keyring refuses to keep it: `keep(for_session=True)` is left.
    """

    found = Signal(object)
    code_given = Signal(object)
    kept = Signal(object)
    failed = Signal(object)
    not_kept = Signal(object)

    def __init__(self, accounts: MatrixAccounts, jobs: Jobs, known: Known, again: MatrixAccount | None,
                 parent: QObject) -> None:  # fmt: skip
        """`again` is the account that signs in again, if it is one."""
        super().__init__(parent)
        self._accounts, self._jobs, self._known, self._again = accounts, jobs, known, again
        self._cancellation: Cancellation | None = None
        self._homeserver = ""
        self._signed_in: SignedIn | None = None

    @property
    def under_way(self) -> bool:
        return self._cancellation is not None

    def find(self, text: str) -> None:
        """Look for the homeserver of `@name:server`, a server's name, or an address."""

        def look(way: SignIn) -> Found:
            return Found(way.homeserver, *way.ways())

        self._step(text, look, self._found, None)

    def with_password(self, user: str, password: str) -> None:
        again = self._again or self._known(user.strip(), self._homeserver)
        self._sign_in(lambda way: way.with_password(user, password), again)

    def with_token(self, token: str) -> None:
        self._sign_in(lambda way: way.with_token(token), self._again)

    def with_browser(self, provider: str = "") -> None:
        self._sign_in(lambda way: way.with_browser(provider, say=translate), self._again)

    def with_code(self, server: AuthServer) -> None:
        """By a code that the person confirms on the server's web page."""
        tell = self._jobs.teller(self._unless_stopped(self.code_given.emit), self)

        def sign_in(way: SignIn) -> SignedIn:
            flow = way.start_device_flow(server)
            tell(flow)
            return way.finish_device_flow(flow)

        self._sign_in(sign_in, self._again)

    def keep(self, *, for_session: bool = False) -> None:
        """Store the tokens of the sign-in that was just made."""
        signed_in = self._signed_in
        if signed_in is None:
            return
        known = self._known(signed_in.user_id, str(signed_in.homeserver.address)) or self._again
        ca_file = self._ca_file
        self._signed_in = None
        cancellation = self._cancellation = Cancellation()

        def done(account: MatrixAccount) -> None:
            if self._cancellation is cancellation:
                self._cancellation = None
                self.kept.emit(account)
            else:
                self._jobs.run(lambda: self._accounts.sign_out(account))

        def failed(error: LauncherError) -> None:
            if self._cancellation is cancellation:
                self._cancellation, self._signed_in = None, signed_in
                self.not_kept.emit(error)
            else:
                self._discard(signed_in)

        self._jobs.run(lambda: self._accounts.keep(signed_in, known, ca_file=ca_file, for_session=for_session),
                       done, failed, broke=self.stop)  # fmt: skip

    def stop(self) -> None:
        """End what is under way, at the server too."""
        if self._cancellation:
            self._cancellation.cancel()
        self._cancellation = None
        if self._signed_in:
            self._discard(self._signed_in)
            self._signed_in = None

    @property
    def _ca_file(self) -> str:
        return self._again.ca_file if self._again else ""

    def _found(self, found: Found) -> None:
        self._homeserver = found.address
        self.found.emit(found)

    def _sign_in(self, call: Callable[[SignIn], SignedIn], again: MatrixAccount | None) -> None:
        """At the very server that was found: nothing is looked up a second time."""
        self._step(self._homeserver, call, self._signed, again, late=self._discard)

    def _signed(self, signed_in: SignedIn) -> None:
        self._signed_in = signed_in
        self.keep()

    def _discard(self, signed_in: SignedIn) -> None:
        ca_file = self._ca_file
        self._jobs.run(lambda: self._accounts.discard(signed_in, ca_file=ca_file))

    def _step(self, text: str, call: Callable[[SignIn], _T], done: Callable[[_T], object],
              again: MatrixAccount | None, late: Callable[[_T], object] = bool) -> None:  # fmt: skip
        self.stop()
        cancellation = self._cancellation = Cancellation()
        ca_file = self._ca_file

        def job() -> _T:
            with self._accounts.sign_in(text, known=again, ca_file=ca_file, cancel=cancellation) as way:
                return call(way)

        def ended(result: _T) -> None:
            if self._cancellation is cancellation:
                self._cancellation = None
                done(result)
            else:
                late(result)

        def failed(error: LauncherError) -> None:
            if self._cancellation is cancellation:
                self._cancellation = None
                if not isinstance(error, Cancelled):
                    self.failed.emit(error)

        self._jobs.run(job, ended, failed, broke=self.stop)

    def _unless_stopped(self, act: Callable[[_T], object]) -> Callable[[_T], object]:
        return lambda news: act(news) if self.under_way else None
