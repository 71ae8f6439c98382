"""`work`: bounds on calls that may hang, cancelling, deadlines."""

import gc
import subprocess
import sys
import threading
import time
import weakref

import pytest

from pnm_launcher.work import Cancellation, Deadline, Once, background, bounded, pause


@pytest.fixture
def hung():
    """An event that calls wait for, as they would for a hung service; set at the end, so that no thread stays."""
    event = threading.Event()
    yield event
    event.set()


def test_background_work_never_keeps_the_program_from_ending():
    code = """
import threading
from pnm_launcher.work import background, bounded
background(threading.Event().wait, "for ever")
try:
    bounded(threading.Event().wait, 0.05, "for ever")
except TimeoutError:
    print("bounded")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert ended.stdout == "bounded\n"


def test_background_threads_have_their_name():
    names = []
    background(lambda: names.append(threading.current_thread().name), "keyring").join(5)
    assert names == ["keyring"]


class TestBounded:
    def test_gives_the_result_from_another_thread(self):
        assert bounded(lambda: threading.current_thread().name, 5, "result") == "result"

    def test_gives_the_very_exception(self):
        def fail():
            raise LookupError("no such item")

        with pytest.raises(LookupError, match="no such item"):
            bounded(fail, 5, "exception")

    def test_ends_a_hung_call_in_time(self, hung):
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            bounded(hung.wait, 0.3, "late")
        assert 0.3 <= time.monotonic() - start < 2

    def test_the_slow_but_good_call_is_not_cut(self):
        assert bounded(lambda: time.sleep(0.2) or "done", 5, "slow") == "done"

    def test_drops_a_late_result(self, hung):
        ended = threading.Event()
        with pytest.raises(TimeoutError):
            bounded(lambda: (hung.wait(), ended.set()), 0.05, "dropped")
        hung.set()
        assert ended.wait(5)

    def test_hung_calls_never_collect_threads(self, hung):
        for _ in range(8):
            with pytest.raises(TimeoutError):
                bounded(hung.wait, 0.05, "collect")
        assert [thread.name for thread in threading.enumerate()].count("collect") == 4

    def test_a_full_queue_keeps_the_bound(self, hung):
        with pytest.raises(TimeoutError):
            bounded(hung.wait, 0.05, "queue", most=1)
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            bounded(lambda: None, 0.3, "queue", most=1)
        assert 0.3 <= time.monotonic() - start < 2

    def test_the_wait_for_a_turn_is_part_of_the_bound(self, hung):
        began = threading.Event()
        first = background(lambda: bounded(lambda: (began.set(), time.sleep(1)), 9, "turn", most=1), "first")
        assert began.wait(5)
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            bounded(hung.wait, 1.2, "turn", most=1)
        assert 1.2 <= time.monotonic() - start < 2
        first.join(5)

    def test_many_good_calls_at_once_all_succeed(self):
        results = []
        threads = [
            background(lambda n=n: results.append(bounded(lambda: time.sleep(0.01) or n, 5, "many")), f"{n}")
            for n in range(20)
        ]
        for thread in threads:
            thread.join(10)
        assert sorted(results) == list(range(20))

    def test_works_again_once_the_service_answers(self, hung):
        for _ in range(4):
            with pytest.raises(TimeoutError):
                bounded(hung.wait, 0.05, "again")
        hung.set()
        assert bounded(lambda: "answer", 5, "again") == "answer"

    def test_one_hung_sort_of_work_does_not_hold_up_another(self, hung):
        for _ in range(4):
            with pytest.raises(TimeoutError):
                bounded(hung.wait, 0.05, "keyring of this test")
        assert bounded(lambda: "address", 0.5, "names of this test") == "address"

    def test_a_failure_keeps_nothing_alive(self):
        class Secret:
            pass

        def fail(secret):
            raise LookupError

        secret = Secret()
        kept = weakref.ref(secret)
        gc.disable()
        try:
            with pytest.raises(LookupError):
                bounded(lambda secret=secret: fail(secret), 5, "circle")
            del secret
            assert kept() is None
        finally:
            gc.enable()


class TestCancelledBounded:
    def test_ends_a_hung_call_at_once(self, hung):
        cancel, began = Cancellation(), threading.Event()
        background(lambda: began.wait(5) and cancel.cancel(), "cancel")
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            bounded(lambda: (began.set(), hung.wait()), 30, "cancelled", cancel=cancel)
        assert time.monotonic() - start < 5

    def test_ends_the_wait_for_a_turn(self, hung):
        cancel = Cancellation()
        with pytest.raises(TimeoutError):
            bounded(hung.wait, 0.05, "cancelled turn", most=1)
        cancel.cancel()
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            bounded(lambda: None, 30, "cancelled turn", most=1, cancel=cancel)
        assert time.monotonic() - start < 5

    def test_a_call_that_ends_by_itself_leaves_nothing_to_cancel(self):
        cancel = Cancellation()
        assert bounded(lambda: "done", 5, "not cancelled", cancel=cancel) == "done"
        assert cancel._calls == []


class TestOnce:
    def test_makes_one_thing_for_all_threads(self):
        made, got = [], []
        once = Once(lambda: time.sleep(0.05) or made.append(object()) or made[-1])
        assert once.made() == ()
        threads = [background(lambda: got.append(once.get()), f"{n}") for n in range(8)]
        for thread in threads:
            thread.join(5)
        assert len(made) == 1
        assert got == made * 8
        assert once.made() == (made[0],)

    def test_tries_again_after_a_failure(self):
        results = iter([True, False])
        once = Once(lambda: 1 / 0 if next(results) else "made")
        with pytest.raises(ZeroDivisionError):
            once.get()
        assert once.made() == ()
        assert once.get() == "made"


class TestCancellation:
    def test_runs_each_call_once(self):
        cancellation, calls = Cancellation(), []
        cancellation.on_cancel(lambda: calls.append(1))
        cancellation.on_cancel(lambda: calls.append(2))
        assert not cancellation.cancelled
        cancellation.cancel()
        cancellation.cancel()
        assert calls == [1, 2]
        assert cancellation.cancelled

    def test_a_call_that_comes_too_late_runs_at_once(self):
        cancellation, calls = Cancellation(), []
        cancellation.cancel()
        cancellation.on_cancel(lambda: calls.append("now"))
        assert calls == ["now"]

    def test_a_forgotten_call_does_not_run(self):
        cancellation, calls = Cancellation(), []
        cancellation.on_cancel(calls.clear)
        cancellation.on_cancel(lambda: calls.append("kept"))
        cancellation.forget(calls.clear)
        cancellation.forget(calls.clear)
        cancellation.cancel()
        assert calls == ["kept"]

    def test_a_failing_call_does_not_spare_the_others(self):
        cancellation, calls = Cancellation(), []
        cancellation.on_cancel(lambda: 1 / 0)
        cancellation.on_cancel(lambda: calls.append("also ended"))
        with pytest.raises(ZeroDivisionError):
            cancellation.cancel()
        assert calls == ["also ended"]

    def test_a_call_may_use_the_cancellation(self):
        cancellation, calls = Cancellation(), []
        cancellation.on_cancel(lambda: cancellation.on_cancel(lambda: calls.append("inner")))
        cancellation.cancel()
        assert calls == ["inner"]

    def test_ends_a_wait_in_another_thread(self):
        cancellation, ended = Cancellation(), threading.Event()
        cancellation.on_cancel(ended.set)
        background(cancellation.cancel, "cancel")
        assert ended.wait(5)

    def test_every_call_runs_once_while_threads_race(self):
        for _ in range(200):
            cancellation, calls = Cancellation(), []
            racer = background(cancellation.cancel, "racer")
            cancellation.on_cancel(lambda calls=calls: calls.append(1))
            racer.join(5)
            assert calls == [1]


class TestDeadline:
    def test_runs_the_call_in_time(self):
        ended = threading.Event()
        start = time.monotonic()
        with Deadline(0.2, ended.set) as deadline:
            assert ended.wait(5)
            assert 0.2 <= time.monotonic() - start < 2
        assert deadline.passed

    def test_does_nothing_when_the_work_is_done_before(self):
        calls = []
        with Deadline(0.1, lambda: calls.append(1)) as deadline:
            pass
        deadline._timer.join(5)
        assert (deadline.passed, calls) == (False, [])

    def test_a_timer_that_fires_at_the_very_end_never_calls_after_it(self):
        calls = []
        with Deadline(60, lambda: calls.append(1)) as deadline:
            pass
        deadline._end()  # as if the timer had been past its own check
        assert (deadline.passed, calls) == (False, [])

    def test_a_failure_inside_goes_through_and_stops_the_timer(self):
        deadline = Deadline(60, lambda: None)
        with pytest.raises(LookupError), deadline:
            raise LookupError
        deadline._timer.join(5)
        assert not deadline._timer.is_alive()


# --- pause -------------------------------------------------------------------------------------------------------


def test_a_pause_takes_its_whole_time():
    start = time.monotonic()
    assert pause(0.05, Cancellation())
    assert time.monotonic() - start >= 0.05


@pytest.mark.parametrize("before", [True, False])
def test_a_pause_ends_when_cancelled(before):
    cancel = Cancellation()
    if before:
        cancel.cancel()
    else:
        threading.Timer(0.05, cancel.cancel).start()
    start = time.monotonic()
    assert not pause(60, cancel)
    assert time.monotonic() - start < 10
