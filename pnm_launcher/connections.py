"""Opens the way to a server: its secret from the keyring for just the calls that need it, and the practice server."""

from collections.abc import Iterator
from contextlib import contextmanager

from .address import Address, parse_address
from .api import Client
from .keychain import KeyringSecrets
from .meetings import PRACTICE, Book, Meeting, Server
from .practice.server import PracticeServer
from .session import Session
from .texts import tr
from .work import Once


class Connections:
    """Everything here may take seconds: never call it in the GUI thread."""

    def __init__(self, secrets: KeyringSecrets) -> None:
        self.secrets = secrets
        self._practice = Once(PracticeServer.start)

    def server_of(self, meeting: Meeting, book: Book) -> Server:
        """The server of a meeting; the practice server is started at its first use. Raises `UnknownServer`."""
        return self.practice() if meeting.server == PRACTICE else book.server(meeting.server)

    def practice(self) -> Server:
        running = self._practice.get()
        return Server(PRACTICE, tr("Practice server on this computer"), running.address, running.api_key)

    @contextmanager
    def client(self, server: Server) -> Iterator[Client]:
        """A client with the secret in memory until the end of the `with` block. Raises `SecretError`."""
        secret = self._practice.get().secret if server.id == PRACTICE else self.secrets.get(server)
        with Session(ca_file=server.ca_file) as session:
            yield Client(parse_address(server.address), server.api_key, secret, session)

    @staticmethod
    def page(server: Server) -> Address:
        return parse_address(server.page_base)

    def close(self) -> None:
        for running in self._practice.made():
            running.close()
