"""The one module that knows threads: background work, a bound on calls that may hang, deadlines, cancelling.

Everything here runs in daemon threads, so that a hung keyring or name server never keeps the program from ending.
"""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

_T = TypeVar("_T")
_slots: Final[dict[str, threading.BoundedSemaphore]] = {}
_slots_lock: Final = threading.Lock()


def background(call: Callable[[], None], name: str) -> threading.Thread:
    """Run a call in a daemon thread of that name; the call deals with its own failures."""
    thread = threading.Thread(target=call, name=name, daemon=True)
    thread.start()
    return thread


def bounded(call: Callable[[], _T], seconds: float, name: str, most: int = 4, *,
            cancel: "Cancellation | None" = None) -> _T:  # fmt: skip
    """The call's result or exception, or `TimeoutError` after that many seconds (monotonic clock) or when cancelled.

    A call that is late goes on in its thread and its result is dropped. At most `most` calls of one name run at a
    time, late ones included, so that a hung service cannot collect threads: a further call waits for its turn within
    its own seconds. `name` is the sort of work (`keyring`), not the single call.
    """
    ends = time.monotonic() + seconds
    with _slots_lock:
        slot = _slots.setdefault(name, threading.BoundedSemaphore(most))
    _take(slot, ends, cancel)
    done = threading.Event()
    outcome: list[_T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as error:
            failure.append(error)
        finally:
            slot.release()
            done.set()

    try:
        background(run, name)
    except RuntimeError:  # no thread could be started
        slot.release()
        raise
    if cancel:
        cancel.on_cancel(done.set)
    done.wait(max(0.0, ends - time.monotonic()))
    if cancel:
        cancel.forget(done.set)
    if failure:
        raise failure.pop()  # popped: the traceback would keep this frame, and all it holds, alive in a circle
    if not outcome:
        raise TimeoutError
    return outcome[0]


def _take(slot: threading.BoundedSemaphore, ends: float, cancel: "Cancellation | None") -> None:
    """Wait for a turn; looks ten times a second whether it is still wanted. Raises `TimeoutError`."""
    while not slot.acquire(timeout=max(0.0, min(0.1, ends - time.monotonic()))):
        if time.monotonic() >= ends or (cancel and cancel.cancelled):
            raise TimeoutError


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
        with ExitStack() as all_of_them:  # each one runs, even if another fails
            for call in reversed(calls):
                all_of_them.callback(call)

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Run a call when cancelled, or at once if that has happened."""
        with self._lock:
            if not self._cancelled:
                self._calls.append(call)
                return
        call()

    def forget(self, call: Callable[[], None]) -> None:
        """Do not run the call any more. A `cancel()` that has begun in another thread may still be running it."""
        with self._lock:
            if call in self._calls:
                self._calls.remove(call)


def pause(seconds: float, cancel: Cancellation | None = None) -> bool:
    """Wait that long, or until cancelled; tells whether the whole time has passed."""
    woken = threading.Event()
    if cancel:
        cancel.on_cancel(woken.set)
    try:
        return not woken.wait(seconds)
    finally:
        if cancel:
            cancel.forget(woken.set)


class Deadline:
    """Within the `with` block, run a call once that many seconds (monotonic clock) have passed; never after it.

    `passed` tells whether it did. The end of the block waits for a call that is running.
    """

    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self._call = call
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._over = False
        self.passed = False

    def _end(self) -> None:
        with self._lock:
            if not self._over:
                self.passed = True
                self._call()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 /) -> None:  # fmt: skip
        self._timer.cancel()
        with self._lock:
            self._over = True


class Once(Generic[_T]):
    """Makes a thing at its first use, once, whichever threads ask; a failure is raised and tried again next time."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._lock = threading.Lock()
        self._make = make
        self._made: list[_T] = []

    def get(self) -> _T:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def made(self) -> tuple[_T, ...]:
        """What was made so far: nothing or one thing."""
        return tuple(self._made)


Monitor = threading.Condition
"""A lock with waiting: what the threads of a server share is touched only inside `with monitor:`."""
