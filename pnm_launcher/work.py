"""The one module that knows threads: background work, a bound on calls that may hang, deadlines, cancelling.

Everything here runs in daemon threads, so that a hung keyring or name server never keeps the program from ending.
"""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

_T = TypeVar("_T")
_MOST_ABANDONED: Final = 4
_abandoned = threading.BoundedSemaphore(_MOST_ABANDONED)


def background(call: Callable[[], None], name: str) -> threading.Thread:
    """Run a call in a daemon thread of that name; the call deals with its own failures."""
    thread = threading.Thread(target=call, name=name, daemon=True)
    thread.start()
    return thread


def bounded(call: Callable[[], _T], seconds: float, name: str) -> _T:
    """The call's result or exception, or `TimeoutError` after that many seconds.

    A call that is late goes on in its thread and its result is dropped. At most four such threads may be left
    behind at a time; after that `TimeoutError` is raised at once, so that a hung service cannot collect threads.
    """
    if not _abandoned.acquire(blocking=False):
        raise TimeoutError
    done = threading.Event()
    outcome: list[_T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as error:
            failure.append(error)
        finally:
            _abandoned.release()
            done.set()

    background(run, name)
    if not done.wait(seconds):
        raise TimeoutError
    if failure:
        raise failure[0]
    return outcome[0]


class Cancellation:
    """Lets one thread end what another one does. `cancel()` may be called any number of times, from anywhere."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            calls, self._calls = self._calls, []
        for call in calls:
            call()

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Run a call when cancelled, or at once if that has happened."""
        with self._lock:
            if not self._cancelled:
                self._calls.append(call)
                return
        call()

    def forget(self, call: Callable[[], None]) -> None:
        with self._lock:
            if call in self._calls:
                self._calls.remove(call)


class Deadline:
    """Within the `with` block, run a call once that many seconds (monotonic clock) have passed."""

    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self._call = call
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.passed = False

    def _end(self) -> None:
        self.passed = True
        self._call()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        self._timer.cancel()
