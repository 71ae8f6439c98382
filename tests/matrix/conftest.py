"""Homeservers for the tests about Matrix, and clients for them."""

from collections.abc import Callable, Iterator

import keyring_services as services
import pytest
from homeservers import *  # noqa: F403 - pytest finds fixtures by name
from synapse_server import UNLIMITED, Person, Synapse, synapse

from pnm_launcher.address import parse_address
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.calls import Bearer, Calls, Request
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.faults import SignedOut
from pnm_launcher.matrix.versions import PATH, Versions
from pnm_launcher.session import Session


@pytest.fixture(scope="session")
def strict_homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A real homeserver with tokens that live for a second or two, and rate limits on signing in and joining."""
    limits = {
        "rc_joins": {"local": {"per_second": 0.25, "burst_count": 1}, "remote": {"per_second": 0.01, "burst_count": 1}},
        "rc_login": UNLIMITED["rc_login"] | {"failed_attempts": {"per_second": 0.003, "burst_count": 3}},
        "refreshable_access_token_lifetime": "1s",
        "nonrefreshable_access_token_lifetime": "1h",
    }
    with synapse(tmp_path_factory.mktemp("strict"), **limits) as server:
        yield server


@pytest.fixture
def accounts() -> MatrixAccounts:
    """Accounts whose tokens are in memory, unless a test stores them itself."""
    return MatrixAccounts(KeyringSecrets())


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


@pytest.fixture
def own_keyring(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real keyring of this test alone, by the address of its bus."""
    folder = tmp_path_factory.mktemp("k")
    with services.bus(folder) as address, services.keyring_daemon(folder, address):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
