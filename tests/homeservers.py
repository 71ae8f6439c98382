"""The homeserver of all tests about Matrix, and the organisation behind its sign-in page."""

from collections.abc import Iterator

import pytest
from synapse_server import Cas, Synapse, synapse

__all__ = ["cas", "homeserver"]


@pytest.fixture(scope="session")
def cas() -> Iterator[Cas]:
    """The organisation behind the sign-in page of `homeserver`."""
    with Cas() as server:
        yield server


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory, cas: Cas) -> Iterator[Synapse]:
    """A real homeserver without rate limits."""
    config = {"enabled": True, "server_url": cas.address, "idp_name": "School"}
    with synapse(tmp_path_factory.mktemp("synapse"), cas_config=config) as server:
        yield server
