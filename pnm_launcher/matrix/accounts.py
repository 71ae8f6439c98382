"""Signing in and out of Matrix accounts, and the way to each: what the window and the command line use.

Everything here may take seconds: never call it on the GUI thread.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from pnm_launcher.address import parse_address
from pnm_launcher.errors import LauncherError
from pnm_launcher.handoff import system_browser
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.meetings import new_id
from pnm_launcher.session import Session
from pnm_launcher.texts import Say
from pnm_launcher.work import Cancellation

from . import login, sso
from .calls import Calls
from .client import MatrixClient
from .discovery import Homeserver, find_homeserver, homeserver_at
from .faults import SignedOut, SignInMissing
from .keys import StoredKeys
from .login import LoginWays, SignedIn
from .oauth import DeviceFlow, OAuth
from .oauth_server import AuthServer
from .tokens import Tokens, TokenStore


class SignIn:
    """One sign-in at a homeserver that was found: ask for its `ways`, sign in by one, then `MatrixAccounts.keep`.

    `known` is the account that signs in again: its place in the list of devices is used again.
    """

    def __init__(self, session: Session, homeserver: Homeserver, known: MatrixAccount | None = None,
                 cancel: Cancellation | None = None,
                 on_wait: Callable[[float], None] = lambda seconds: None) -> None:  # fmt: skip
        self.homeserver = homeserver
        self._device_id = known.device_id if known else ""
        self._cancel = cancel
        self._calls = Calls(session, homeserver.address, cancel=cancel, on_wait=on_wait)
        self._oauth = OAuth(session, homeserver, cancel)

    def ways(self) -> tuple[LoginWays, AuthServer | None]:
        """The ways of the Matrix API, and OAuth where there is some; a pasted access token works everywhere."""
        return login.login_ways(self._calls, self.homeserver), self._oauth.server()

    def with_password(self, user: str, password: str) -> SignedIn:
        return login.login_with_password(self._calls, self.homeserver, user, password, device_id=self._device_id)

    def with_token(self, text: str) -> SignedIn:
        return login.sign_in_with_token(self._calls, self.homeserver, text)

    def with_browser(self, provider: str = "", *, open_url: Callable[[str], bool] = system_browser,
                     seconds: float = sso.SECONDS, say: Say = str) -> SignedIn:  # fmt: skip
        """On the homeserver's web page; returns when the person has come back from it."""
        code = sso.code_from_browser(self.homeserver, provider=provider, open_url=open_url, seconds=seconds,
                                     say=say, cancel=self._cancel)  # fmt: skip
        return login.login_with_code(self._calls, self.homeserver, code, device_id=self._device_id)

    def start_device_flow(self, server: AuthServer) -> DeviceFlow:
        return self._oauth.start(server, device_id=self._device_id)

    def finish_device_flow(self, flow: DeviceFlow) -> SignedIn:
        return self._oauth.wait(flow)


class MatrixAccounts:
    """The accounts' tokens and connections; the accounts themselves are saved in the `Book` by the caller."""

    def __init__(self, secrets: KeyringSecrets) -> None:
        self._store = TokenStore(secrets)

    @contextmanager
    def sign_in(self, text: str, *, known: MatrixAccount | None = None, ca_file: str = "",
                cancel: Cancellation | None = None,
                on_wait: Callable[[float], None] = lambda seconds: None) -> Iterator[SignIn]:  # fmt: skip
        """Find the homeserver of `@name:server`, a server's name or an address (`discovery.find_homeserver`)."""
        with Session(ca_file=ca_file) as session:
            yield SignIn(session, find_homeserver(text, session, cancel=cancel), known, cancel, on_wait)

    def keep(self, signed_in: SignedIn, known: MatrixAccount | None = None, *, ca_file: str = "",
             for_session: bool = False) -> MatrixAccount:  # fmt: skip
        """Store the tokens, and return the account to be saved. Without a keyring, `for_session` keeps them in memory.

        `known` is an account of the same person at the same server, if there is one: it is changed, not doubled.
        """
        address = str(signed_in.homeserver.address)
        same = known and (known.user_id, known.homeserver) == (signed_in.user_id, address)
        account = known if known and same else MatrixAccount(new_id(), address, signed_in.user_id, ca_file=ca_file)
        account = replace(account, device_id=signed_in.device_id, client_id=signed_in.client_id)
        self._store.save(account, signed_in.tokens, for_session=for_session)
        return account

    def is_signed_in(self, account: MatrixAccount) -> bool:
        """Whether tokens are there; asks no server. Raises `SecretError` if the keyring refuses."""
        try:
            self._store.load(account)
        except SignInMissing:
            return False
        return True

    @contextmanager
    def client(self, account: MatrixAccount, *, cancel: Cancellation | None = None,
               on_wait: Callable[[float], None] = lambda seconds: None) -> Iterator[MatrixClient]:  # fmt: skip
        """A client of a saved account; its tokens are renewed when needed, and stored before they are used.

        `on_wait` is told, in this thread, when the server asks to wait that many seconds before a second try.
        """
        self._store.load(account)  # before anything is sent
        with Session(ca_file=account.ca_file) as session:
            homeserver = homeserver_at(parse_address(account.homeserver), session, cancel=cancel)
            calls = Calls(session, homeserver.address, cancel=cancel, on_wait=on_wait)
            keys = StoredKeys(account, self._store, lambda old: _renewed(session, homeserver, account, old, cancel))
            yield MatrixClient(calls, homeserver.versions, keys)

    def sign_out(self, account: MatrixAccount, *, cancel: Cancellation | None = None) -> LauncherError | None:
        """End the sign-in at the server, and forget it here in any case.

        Returns why the server could not be told, if so: the device is then still in the account's list there.
        """
        fault: LauncherError | None = None
        try:
            tokens = self._store.load(account)
            self._end(account, tokens, cancel)
        except (SignInMissing, SignedOut):
            pass
        except LauncherError as error:
            fault = error
        self._store.forget(account)
        return fault

    def discard(self, signed_in: SignedIn, *, ca_file: str = "") -> None:
        """End a sign-in that could not be kept, if the server can be reached."""
        address = str(signed_in.homeserver.address)
        account = MatrixAccount("", address, signed_in.user_id, client_id=signed_in.client_id, ca_file=ca_file)
        with suppress(LauncherError):
            self._end(account, signed_in.tokens, None)

    def _end(self, account: MatrixAccount, tokens: Tokens, cancel: Cancellation | None) -> None:
        with Session(ca_file=account.ca_file) as session:
            homeserver = homeserver_at(parse_address(account.homeserver), session, cancel=cancel)
            if tokens.refresh_at:
                OAuth(session, homeserver, cancel).revoke(tokens, account.client_id)
                return
            keys = StoredKeys(account, self._store, lambda old: _renewed(session, homeserver, account, old, cancel))
            calls = Calls(session, homeserver.address, cancel=cancel)
            try:
                login.log_out(calls, homeserver, tokens.bearer)
            except SignedOut as fault:  # expired: with a new one the device can still be removed
                login.log_out(calls, homeserver, keys.renewed(tokens.bearer, fault))


def _renewed(session: Session, homeserver: Homeserver, account: MatrixAccount, old: Tokens,
             cancel: Cancellation | None) -> Tokens:  # fmt: skip
    if old.refresh_at:
        return OAuth(session, homeserver, cancel).renew(old, account.client_id)
    return login.renew(Calls(session, homeserver.address, cancel=cancel), homeserver, old)
