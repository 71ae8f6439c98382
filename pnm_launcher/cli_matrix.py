"""The `matrix` commands; here those about rooms: `join`, `knock`, `invites`, `open`."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from .address import parse_address
from .cli_matrix_accounts import chosen_account, matrix_accounts, matrix_login, matrix_logout, waiting
from .cli_output import Output, WrongUsage, table
from .cli_saved import read_book
from .cli_server import in_time
from .keychain import KeyringSecrets
from .matrix.accounts import MatrixAccounts
from .matrix.client import MatrixClient
from .matrix.entering import Entered, enter
from .matrix.openers import installed_schemes, open_room, openers
from .matrix.room_address import RoomAddress, parse_room, parse_via
from .matrix.rooms import Invite, RoomSummary
from .matrix.third_party import ThirdPartySigned, parse_third_party
from .matrix_saved import MatrixAccount
from .meetings import Book
from .texts import plain, tr

__all__ = ["matrix_accounts", "matrix_invites", "matrix_join", "matrix_knock", "matrix_login", "matrix_logout",
           "matrix_open"]  # fmt: skip
_MOST_BYTES: Final = 64 * 1024
_WAYS: Final = {
    "open": tr("You are in this room."),
    "join": tr("You can join."),
    "knock": tr("You can ask to join, with “pnm-launcher matrix knock”."),
    "waiting": tr("You have asked to join, and nobody has answered yet."),
    "invited only": tr("Only people who were invited can join."),
    "banned": tr("You were banned from this room."),
}


def matrix_join(args: Namespace, output: Output) -> None:
    room, book = _room(args), read_book()
    account = chosen_account(args.account, book)
    signed = _third_party(args.third_party, account) if args.third_party else None
    with _client(args, account, output) as client:
        if args.dry_run:
            _show(client.summary(room), output)
            return
        entered = enter(client, room, reason=args.reason, third_party=signed)
    output.result(_entered_data(entered, book), _told(entered, room.shown, book))


def matrix_knock(args: Namespace, output: Output) -> None:
    room = _room(args)
    with _client(args, chosen_account(args.account, read_book()), output) as client:
        room_id = client.knock(room, reason=args.reason)
    output.result({"room_id": room_id}, tr("You have asked to join. Somebody in the room has to let you in."))


def matrix_invites(args: Namespace, output: Output) -> None:
    book = read_book()
    account = chosen_account(args.account, book)
    with _client(args, account, output) as client:
        found = client.invites(account.user_id)
        if not args.accept and not args.decline:
            output.result([asdict(invite) for invite in found], table([_row(invite) for invite in found]))
            return
        wanted = args.accept or args.decline
        invite = next((each for each in found if each.room_id == wanted and not (args.accept and each.knocked)), None)
        if not invite:
            raise WrongUsage(tr("You have no invitation to that room."),
                             tr("“pnm-launcher matrix invites” shows them with their ids."))  # fmt: skip
        if args.decline:
            client.leave(invite.room_id)
            output.result({"room_id": invite.room_id, "declined": True}, tr("Declined."))
            return
        entered = enter(client, RoomAddress(invite.room_id))
    name = plain(invite.name) or RoomAddress(invite.room_id).shown
    output.result(_entered_data(entered, book), _told(entered, name, book))


def matrix_open(args: Namespace, output: Output) -> None:
    """Needs no account: the other program has its own. That of `--account` is asked for its Element Web only."""
    room, book = _room(args), read_book()
    account = chosen_account(args.account, book) if args.account or len(book.matrix_accounts) == 1 else None
    found = openers(room, installed_schemes(), account.web_client if account else "")
    if args.list:
        lines = [f"{each.kind:<16} {each.name}: {each.address}" for each in found]  # an address is never cut
        output.result([asdict(each) for each in found], lines)
        return
    opener = next((each for each in found if args.opener in (None, each.kind)), None)
    if not opener:
        raise WrongUsage(tr("That program is not installed here."), tr("“--list” shows those that are."))
    open_room(opener)
    output.result(asdict(opener), tr("The room was handed to: {name}.").format(name=opener.name))


@contextmanager
def _client(args: Namespace, account: MatrixAccount, output: Output) -> Iterator[MatrixClient]:
    accounts, host = MatrixAccounts(KeyringSecrets()), parse_address(account.homeserver).host
    with (
        in_time(args.timeout, host) as cancel,
        accounts.client(account, cancel=cancel, on_wait=waiting(output)) as client,
    ):
        yield client


def _room(args: Namespace) -> RoomAddress:
    room = parse_room(args.room)
    return replace(room, via=parse_via(args.via)) if args.via else room


def _third_party(name: str, account: MatrixAccount) -> ThirdPartySigned:
    try:
        if name == "-":
            text = sys.stdin.read(_MOST_BYTES)
        else:
            with Path(name).open(encoding="utf-8") as file:
                text = file.read(_MOST_BYTES)
    except (OSError, UnicodeDecodeError):
        raise WrongUsage(tr("The file {name} cannot be read.").format(name=plain(name))) from None
    return parse_third_party(text, account.user_id)


def _show(room: RoomSummary, output: Output) -> None:
    encrypted = {None: "?", True: tr("encrypted"), False: tr("not encrypted")}[room.encrypted]
    lines = [
        plain(room.name or room.alias or room.room_id),
        *([plain(room.topic)] if room.topic else []),
        tr("People in it: {members}; {encrypted}").format(members=room.members or "?", encrypted=encrypted),
        _WAYS[room.way],
    ]
    output.result(asdict(room) | {"way": room.way, "may_knock": room.may_knock}, lines)


def _entered_data(entered: Entered, book: Book) -> dict[str, Any]:
    meeting = entered.meeting and asdict(entered.meeting)
    if entered.meeting and meeting:
        mine = entered.meeting.on_one_of(book.servers)
        meeting["own_server"] = mine.name if mine else None
    return {"room_id": entered.room_id, "successor": entered.successor and entered.successor.uri, "meeting": meeting}


def _told(entered: Entered, name: str, book: Book) -> Iterator[str]:
    yield tr("You are in the room {room}.").format(room=name)
    if entered.successor:
        yield tr("It was replaced. Its people are in {link} now.").format(link=entered.successor.uri)
    if entered.meeting and (server := entered.meeting.on_one_of(book.servers)):
        yield tr("This room has a meeting: {room} on {server}.").format(
            room=entered.meeting.room_id, server=plain(server.name)
        )


def _row(invite: Invite) -> tuple[str, ...]:
    kind = tr("asked to join") if invite.knocked else tr("invited")
    return (invite.room_id, kind, invite.name or invite.alias or "?", invite.inviter)
