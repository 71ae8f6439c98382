"""The server that a command speaks with: found among the saved ones or made of the options, with its secret."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .address import parse_address
from .api import Client
from .cli_output import Output, WrongUsage
from .cli_saved import read_book, read_secret
from .errors import Cancelled, DeadlinePassed
from .keychain import KeyringSecrets
from .meetings import Book, Server, new_id
from .session import Session
from .texts import tr
from .work import Cancellation, Deadline


@dataclass(frozen=True, slots=True)
class Reached:
    """A server with all it takes to call it; `cancel` belongs into each call, for `--timeout`."""

    server: Server
    secret: str
    session: Session
    cancel: Cancellation

    def client(self) -> Client:
        return Client(parse_address(self.server.address), self.server.api_key, self.secret, self.session)


def read_book_with_options(args: Namespace) -> Book:
    """What is saved, and the server that `--server` and `--api-key` describe; the former becomes that server's id."""
    book = read_book()
    if args.api_key is None:
        return book
    if not args.server:
        raise WrongUsage(tr("--api-key needs the address of its server."), tr("Add --server https://…"))
    address = str(parse_address(args.server, "server"))
    server = Server(new_id(), address, address, args.api_key)
    args.server = server.id
    return book.with_server(server)


@contextmanager
def reach(args: Namespace, server: Server, output: Output) -> Iterator[Reached]:
    """Fetch the secret and be ready to call. Raises `SecretError`, and `DeadlinePassed` once `--timeout` has passed."""
    secrets = KeyringSecrets()
    if args.secret_stdin:
        secrets.put_for_session(server, read_secret(output))
    secret = secrets.get(server)
    with (
        Session(ca_file=server.ca_file) as session,
        in_time(args.timeout, parse_address(server.address).host) as cancel,
    ):
        yield Reached(server, secret, session, cancel)


@contextmanager
def in_time(seconds: float | None, host: str) -> Iterator[Cancellation]:
    """All calls together take no longer than `seconds`; each has a limit of its own besides."""
    cancel = Cancellation()
    if seconds is None:
        yield cancel
        return
    try:
        with Deadline(seconds, cancel.cancel):
            yield cancel
    except Cancelled:
        raise DeadlinePassed(host=host, seconds=f"{seconds:g}") from None
