"""What all tests share: a clean environment, a folder of their own, and the practice server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
           "SSL_CERT_FILE")  # fmt: skip


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy or certificate of the machine, and a configuration folder for this test only."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("PNM_LAUNCHER_HOME", str(tmp_path / "config"))


@pytest.fixture
def practice() -> Iterator["object"]:
    """A running practice server."""
    from pnm_launcher.practice.server import PracticeServer

    server = PracticeServer.start()
    yield server
    server.close()


@pytest.fixture(scope="session")
def qapp() -> "object":
    """The program's own application, with a made-up camera and microphone for the web engine."""
    from pnm_launcher.gui.app import make_application

    app = make_application(["pnm-launcher"])
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] += " --use-fake-device-for-media-stream"
    return app


@pytest.fixture
def program(qtbot: "object") -> Iterator["object"]:
    """The program as a user starts it, with nothing saved yet; its parts are in `program.furniture`."""
    from PySide6.QtWidgets import QApplication

    from pnm_launcher.gui.app import Program

    made = Program(QApplication.instance())
    made.window.show()
    qtbot.waitExposed(made.window)
    made.furnish()
    yield made
    made.furniture.opening.close_all()  # otherwise the program would ask whether to leave them
    made.window.close()
    qtbot.waitUntil(lambda: not any(type(each).__name__ == "MeetingWindow" for each in QApplication.topLevelWidgets()))
    made.window.deleteLater()
