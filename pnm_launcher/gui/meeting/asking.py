"""Asks the user, in the program's own words, whether the meeting may use a camera, a microphone or notifications."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWebEngineCore import QWebEnginePermission
from shiboken6 import isValid

from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.texts import tr

from .permissions import Permissions, Thing
from .strips import Strip, Strips

_SETTLED_MS: Final = 100
"""Until then the page has its answer."""


class Asking(QObject):
    """One question at a time; what was answered for the meeting is not asked again."""

    def __init__(self, permissions: Permissions, strips: Strips, host: str) -> None:
        super().__init__(strips)
        self._permissions, self._strips, self._host = permissions, strips, host
        self._waiting: list[tuple[tuple[Thing, ...], QWebEnginePermission]] = []
        self._granted: list[tuple[tuple[Thing, ...], QWebEnginePermission]] = []
        self._question: Strip | None = None
        permissions.changed.connect(self._look)

    def ask(self, things: tuple[Thing, ...], permission: QWebEnginePermission) -> None:
        self._waiting.append((things, permission))
        if self._permissions.answer(things) is False:
            self._say_refused(things)
        self._look()

    def _look(self) -> None:
        """Answer what is known by now, and ask for the first of the rest."""
        for things, permission in list(self._waiting):
            answer = self._permissions.answer(things)
            if answer is not None:
                self._waiting.remove((things, permission))
                self._tell(things, permission, allowed=answer)
        for things, permission in list(self._granted):
            if not self._permissions.answer(things):
                self._granted.remove((things, permission))
                permission.reset()
        if self._question and isValid(self._question):
            self._question.put_away()
        self._question = self._put(self._waiting[0][0]) if self._waiting else None

    def _tell(self, things: tuple[Thing, ...], permission: QWebEnginePermission, *, allowed: bool) -> None:
        """The engine remembers an answer while the page lives, so it has to forget those that do not last.

        Never a yes that still holds: QtWebEngine 6.11 stops a camera whose permission is reset.
        """
        if allowed:
            permission.grant()
            self._granted.append((things, permission))
        else:
            permission.deny()
            QTimer.singleShot(_SETTLED_MS, self, permission.reset)

    def _put(self, things: tuple[Thing, ...]) -> Strip:
        strip = Strip(_question(things, self._host), _why(things))
        keep = Tick(tr("Remember for this meeting"))
        keep.setChecked(True)
        strip.add(keep)

        def answer(allowed: bool) -> None:
            self._permissions.set(things, allowed, keep=keep.isChecked())

        allow = strip.add_answer(tr("Allow"), lambda: answer(True), "primary")
        strip.add_answer(tr("Don't allow"), lambda: answer(False))
        self._strips.put(strip)
        allow.setFocus()
        return strip

    def _say_refused(self, things: tuple[Thing, ...]) -> None:
        """Otherwise a button of the page that does nothing would be a riddle. Nobody misses notifications."""
        if things != ("notifications",):
            self._strips.say(
                tr("You did not allow this meeting to use that device."),
                tr("Allow it, then press the button in the meeting again."),
                (tr("Allow"), lambda: self._permissions.set(things, True, keep=True)),
            )


def _question(things: tuple[Thing, ...], host: str) -> str:
    if things == ("camera",):
        return tr("May {host} use your camera?").format(host=host)
    if things == ("microphone",):
        return tr("May {host} use your microphone?").format(host=host)
    if things == ("notifications",):
        return tr("May {host} show you notifications?").format(host=host)
    return tr("May {host} use your camera and microphone?").format(host=host)


def _why(things: tuple[Thing, ...]) -> str:
    if things == ("notifications",):
        return tr("For messages and raised hands while you are in another window.")
    return tr("Only this meeting, and only while its window is open. The menu of the window can change it.")
