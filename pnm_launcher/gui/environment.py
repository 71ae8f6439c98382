"""What must be done to the environment before there is a `QApplication`."""

import os
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt

_FLAGS: Final = "QTWEBENGINE_CHROMIUM_FLAGS"


def disarm() -> None:
    """Call before `QApplication`: nothing from outside may switch off the protection of web pages.

    Variables named `QTWEBENGINE…` can disable the sandbox, open a debugging port or replace the renderer, and
    `SSLKEYLOGFILE` writes the keys of every connection to a file. The flags are set here, so that QtWebEngine does
    not look for `--webEngineArgs` in the command line; tests may add to them afterwards.
    """
    for name in [name for name in os.environ if name.startswith("QTWEBENGINE") or name == "SSLKEYLOGFILE"]:
        del os.environ[name]
    os.environ[_FLAGS] = "--log-level=3"  # fatal only: Chromium's messages can quote addresses
    _name_session()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def _name_session() -> None:
    """Say that this is Wayland where the session does not, because it was begun in a text console.

    Otherwise Qt and the web engine would take it for X11, and a shared screen would be black for the others.
    """
    if os.environ.get("WAYLAND_DISPLAY") and os.environ.get("XDG_SESSION_TYPE") not in ("wayland", "x11"):
        os.environ["XDG_SESSION_TYPE"] = "wayland"
