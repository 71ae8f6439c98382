"""What the tests of the windows share: bugs fail the test they happen in, and a server that counts its calls."""

from collections.abc import Iterator

import pytest
from practice_school import School


@pytest.fixture(autouse=True)
def no_bugs(caplog) -> Iterator[None]:
    """The program catches its own bugs to show them; here each one fails the test, unless the test is about them."""
    yield
    bugs = [record for record in caplog.get_records("call") if record.name == "pnm_launcher.gui.problems"]
    assert not bugs, "\n".join(f"{record.getMessage()}\n{record.exc_text or record.exc_info}" for record in bugs)


@pytest.fixture
def school(program) -> Iterator[School]:
    """A practice server that is saved as an ordinary one, its secret in the real keyring, with one meeting on it."""
    made = School.open(program)
    yield made
    made.close()
