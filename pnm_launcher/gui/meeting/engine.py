"""QtWebEngine before a meeting needs it: whether it can run safely, and a start in small steps."""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

from pnm_launcher.gui.texts import tr
from pnm_launcher.work import background

_ENGINE: Final = "PySide6.QtWebEngineWidgets"
_SYSCTL: Final = Path("/proc/sys")
_GL_RENDERER: Final = 0x1F01
_PAUSE_MS: Final = 50
_EMULATED: Final = ("llvmpipe", "softpipe", "swiftshader", "swrast")


@cache
def unavailable_reason() -> str:
    """Why no meeting window may be opened here, as the middle of a sentence; "" if it may.

    Chromium silently goes on with half of its sandbox where user namespaces are missing (measured with QtWebEngine
    6.11 and 6.12), so this has to be found out before. Takes some milliseconds, and the first time as long as loading
    QtWebEngine, which whoever asks needs next.
    """
    if not find_spec(_ENGINE):
        return tr("the part of the program that shows web pages (QtWebEngine) is not installed")
    return (sys.platform == "linux" and _linux_reason()) or _loading_reason()


def _loading_reason() -> str:
    """A library may be there and not load: another one of the system is missing, or too old."""
    try:
        import_module(_ENGINE)
    except ImportError:
        return tr("the part of the program that shows web pages (QtWebEngine) does not start on this system")
    return ""


def _linux_reason() -> str:
    if os.geteuid() == 0:
        return tr("the program was started as root, and then web pages cannot be locked in safely")
    if not os.access("/dev/shm", os.W_OK | os.X_OK):  # noqa: S108 - where Chromium's processes share memory
        return tr("programs may not write to /dev/shm")
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1" and _apparmor_profile() == "unconfined":
        return tr("AppArmor does not let this program lock web pages in safely")
    if not _namespaces_work():
        return tr("this system does not let programs lock web pages in safely (user namespaces are switched off)")
    return ""


def _setting(name: str) -> str:
    """A kernel setting, "" where this kernel does not have it."""
    try:
        return (_SYSCTL / name).read_text("ascii").strip()
    except OSError:
        return ""


def _apparmor_profile() -> str:
    try:
        return Path("/proc/self/attr/current").read_text("utf-8").split()[0]
    except (OSError, IndexError):
        return "unconfined"


def _namespaces_work() -> bool:
    """Whether a program of this user gets a user namespace, tried with `unshare` (util-linux)."""
    if _setting("user/max_user_namespaces") == "0" or _setting("kernel/unprivileged_userns_clone") == "0":
        return False
    program = shutil.which("unshare")
    if not program:
        return True
    arguments = [program, "--user", "--map-root-user", "true"]
    return subprocess.run(arguments, check=False, capture_output=True).returncode == 0  # noqa: S603


def warm_up() -> None:
    """Start QtWebEngine without holding up the windows: the import in a thread, the rest in two turns of the loop."""
    app = QCoreApplication.instance()
    assert app  # noqa: S101 - the windows exist already

    def load() -> None:
        if unavailable_reason():
            return
        from . import meeting_window  # noqa: F401 - with QtWebEngine 50 ms from a warm disk, 250 ms from a cold one

        QTimer.singleShot(0, app, in_the_gui)

    def in_the_gui() -> None:
        choose_drawing()
        QTimer.singleShot(_PAUSE_MS, start)

    background(load, "web engine")


@cache
def start() -> None:
    """Do at once what is left of starting QtWebEngine; does nothing the second time."""
    choose_drawing()
    from PySide6.QtWebEngineCore import QWebEngineProfile

    QWebEngineProfile().deleteLater()  # Chromium's main parts start with the first profile and stay


@cache
def choose_drawing() -> None:
    """Draw without OpenGL where there is no graphics chip.

    An emulated chip would paint every frame of the meeting twice: measured with two 720p videos, 92 % of a core
    against 42 %, and 90 MB more; the first window came 100 ms later.
    """
    on_linux = QGuiApplication.platformName() in ("xcb", "wayland", "offscreen")
    if on_linux and not _has_graphics_chip():
        os.environ.setdefault("QT_QUICK_BACKEND", "software")


def _has_graphics_chip() -> bool:
    surface, context = QOffscreenSurface(), QOpenGLContext()
    surface.create()
    if not (context.create() and context.makeCurrent(surface)):
        return False
    renderer = str(context.functions().glGetString(_GL_RENDERER)).lower()
    context.doneCurrent()
    return not any(name in renderer for name in _EMULATED)
