"""Files from a meeting: each is asked about, one at a time, and saved under a harmless name."""

import re
from collections import deque
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from pnm_launcher.texts import plain

from .texts import tr

_MOST_WAITING: Final = 5
_LONGEST: Final = 120
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_State = QWebEngineDownloadRequest.DownloadState


def safe_name(suggested: str) -> str:
    """A file name that names a file in the chosen folder on every system, and looks like what it is."""
    name = re.sub(r'[/\\:*?"<>|]', "_", plain(suggested, 1_000)).strip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    ending = Path(name).suffix[:20]
    return name if len(name) <= _LONGEST else name[: _LONGEST - len(ending)] + ending if name else tr("download")


class Downloads(QObject):
    """Asks where to save, and lives as long as the profile.

    Attributes:
        said: how a download ended, in a sentence.
    """

    said = Signal(str)

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self._waiting: deque[QWebEngineDownloadRequest] = deque()
        self._dialog: QFileDialog | None = None
        profile.downloadRequested.connect(self._requested)

    def _requested(self, download: QWebEngineDownloadRequest) -> None:
        self._close_empty_window(download)
        if len(self._waiting) >= _MOST_WAITING:
            download.cancel()
            return
        self._waiting.append(download)
        self._ask()

    @staticmethod
    def _close_empty_window(download: QWebEngineDownloadRequest) -> None:
        """A link that opens a window and then is a file leaves an empty window, which was not shown yet."""
        view = download.page().parent() if download.page() else None
        if isinstance(view, QWidget) and not view.window().isVisible():
            view.window().close()

    def _ask(self) -> None:
        if self._dialog or not self._waiting:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = self._dialog = QFileDialog(QApplication.activeWindow(), tr("Save the file"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(self._waiting[0].suggestedFileName()))
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        download = self._waiting.popleft()
        if dialog and result == QDialog.DialogCode.Accepted:
            self._save(download, Path(dialog.selectedFiles()[0]))
        else:
            download.cancel()
        if dialog:
            dialog.deleteLater()
        self._ask()

    def _save(self, download: QWebEngineDownloadRequest, path: Path) -> None:
        def ended() -> None:
            if download.state() == _State.DownloadCompleted:
                self.said.emit(tr("“{name}” was saved.").format(name=path.name))
            elif download.state() == _State.DownloadInterrupted:
                self.said.emit(tr("“{name}” could not be saved.").format(name=path.name))

        download.stateChanged.connect(ended)
        download.setDownloadDirectory(str(path.parent))
        download.setDownloadFileName(path.name)
        download.accept()
