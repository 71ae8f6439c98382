"""Pictures of a design for a program without windows: starts Qt for them, also where there is no screen."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtGui import QImage

from pnm_launcher.design.shots import PicturesFailed, PicturesUnavailable, Shot, Taken
from pnm_launcher.gui.app import make_application
from pnm_launcher.gui.meeting import engine
from pnm_launcher.practice.server import PracticeServer

if TYPE_CHECKING:
    from .preview_pictures import PreviewPictures

_LOOK_MS = 100


def take_pictures(values: Mapping[str, str], shots: Sequence[Shot], *, loads: bool) -> Taken:
    """A `TakePictures` of `design.shots`; to be called once in a program, from its main thread."""
    reason = engine.unavailable_reason()
    if reason:
        raise PicturesUnavailable(reason=reason)
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # the same pictures with a screen and without one,
        os.environ.setdefault("QT_QUICK_BACKEND", "software")  # with a graphics chip and without one,
        os.environ.pop("QT_SCALE_FACTOR", None)  # and whatever the size of the user's letters
    qInstallMessageHandler(lambda *_: None)  # Qt and Chromium talk about graphics chips
    app = make_application(sys.argv)
    from .preview_pictures import PreviewPictures  # the web engine, which wants the application first

    with closing(PracticeServer.start()) as server:
        pictures = PreviewPictures(server.address, values, shots, loads=loads)
        try:
            return _wait(pictures)
        finally:
            pictures.end()
            app.processEvents()


def _wait(pictures: "PreviewPictures") -> Taken:
    from .preview_pictures import png

    taken: dict[Shot, bytes] = {}
    ended: list[tuple[str, ...]] = []
    loop = QEventLoop()

    def keep(shot: Shot, picture: QImage) -> None:
        taken[shot] = png(picture)

    def finish(missing: tuple[str, ...]) -> None:
        ended.append(missing)
        loop.exit(0)

    pictures.taken.connect(keep)
    pictures.finished.connect(finish)
    pictures.failed.connect(lambda: loop.exit(1))
    with _interruptible(loop):
        loop.exec()
    if not ended:
        raise PicturesFailed
    return Taken(taken, ended[0])


@contextmanager
def _interruptible(loop: QEventLoop) -> Iterator[None]:
    """Ctrl+C reaches Python only while some of Python runs, and ends the loop before it is raised."""
    pressed: list[int] = []

    def press(number: int, _: object) -> None:
        pressed.append(number)
        loop.exit(1)

    before = signal.signal(signal.SIGINT, press)
    looking = QTimer(interval=_LOOK_MS)
    looking.timeout.connect(lambda: None)
    looking.start()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            raise KeyboardInterrupt
