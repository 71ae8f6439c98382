"""The whole program in a test: the real window, library, keyring and jobs."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pnm_launcher.gui.app import Program


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    """Started as a user starts it, with nothing saved yet; its parts are in `program.furniture`."""
    from PySide6.QtWidgets import QApplication

    made = Program(QApplication.instance())
    made.window.show()
    qtbot.waitExposed(made.window)
    made.furnish()
    yield made
    made.window.close()
    made.window.deleteLater()
