"""Homeservers for the tests about Matrix, and clients for them."""

from collections.abc import Callable, Iterator

import pytest
from synapse_server import Person, Synapse, synapse

from pnm_launcher.address import parse_address
from pnm_launcher.matrix.calls import Bearer, Calls, Request
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.faults import SignedOut
from pnm_launcher.matrix.versions import PATH, Versions
from pnm_launcher.session import Session


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A real homeserver without rate limits."""
    with synapse(tmp_path_factory.mktemp("synapse")) as server:
        yield server


class PastedToken:
    """A token that cannot be renewed."""

    def __init__(self, address: str, token: str) -> None:
        self._bearer = Bearer(parse_address(address).origin, token)

    def bearer(self) -> Bearer:
        return self._bearer

    def renewed(self, refused: Bearer, fault: SignedOut) -> Bearer:
        raise fault


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as made:
        yield made


@pytest.fixture
def client(session: Session) -> Callable[..., MatrixClient]:
    """Makes the launcher's client for a person's token, as it is or as for a server of other versions."""

    def make(person: Person, versions: Versions | None = None, **settings: object) -> MatrixClient:
        calls = Calls(session, parse_address(person.address), **settings)
        known = versions or Versions.read(calls.call(Request("GET", PATH)))
        return MatrixClient(calls, known, PastedToken(person.address, person.token))

    return make
