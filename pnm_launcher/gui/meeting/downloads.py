"""Files from a meeting: each is asked about, one at a time, and saved under a harmless name."""

import re
import shutil
import tempfile
from collections import deque
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from shiboken6 import isValid

from pnm_launcher.gui.texts import tr
from pnm_launcher.texts import plain
from pnm_launcher.work import background

_MOST_WAITING: Final = 5
_LONGEST: Final = 120
_SETTLED_MS: Final = 1_000
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_State = QWebEngineDownloadRequest.DownloadState


def safe_name(suggested: str) -> str:
    """A file name that names a file in the chosen folder on every system, and looks like what it is."""
    name = re.sub(r'[/\\:*?"<>|]', "_", plain(suggested, 1_000)).strip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    if len(name) > _LONGEST:
        ending = Path(name).suffix[:20]
        name = name[: _LONGEST - len(ending)] + ending
    return name or tr("download")


def _downloads_folder() -> str:
    places = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(places.DownloadLocation)
    return folder if Path(folder).is_dir() else QStandardPaths.writableLocation(places.HomeLocation)


def _own_folder(beside: str) -> Path:
    """A new folder that only this user can enter: on the same disk if possible, so that moving a file is quick."""
    try:
        return Path(tempfile.mkdtemp(prefix=".pnm-launcher-", dir=beside))
    except OSError:
        return Path(tempfile.mkdtemp(prefix="pnm-launcher-"))


class Downloads(QObject):
    """Takes the downloads of a profile, and lives as long as it.

    Attributes:
        said: how a download ended, in a sentence, and the folder it is in, "" where it is in none.
    """

    said = Signal(str, str)

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self._waiting: deque[Download] = deque()
        profile.downloadRequested.connect(self._requested)

    def _requested(self, request: QWebEngineDownloadRequest) -> None:
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(Download(request, self))
            if len(self._waiting) == 1:
                self._waiting[0].ask()

    def answered(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0].ask()


class Download(QObject):
    """One file. QtWebEngine wants to know at once where it goes, so it starts in a folder of its own, as in browsers,
    and moves when the user has chosen its place."""

    def __init__(self, request: QWebEngineDownloadRequest, downloads: Downloads) -> None:
        super().__init__(downloads)
        self._request, self._downloads = request, downloads
        self._name = safe_name(request.suggestedFileName())
        self._target: Path | None = None
        self._home = _downloads_folder()
        self._folder = folder = _own_folder(self._home)
        self.destroyed.connect(lambda: shutil.rmtree(folder, ignore_errors=True))
        request.setDownloadDirectory(str(folder))
        request.setDownloadFileName("download")
        request.stateChanged.connect(self._go_on)
        request.accept()

    def ask(self) -> None:
        dialog = QFileDialog(QApplication.activeWindow(), tr("Save the file"), self._home)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._name)
        dialog.finished.connect(lambda result: self._answered(dialog, result))
        dialog.open()

    def _answered(self, dialog: QFileDialog, result: int) -> None:
        dialog.deleteLater()
        if not isValid(self):
            return
        if result == QDialog.DialogCode.Accepted:
            self._target = Path(dialog.selectedFiles()[0])
            self._go_on()
        else:
            self._request.cancel()
            self._clear()
        self._downloads.answered()

    def _go_on(self) -> None:
        """Whichever comes last, the user's answer or the end of the file, moves it."""
        state, target = self._request.state(), self._target
        if target is None:
            return
        if state == _State.DownloadCompleted:
            self._target = None
            source = self._folder / "download"
            background(lambda: self._move(source, target), "download")
        elif state in (_State.DownloadInterrupted, _State.DownloadCancelled):
            self._ended(tr("“{name}” could not be saved.").format(name=target.name), "")

    def _move(self, source: Path, target: Path) -> None:
        """In a thread: another disk takes its time."""
        text, folder = tr("“{name}” was saved."), str(target.parent)
        try:
            shutil.move(source, target)
        except OSError:
            text, folder = tr("“{name}” could not be saved."), ""
        if isValid(self):
            QTimer.singleShot(0, self, lambda: self._ended(text.format(name=target.name), folder))

    def _ended(self, text: str, folder: str) -> None:
        self._downloads.said.emit(text, folder)
        self._clear()

    def _clear(self) -> None:
        """Now, and once more when QtWebEngine has surely put its pen down."""
        shutil.rmtree(self._folder, ignore_errors=True)
        QTimer.singleShot(_SETTLED_MS, self, self.deleteLater)
