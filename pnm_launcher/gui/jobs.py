"""Runs slow work outside the GUI thread and brings the outcome back into it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from pnm_launcher import work
from pnm_launcher.errors import LauncherError

_T = TypeVar("_T")


class Jobs(QObject):
    """One for the whole program, closed when it ends.

    Attributes:
        unhandled: a failure nobody asked for, or a bug; it must be shown.
    """

    unhandled = Signal(object)
    _outcome = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._closed = False
        self._outcome.connect(self._deliver)

    def run(self, call: Callable[[], _T], done: Callable[[_T], Any] | None = None,
            failed: Callable[[LauncherError], Any] | None = None, *, broke: Callable[[], Any] | None = None,
            owner: QObject | None = None) -> None:  # fmt: skip
        """Run a call that touches no Qt; then `done(result)` or `failed(error)` in the GUI thread.

        A bug goes to `unhandled`, after `broke()`, which leaves things as if the call had never been made. With an
        `owner`, nothing is delivered once that object is deleted.
        """

        def job() -> None:
            outcome: Callable[[], Any] = bool
            try:
                result = call()
                if done:
                    outcome = partial(done, result)
            except BaseException as error:
                outcome = partial(self._failed, error, failed, broke)
            self._tell(owner, outcome)

        work.background(job, "job")

    def teller(self, tell: Callable[[_T], Any], owner: QObject | None = None) -> Callable[[_T], None]:
        """A function for the job's thread that calls `tell` in the GUI thread: for progress."""

        def told(news: _T) -> None:
            self._tell(owner, partial(tell, news))

        return told

    def _tell(self, owner: QObject | None, outcome: Callable[[], Any]) -> None:
        with suppress(RuntimeError):  # this object may go with the program while a thread is at this very line
            if not self._closed:
                self._outcome.emit((owner, outcome))

    def close(self) -> None:
        """Drop what is still running; its threads end with the program."""
        self._closed = True

    def _failed(self, error: BaseException, failed: Callable[[LauncherError], Any] | None,
                broke: Callable[[], Any] | None) -> None:  # fmt: skip
        if isinstance(error, LauncherError) and failed:
            failed(error)
            return
        if broke:
            broke()
        self.unhandled.emit(error)

    @Slot(object)
    def _deliver(self, delivery: tuple[QObject | None, Callable[[], Any]]) -> None:
        owner, outcome = delivery
        if not self._closed and (owner is None or isValid(owner)):
            outcome()
