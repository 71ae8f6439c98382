"""The program with a real homeserver, people in its rooms, and somebody who uses the window."""

import os
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_user import ChatUser, Programs
from homeservers import *  # noqa: F403 - pytest finds fixtures by name
from synapse_server import UNLIMITED, Synapse, synapse

from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix.tokens import TokenStore


@pytest.fixture(scope="session")
def strict_homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A real homeserver with a limit on joining, and sign-ins that end soon."""
    limits = {
        "rc_joins": {"local": {"per_second": 0.25, "burst_count": 1}, "remote": {"per_second": 0.01, "burst_count": 1}},
        "rc_login": UNLIMITED["rc_login"],
        "refreshable_access_token_lifetime": "1s",
        "nonrefreshable_access_token_lifetime": "1h",
    }
    with synapse(tmp_path_factory.mktemp("strict"), **limits) as server:
        yield server


@pytest.fixture
def host(homeserver):
    """The person in whose rooms the tests happen."""
    return homeserver.person("host")


@pytest.fixture
def ana(homeserver):
    """The person at the window."""
    return homeserver.person("ana")


@pytest.fixture
def user(qtbot, program) -> Iterator[ChatUser]:
    made = ChatUser(qtbot, program)
    yield made
    for account in program.furniture.library.book.matrix_accounts:
        TokenStore(KeyringSecrets()).forget(account)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been opened in the system's browser."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    return opened


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Stand-ins for the system's `xdg-mime` and `xdg-open`, which note how they were started."""
    made = Programs(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{made.folder}:{os.environ['PATH']}")
    return made
