"""Takes the pictures of a sign-off sheet, and shows the one just taken and how many there are."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from pnm_launcher.design.shots import SHEET, PicturesFailed, PicturesUnavailable, Shot
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.parts import announce, label
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Server
from pnm_launcher.schema import DESIGN

from .preview_pictures import PreviewPictures, png

SHOWN = QSize(512, 304)
"""The picture just taken, in a wide screen's proportions."""
_THIN: Final = 8
_SHOWN_AT_LAST: Final = Shot("room")


class SheetPictures(QWidget):
    """Takes the pictures of a sheet; `files` has them as PNG, `missing` the parameters whose address gave nothing.
    `status` is to be put below it.

    Attributes:
        ready: all of them are there.
        failed: a `LauncherError`; there will be none.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(self, values: Mapping[str, str], practice: Callable[[], Server], jobs: Jobs) -> None:
        super().__init__()
        self._values, self._practice, self._jobs = values, practice, jobs
        self._taking: PreviewPictures | None = None
        self._turn = 0
        self.files: dict[Shot, bytes] = {}
        self._small: dict[Shot, QPixmap] = {}
        self.missing: tuple[str, ...] = ()
        self.loads = False
        self.picture = QLabel()
        self.status = label("", "muted", wrap=True)
        self.progress = QProgressBar()
        self._build()

    def _build(self) -> None:
        self.picture.setFixedSize(SHOWN)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(tr("Picture just taken"))
        self.progress.setAccessibleName(tr("Pictures taken"))
        self.progress.setTextVisible(False)
        self.progress.setMaximum(len(SHEET))
        self.progress.setFixedHeight(_THIN)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when the last one is there
        self.progress.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.progress)

    def take(self, *, loads: bool) -> None:
        """Take them all, from the beginning; `loads`: with what the design's addresses give."""
        self.stop()
        self.files, self.missing, self.loads = {}, (), loads
        self.picture.show()
        self.progress.show()
        self.progress.setValue(0)
        self.say(tr("Preparing the preview…"))
        reason = engine.unavailable_reason()
        if reason:
            self._fail(PicturesUnavailable(reason=reason))
            return
        self._jobs.run(self._practice, self._unless_stopped(self._begin), self._unless_stopped(self._fail),
                       broke=self._unless_stopped(lambda: self._fail(PicturesFailed())), owner=self)  # fmt: skip

    def stop(self) -> None:
        """Nothing more is said, whatever is under way."""
        self._turn += 1
        self._drop()

    def say(self, words: str) -> None:
        self.status.setText(words)

    def _begin(self, server: Server) -> None:
        self._taking = taking = PreviewPictures(server.address, self._values, SHEET, loads=self.loads, parent=self)
        taking.taken.connect(self._took)
        taking.finished.connect(self._finished)
        taking.failed.connect(lambda: self._fail(PicturesFailed()))
        self._say_which()

    def _took(self, shot: Shot, picture: QImage) -> None:
        """In the job: to make the file, and a small copy to show."""
        ratio = self.devicePixelRatioF()

        def make() -> tuple[bytes, QImage]:
            ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = picture.scaled(SHOWN * ratio, *ways)
            small.setDevicePixelRatio(ratio)
            return png(picture), small

        self._jobs.run(make, self._unless_stopped(partial(self._keep, shot)), owner=self)

    def _keep(self, shot: Shot, made: tuple[bytes, QImage]) -> None:
        self.files[shot] = made[0]
        self._small[shot] = QPixmap.fromImage(made[1])
        self.picture.setPixmap(self._small[shot])
        self.progress.setValue(len(self.files))
        self._say_which()
        self._end_if_complete()

    def _say_which(self) -> None:
        left = [shot for shot in SHEET if shot not in self.files]
        if left:
            words = tr("Taking picture {number} of {count}: {screen}")
            number = len(SHEET) - len(left) + 1
            self.say(words.format(number=number, count=len(SHEET), screen=left[0].caption(translate)))

    def _finished(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        self._drop()
        self._end_if_complete()

    def _end_if_complete(self) -> None:
        """The last file may be made before the page says that it was the last, or after it."""
        if self._taking or len(self.files) < len(SHEET):
            return
        said = [tr("All {count} pictures are taken.").format(count=len(SHEET))]
        if self.missing:
            fields = ", ".join(translate(DESIGN.field(name).label) for name in self.missing)
            said.append(tr("Not in the pictures, because loading failed: {fields}.").format(fields=fields))
        self.progress.hide()
        self.picture.setPixmap(self._small[_SHOWN_AT_LAST])
        self.say(" ".join(said))
        announce(self.status, self.status.text())
        self.ready.emit()

    def _fail(self, error: LauncherError) -> None:
        self._turn += 1
        self._drop()
        self.picture.hide()
        self.progress.hide()
        self.say("")
        self.failed.emit(error)

    def _unless_stopped(self, act: Callable[..., object]) -> Callable[..., object]:
        turn = self._turn
        return lambda *facts: act(*facts) if turn == self._turn else None

    def _drop(self) -> None:
        taking, self._taking = self._taking, None
        if taking and isValid(taking):
            taking.end()
            taking.deleteLater()
