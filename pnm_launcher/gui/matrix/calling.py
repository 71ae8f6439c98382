"""Makes calls with the client of one Matrix account, elsewhere, and brings what came of them back."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pnm_launcher.errors import Cancelled, LauncherError
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.matrix.accounts import MatrixAccounts
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.work import Cancellation

_T = TypeVar("_T")


class Calling(QObject):
    """One call at a time: a new one ends the one before, whose outcome is dropped.

    Attributes:
        begun: a call is under way.
        waiting: the server wants to be asked again in so many seconds (a float), which happens by itself.
        ended: none is under way any more, whatever came of it.
        failed: it ended with this fault.
    """

    begun = Signal()
    waiting = Signal(float)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, accounts: MatrixAccounts, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._accounts, self._jobs = accounts, jobs
        self._cancellation: Cancellation | None = None

    @property
    def under_way(self) -> bool:
        return self._cancellation is not None

    def run(self, account: MatrixAccount, call: Callable[[MatrixClient], _T], done: Callable[[_T], object]) -> None:
        self._drop()
        cancellation = self._cancellation = Cancellation()
        wait = self._jobs.teller(lambda seconds: self.waiting.emit(seconds) if current() else None, self)

        def current() -> bool:
            return self._cancellation is cancellation

        def job() -> _T:
            with self._accounts.client(account, cancel=cancellation, on_wait=wait) as client:
                return call(client)

        def ended(result: _T) -> None:
            if current():
                self.stop()
                done(result)

        def failed(error: LauncherError) -> None:
            if current():
                self.stop()
                if not isinstance(error, Cancelled):
                    self.failed.emit(error)

        self.begun.emit()
        self._jobs.run(job, ended, failed, broke=self.stop, owner=self)

    def stop(self) -> None:
        """Nothing is wanted any more."""
        if self._drop():
            self.ended.emit()

    def _drop(self) -> bool:
        cancellation, self._cancellation = self._cancellation, None
        if cancellation:
            cancellation.cancel()
        return cancellation is not None


class Countdown(QObject):
    """Counts whole seconds down to none.

    Attributes:
        told: so many seconds are left; 0 is the last.
    """

    told = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self._tick)

    @property
    def runs(self) -> bool:
        return self._timer.isActive()

    def start(self, seconds: int) -> None:
        self._left = max(1, seconds)
        self._timer.start()
        self.told.emit(self._left)

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        self.told.emit(max(0, self._left))
