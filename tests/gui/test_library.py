"""Saving behind the scenes: in order, told once when it fails, and nothing lost."""

import os
import stat
import threading
from pathlib import Path

import pytest

from pnm_launcher import store
from pnm_launcher.errors import StoreNotSaved, StoreTooNew, StoreUnreadable
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.meetings import PRACTICE, Book, Meeting


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "saved" / "meetings.json"


@pytest.fixture
def library(path, jobs):
    return Library(path, jobs)


def meeting(number: int) -> Meeting:
    return Meeting(f"m{number}", f"Meeting {number}", PRACTICE, {"room_id": f"room-{number}"})


def add(library: Library, number: int) -> None:
    library.apply(lambda book: book.with_meeting(meeting(number)))


def saved(path) -> list[str]:
    book, problem = store.load(path)
    assert problem is None
    return [each.title for each in book.meetings]


def everything_saved(qtbot, library) -> None:
    qtbot.waitUntil(lambda: not library.unsaved)


def test_a_change_is_there_at_once_and_on_disk_soon(qtbot, library, path):
    with qtbot.waitSignals([library.changed, library.saved]):
        add(library, 1)
        assert [each.title for each in library.book.meetings] == ["Meeting 1"]
        assert library.unsaved
    assert saved(path) == ["Meeting 1"]
    assert not library.unsaved


def test_changes_while_typing_are_saved_together(qtbot, library, path, monkeypatch):
    updates, update = [], store.update
    monkeypatch.setattr(store, "update", lambda *facts: (updates.append(1), update(*facts))[1])
    for number in range(20):
        add(library, number)
    everything_saved(qtbot, library)
    assert saved(path) == [f"Meeting {number}" for number in range(20)]
    assert len(updates) == 1


def test_changes_while_saving_come_after_it_in_their_order(qtbot, library, path, monkeypatch):
    go, begun, update = threading.Event(), threading.Event(), store.update

    def slow(*facts):
        begun.set()
        go.wait(10)
        return update(*facts)

    monkeypatch.setattr(store, "update", slow)
    add(library, 1)
    qtbot.waitUntil(begun.is_set)
    library.apply(lambda book: book.without_meeting("m1"))
    add(library, 2)
    go.set()
    everything_saved(qtbot, library)
    assert saved(path) == ["Meeting 2"]


def test_what_another_program_saved_meanwhile_stays(qtbot, library, path):
    store.update(path, lambda book: book.with_meeting(meeting(7)))
    add(library, 1)
    everything_saved(qtbot, library)
    assert saved(path) == ["Meeting 7", "Meeting 1"]


class TestAFolderThatCannotBeWritten:
    @pytest.fixture(autouse=True)
    def locked(self, path):
        path.parent.mkdir()
        path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
        assert os.geteuid() != 0, "root may write anywhere: run this with scripts/desktop"
        yield
        path.parent.chmod(stat.S_IRWXU)

    def test_loses_nothing_and_is_told_once(self, qtbot, library, path):
        told = []
        library.failed.connect(told.append)
        for number in (1, 2):
            add(library, number)
            qtbot.waitUntil(lambda: not library._timer.isActive() and not library._saving)
        assert [type(error) for error in told] == [StoreNotSaved]
        assert str(path.parent) in told[0].next_step
        assert [each.title for each in library.book.meetings] == ["Meeting 1", "Meeting 2"]
        assert library.unsaved

    def test_is_tried_again_with_the_next_change_and_told_again_next_time(self, qtbot, library, path):
        told = []
        library.failed.connect(told.append)
        add(library, 1)
        qtbot.waitUntil(lambda: len(told) == 1)
        path.parent.chmod(stat.S_IRWXU)
        add(library, 2)
        everything_saved(qtbot, library)
        assert saved(path) == ["Meeting 1", "Meeting 2"]
        path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
        add(library, 3)
        qtbot.waitUntil(lambda: len(told) == 2)

    def test_keeps_the_order_of_what_came_while_it_failed(self, qtbot, library, path, monkeypatch):
        go, begun, update = threading.Event(), threading.Event(), store.update

        def slow(*facts):
            begun.set()
            go.wait(10)
            return update(*facts)

        monkeypatch.setattr(store, "update", slow)
        add(library, 1)
        qtbot.waitUntil(begun.is_set)
        library.apply(lambda book: book.without_meeting("m1"))
        with qtbot.waitSignal(library.failed):
            go.set()
        path.parent.chmod(stat.S_IRWXU)
        add(library, 2)
        everything_saved(qtbot, library)
        assert saved(path) == ["Meeting 2"]

    def test_at_the_end_is_an_error_and_can_be_tried_again(self, library, path):
        add(library, 1)
        with pytest.raises(StoreNotSaved):
            library.flush()
        assert library.unsaved
        path.parent.chmod(stat.S_IRWXU)
        library.flush()
        assert saved(path) == ["Meeting 1"]
        assert not library.unsaved


def test_the_end_saves_what_waits(library, path):
    add(library, 1)
    add(library, 2)
    library.flush()
    assert saved(path) == ["Meeting 1", "Meeting 2"]
    library.flush()
    assert saved(path) == ["Meeting 1", "Meeting 2"]


def test_the_end_in_the_middle_of_saving_loses_nothing(qtbot, library, path, monkeypatch):
    go, begun, update = threading.Event(), threading.Event(), store.update

    def slow(*facts):
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            go.wait(10)
        return update(*facts)

    monkeypatch.setattr(store, "update", slow)
    add(library, 1)
    qtbot.waitUntil(begun.is_set)
    add(library, 2)
    library.flush()
    assert saved(path) == ["Meeting 1", "Meeting 2"]
    go.set()


def test_a_file_that_is_damaged_meanwhile_does_not_take_the_other_meetings_with_it(qtbot, library, path):
    add(library, 1)
    add(library, 2)
    everything_saved(qtbot, library)
    path.write_bytes(b"{ half a fi")
    with qtbot.waitSignal(library.failed) as failed:
        add(library, 3)
    assert isinstance(failed.args[0], StoreUnreadable)
    add(library, 4)
    everything_saved(qtbot, library)
    assert saved(path) == [f"Meeting {number}" for number in (1, 2, 3, 4)]


def test_a_newer_file_is_left_alone(qtbot, jobs, path):
    path.parent.mkdir()
    path.write_text('{"version": 999}')
    library = Library(path, jobs)
    assert isinstance(library.problem, StoreTooNew)
    with qtbot.waitSignal(library.failed) as failed:
        add(library, 1)
    assert isinstance(failed.args[0], StoreTooNew)
    assert path.read_text() == '{"version": 999}'


def test_a_bug_in_saving_does_not_stop_the_next_saving(qtbot, library, path, jobs, monkeypatch):
    update = store.update

    def broken(*facts):
        monkeypatch.setattr(store, "update", update)
        raise ZeroDivisionError

    monkeypatch.setattr(store, "update", broken)
    with qtbot.waitSignal(jobs.unhandled):
        add(library, 1)
    add(library, 2)
    everything_saved(qtbot, library)
    assert saved(path) == ["Meeting 1", "Meeting 2"]


def test_an_empty_book_without_a_file(library):
    assert library.book == Book()
    assert library.problem is None
    assert not library.unsaved


@pytest.mark.parametrize("typed", ["\ud83d", "a\x00b", "\u202e", "x" * 300_000, '"\\\n\t'])
def test_whatever_was_typed_can_be_saved_and_comes_back(qtbot, library, path, typed):
    library.apply(lambda book: book.with_meeting(Meeting("m", "M", PRACTICE, {"user_info.name": typed})))
    everything_saved(qtbot, library)
    book, problem = store.load(path)
    assert problem is None
    assert book.meetings[0].join["user_info.name"] == typed


class TestWhatAnotherProgramSaves:
    def test_is_shown_soon(self, qtbot, library, path):
        add(library, 1)
        everything_saved(qtbot, library)
        store.update(path, lambda book: book.with_meeting(meeting(2)))
        qtbot.waitUntil(lambda: [each.id for each in library.book.meetings] == ["m1", "m2"])

    def test_is_shown_although_nothing_was_saved_before(self, qtbot, path, jobs):
        path.parent.mkdir()
        library = Library(path, jobs)
        store.update(path, lambda book: book.with_meeting(meeting(2)))
        qtbot.waitUntil(lambda: [each.id for each in library.book.meetings] == ["m2"])

    def test_is_there_with_the_own_changes_once_these_are_saved(self, qtbot, library, path):
        add(library, 1)
        store.update(path, lambda book: book.with_meeting(meeting(2)))
        everything_saved(qtbot, library)
        assert sorted(each.id for each in library.book.meetings) == ["m1", "m2"]
        assert sorted(saved(path)) == ["Meeting 1", "Meeting 2"]

    def test_that_cannot_be_read_changes_nothing_and_stays_where_it_is(self, qtbot, library, path):
        add(library, 1)
        everything_saved(qtbot, library)
        settle = library._settle
        qtbot.waitUntil(lambda: not settle.isActive())
        other = path.with_name("other.json")
        other.write_text("no book", encoding="utf-8")
        with qtbot.waitSignal(settle.timeout):
            other.replace(path)
        assert store.newest(path) is None
        assert [each.id for each in library.book.meetings] == ["m1"]
        assert path.read_text(encoding="utf-8") == "no book"

    def test_does_not_undo_a_change_that_waits(self, qtbot, library, path):
        add(library, 1)
        everything_saved(qtbot, library)
        add(library, 3)
        library._adopt(Book())
        assert [each.id for each in library.book.meetings] == ["m1", "m3"]


def test_a_closed_library_watches_nothing(qtbot, library, path, jobs):
    """Of what watching takes a user has 128 at all on many systems."""
    add(library, 1)
    everything_saved(qtbot, library)
    before = watches()
    others = [Library(path, jobs) for _ in range(3)]
    assert len(watches()) == len(before) + 3
    for each in (*others, library, library):
        each.close()
    assert len(watches()) == len(before) - 1


def watches() -> list[Path]:
    return [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink() and "inotify" in str(each.readlink())]
