"""What the tests of the studio's dialogs share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from pnm_launcher.gui.jobs import Jobs


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    """Real ones; a bug in them fails the test."""
    made, bugs = Jobs(), []
    made.unhandled.connect(bugs.append)
    yield made
    made.close()
    assert bugs == []


@pytest.fixture
def home(qtbot) -> QWidget:
    """The window over which a dialog opens."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made
