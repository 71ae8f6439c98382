"""The commands about what is saved and known: `servers`, `meetings`, `fields`."""

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from . import store
from .address import parse_address
from .cli_output import Output, WrongUsage, table
from .errors import LauncherError
from .keychain import KeyringSecrets, clean_secret
from .meetings import PRACTICE, Book, Meeting, Server, new_id
from .paths import meetings_file
from .texts import plain, tr


def read_book() -> Book:
    """What is saved. Raises `StoreError` rather than going on with an empty list."""
    book, fault = store.load(meetings_file())
    if fault:
        raise fault
    return book


def read_secret(output: Output) -> str:
    """One line of standard input, or typed unseen where that is a terminal. Raises `SecretInvalid`."""
    if sys.stdin.isatty():
        from getpass import getpass

        line = getpass(tr("API secret: "))
    else:
        line = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    secret, removed = clean_secret(line)
    if removed:
        output.note(tr("White space or quotes around the secret were left out."))
    return secret


def servers_list(args: Namespace, output: Output) -> None:
    servers = read_book().servers
    rows = [(server.name, server.address, server.api_key) for server in servers]
    output.result([_server_data(server) for server in servers], table(rows))


def servers_add(args: Namespace, output: Output) -> None:
    """Save a server, and its secret in the keyring first, so that no server is saved without one by accident."""
    if args.secret_stdin == args.session_only:
        raise WrongUsage(
            tr("Choose where the API secret comes from."),
            tr("--secret-stdin keeps it in your keyring; with --session-only you give it each time."),
        )
    server = Server(
        id=new_id(),
        name=args.server,
        address=str(parse_address(args.address)),
        api_key=args.api_key.strip(),
        page=str(parse_address(args.page, "page")) if args.page else "",
        ca_file=args.ca_file or "",
    )
    if not server.name.strip() or not server.api_key:
        raise WrongUsage(tr("A server needs a name and an API key."))
    before = read_book()
    _refuse_second(before, server)
    if args.secret_stdin:
        KeyringSecrets().put(server, read_secret(output))

    def add(book: Book) -> Book:
        _refuse_second(book, server)
        return book.with_server(server)

    try:
        store.update(meetings_file(), add)
    except LauncherError:
        _forget_secret(server, before)
        raise
    output.result(_server_data(server), tr("The server “{name}” is saved.").format(name=server.name))


def _server_data(server: Server) -> dict[str, str]:
    return {name: getattr(server, name) for name in ("id", "name", "address", "api_key", "page", "ca_file")}


def _refuse_second(book: Book, server: Server) -> None:
    if server.name.casefold() in (PRACTICE, *(old.name.casefold() for old in book.servers)):
        raise WrongUsage(
            tr("There is already a server called “{name}”.").format(name=server.name),
            tr("Choose another name, or remove it first with “pnm-launcher servers remove”."),
        )


def _forget_secret(server: Server, others: Book) -> None:
    """Unless another saved server uses the same key at the same address."""
    if server.account not in [other.account for other in others.servers]:
        KeyringSecrets().forget(server)


def servers_remove(args: Namespace, output: Output) -> None:
    """Remove a server and its secret. Meetings that name it stay, and ask for another server."""
    book = read_book()
    server = book.server(args.server)
    _forget_secret(server, book.without_server(server.id))
    store.update(meetings_file(), lambda book: book.without_server(server.id))
    output.result(_server_data(server), tr("The server “{name}” and its secret are removed.").format(name=server.name))


def meetings_list(args: Namespace, output: Output) -> None:
    book = read_book()
    rows = [(meeting.title, meeting.room_id, _place(book, meeting), meeting.user_name) for meeting in book.meetings]
    output.result([_meeting_data(meeting) for meeting in book.meetings], table(rows))


def meetings_show(args: Namespace, output: Output) -> None:
    book = read_book()
    meeting = book.meeting(args.meeting)
    lines = [f"title: {plain(meeting.title)}", f"server: {plain(_place(book, meeting))}"]
    for name in ("join", "create", "design"):
        lines += [f"{name}.{path}: {plain(_written(value))}" for path, value in meeting.values(name).items()]
    output.result(_meeting_data(meeting), lines)


def _place(book: Book, meeting: Meeting) -> str:
    if meeting.server == PRACTICE:
        return tr("practice server")
    return next((server.name for server in book.servers if server.id == meeting.server), tr("(no server)"))


def _meeting_data(meeting: Meeting) -> dict[str, Any]:
    values = {name: dict(meeting.values(name)) for name in ("join", "create", "design")}
    return {"id": meeting.id, "title": meeting.title, "server": meeting.server, **values}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value)
    return "; ".join(f"{name}={text}" for name, text in value.items()) if isinstance(value, dict) else str(value)


def fields(args: Namespace, output: Output) -> None:
    from .field_docs import field_docs  # no other command needs it

    found = list(field_docs(args.words))
    if not found:
        raise WrongUsage(
            tr("No field mentions “{words}”.").format(words=args.words), tr("“pnm-launcher fields” lists all.")
        )
    lines = [
        line
        for doc in found
        for line in (f"{doc.name}  ({doc.label})", f"    {doc.value}; {doc.unset}", f"    {doc.help}")
        if line.strip()
    ]
    output.result([{"name": doc.name, **asdict(doc)} for doc in found], lines)
