"""The saved servers and meetings while the program runs: changed at once in memory, saved behind the scenes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from pnm_launcher import store
from pnm_launcher.errors import LauncherError, StoreError, StoreUnreadable
from pnm_launcher.meetings import Book

from .jobs import Jobs

Change = Callable[[Book], Book]
_DELAY_MS = 400
_SETTLE_MS = 150
"""After the file has changed: writing it touches its folder more than once."""


class Library(QObject):
    """Holds the newest `Book`. Changes are saved one batch after another, in their order; what another program saves
    (the command line, a second window) shows here soon.

    Attributes:
        changed: the book is another one.
        failed: saving failed; what was typed stays here and is tried again with the next change. The same fault is
            told once, until something was saved.
        saved: everything is on disk.
    """

    changed = Signal()
    failed = Signal(object)
    saved = Signal()

    def __init__(self, path: Path, jobs: Jobs) -> None:
        super().__init__()
        self._path, self._jobs = path, jobs
        self._waiting: list[Change] = []
        self._saving: list[Change] = []
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._save)
        self.book, self.problem = store.load(path)
        self._watcher: QFileSystemWatcher | None = QFileSystemWatcher()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        self._watch()

    def apply(self, change: Change) -> None:
        self.book = change(self.book)
        self._waiting.append(change)
        self._timer.start()
        self.changed.emit()

    @property
    def unsaved(self) -> bool:
        return bool(self._waiting or self._saving)

    def flush(self) -> None:
        """Save what waits, now and in this thread: only for the end of the program."""
        self._timer.stop()
        changes, self._waiting = self._saving + self._waiting, []
        if changes:
            self._saving = []
            try:
                store.update(self._path, lambda book: _all(changes, book))
            except StoreError:
                self._waiting = changes
                raise

    def close(self) -> None:
        """Watch the folder no more: systems allow a user few of what watching takes. May be called twice."""
        self._watcher = None

    def _save(self) -> None:
        if self._saving or not self._waiting:
            return
        self._saving, self._waiting = self._waiting, []
        changes = list(self._saving)
        self._jobs.run(lambda: store.update(self._path, lambda book: _all(changes, book)), self._done, self._not_saved,
                       broke=self._wait)  # fmt: skip

    def _done(self, newest: Book) -> None:
        self._saving, self._told = [], ""
        self._watch()
        if self._waiting:
            self._timer.start()
        else:
            self._adopt(newest)
            self.saved.emit()

    # --- what other programs save -------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """The folder and not the file, in whose place every saving puts another one."""
        folder = str(self._path.parent)
        if self._watcher and not self._watcher.directories() and self._path.parent.is_dir():
            self._watcher.addPath(folder)

    def _look(self) -> None:
        if not self.unsaved:
            self._jobs.run(lambda: store.newest(self._path), self._adopt)

    def _adopt(self, newest: Book | None) -> None:
        """Show what is on disk; not while changes wait, which will be made to it when they are saved."""
        if newest is not None and newest != self.book and not self.unsaved:
            self.book = newest
            self.changed.emit()

    def _wait(self) -> None:
        self._waiting, self._saving = self._saving + self._waiting, []

    def _not_saved(self, error: LauncherError) -> None:
        self._wait()
        if isinstance(error, StoreUnreadable):  # the damaged file was set aside: save everything into a new one
            book = self.book
            self._waiting = [lambda _: book]
        if self._told != str(error):
            self._told = str(error)
            self.failed.emit(error)


def _all(changes: list[Change], book: Book) -> Book:
    for change in changes:
        book = change(book)
    return book
