"""The commands about Matrix accounts: `matrix login`, `logout`, `accounts`."""

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import Any

from . import store
from .address import parse_address
from .cli_output import Output, WrongUsage, table
from .cli_saved import read_book
from .cli_server import in_time
from .errors import LauncherError, SecretError
from .keychain import KeyringSecrets
from .matrix.accounts import MatrixAccounts, SignIn
from .matrix.faults import NoSuchLogin, SignInNotKept
from .matrix.ids import is_user_id
from .matrix.login import LoginWays, SignedIn
from .matrix.oauth_server import AuthServer
from .matrix_saved import MatrixAccount
from .meetings import Book
from .paths import meetings_file
from .texts import plain, tr


def matrix_login(args: Namespace, output: Output) -> None:
    """Sign in, keep the tokens in the keyring, then save the account; what could not be kept is ended again."""
    web_client = str(parse_address(args.web_client, "web_client")) if args.web_client else ""
    book, accounts = read_book(), MatrixAccounts(KeyringSecrets())
    user = args.user or (args.homeserver.strip() if is_user_id(args.homeserver.strip()) else "")
    before = next((account for account in book.matrix_accounts if user and account.user_id == user), None)
    ca_file = args.ca_file or (before.ca_file if before else "")
    with in_time(args.timeout, args.homeserver) as cancel:
        wait = waiting(output)
        with accounts.sign_in(args.homeserver, known=before, ca_file=ca_file, cancel=cancel, on_wait=wait) as way:
            signed_in = _signed_in(args, way, user, output)
        account = _kept(accounts, signed_in, book, ca_file)
    account = replace(account, web_client=web_client or account.web_client)
    try:
        store.update(meetings_file(), lambda book: book.with_matrix_account(account))
    except LauncherError:
        accounts.sign_out(account)
        raise
    output.result(account_data(account), tr("You are signed in as {user}.").format(user=plain(account.user_id)))


def matrix_logout(args: Namespace, output: Output) -> None:
    account = chosen_account(args.account, read_book())
    with in_time(args.timeout, parse_address(account.homeserver).host) as cancel:
        fault = MatrixAccounts(KeyringSecrets()).sign_out(account, cancel=cancel)
    store.update(meetings_file(), lambda book: book.without_matrix_account(account.id))
    if fault:
        output.note(str(fault))
        output.note(tr("So the server still lists this computer. Remove it with another app, under your devices."))
    output.result(account_data(account) | {"told_server": not fault}, tr("You are signed out."))


def matrix_accounts(args: Namespace, output: Output) -> None:
    accounts, found = MatrixAccounts(KeyringSecrets()), read_book().matrix_accounts
    states = [_is_signed_in(accounts, account) for account in found]
    words = {True: tr("signed in"), False: tr("signed out"), None: tr("the keyring does not tell")}
    rows = [(account.user_id, account.homeserver, words[state]) for account, state in zip(found, states, strict=True)]
    data = [account_data(account) | {"signed_in": state} for account, state in zip(found, states, strict=True)]
    output.result(data, table(rows))


def _is_signed_in(accounts: MatrixAccounts, account: MatrixAccount) -> bool | None:
    """None where the keyring is locked or refuses."""
    try:
        return accounts.is_signed_in(account)
    except SecretError:
        return None


def account_data(account: MatrixAccount) -> dict[str, Any]:
    names = ("id", "user_id", "homeserver", "device_id", "ca_file", "web_client")
    return {name: getattr(account, name) for name in names}


def waiting(output: Output) -> Callable[[float], None]:
    """Tells that the server asks to wait, when that begins."""
    return lambda seconds: output.note(
        tr("The server asks to wait {seconds} s.").format(seconds=ceil(seconds))
    )  # fmt: skip


def chosen_account(name: str, book: Book) -> MatrixAccount:
    """The account of that id or user id, or the only one. Raises `UnknownMatrixAccount`."""
    if not name and len(book.matrix_accounts) == 1:
        return book.matrix_accounts[0]
    if not name:
        raise WrongUsage(
            tr("Which Matrix account?") if book.matrix_accounts else tr("You have no Matrix account here."),
            tr("“pnm-launcher matrix accounts” shows them, “pnm-launcher matrix login” adds one."),
        )
    return book.matrix_account(name)


def _kept(accounts: MatrixAccounts, signed_in: SignedIn, book: Book, ca_file: str) -> MatrixAccount:
    who = (signed_in.user_id, str(signed_in.homeserver.address))
    known = next((each for each in book.matrix_accounts if (each.user_id, each.homeserver) == who), None)
    if known and ca_file:
        known = replace(known, ca_file=ca_file)
    try:
        return accounts.keep(signed_in, known, ca_file=ca_file)
    except SecretError as fault:
        reason = str(fault)
    accounts.discard(signed_in, ca_file=ca_file)
    raise SignInNotKept(reason=reason)


def _signed_in(args: Namespace, way: SignIn, user: str, output: Output) -> SignedIn:
    """By the way that the options name, or by the best that the server offers."""
    if args.token_stdin:
        return way.with_token(_line(tr("Access token: ")))
    ways, oauth = way.ways()
    named = args.password_stdin or args.browser or args.device
    device = oauth if oauth and oauth.device and oauth.registration else None
    if device and (args.device or not named):
        return _with_code(way, device, output)
    if ways.password and (args.password_stdin or not named):
        if not user:
            raise WrongUsage(tr("Who are you?"), tr("Write @name:server, or add --user NAME."))
        return way.with_password(user, _line(tr("Password: ")))
    if ways.sso and ways.token and (args.browser or not named):
        output.note(tr("Sign in on the page that opens in your browser."))
        return way.with_browser(args.provider)
    host = way.homeserver.address.host
    raise NoSuchLogin(message="", code="", host=host, ways=_offered(ways, device))


def _with_code(way: SignIn, server: AuthServer, output: Output) -> SignedIn:
    flow = way.start_device_flow(server)
    output.note(tr("Open {page} and confirm the code {code}.").format(page=flow.page, code=flow.user_code))
    return way.finish_device_flow(flow)


def _offered(ways: LoginWays, device: AuthServer | None) -> str:
    options = {
        "--device": bool(device),
        "--password-stdin": ways.password,
        "--browser": ways.sso and ways.token,
        "--token-stdin": True,
    }
    return ", ".join(option for option, offered in options.items() if offered)


def _line(prompt: str) -> str:
    """One line of standard input as it is, or typed unseen where that is a terminal."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(prompt)
    return sys.stdin.readline().removesuffix("\n").removesuffix("\r")
