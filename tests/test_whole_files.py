"""`whole_files`: a file is written whole or not at all, with patience on Windows."""

import threading
import time

import pytest

from pnm_launcher.errors import LauncherError
from pnm_launcher.whole_files import when_free, write_whole


def test_what_cannot_be_put_in_its_place_leaves_the_old_and_nothing_beside_it(tmp_path):
    folder = tmp_path / "in the way"
    (folder / "old").mkdir(parents=True)
    with pytest.raises(LauncherError, match="in the way"):
        write_whole(folder, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["in the way"]
    assert (folder / "old").is_dir()


def test_the_target_of_a_link_is_written_and_the_link_stays(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_file_that_is_read_meanwhile_is_replaced_once_it_is_free(tmp_path):
    """On Windows the first tries are refused. Where reading is in nobody's way this must hold as well."""
    file, new = tmp_path / "file", tmp_path / "new"
    file.write_text("old")
    new.write_text("new")
    with file.open() as reader:
        timer = threading.Timer(0.2, reader.close)
        timer.start()
        when_free(lambda: new.replace(file))
    timer.join()
    assert file.read_text() == "new"


def test_a_step_that_windows_refuses_is_taken_again_for_a_while():
    refusals = [PermissionError(13, "Access is denied", None, 5)] * 3

    def step():
        if refusals:
            raise refusals.pop()
        return "done"

    assert when_free(step, patience=10) == "done"


def test_a_step_that_stays_refused_ends_with_that_refusal():
    tries = []

    def step():
        tries.append(time.monotonic())
        raise PermissionError(13, "Access is denied")

    with pytest.raises(PermissionError, match="denied"):
        when_free(step, patience=0.1)
    assert tries[-1] - tries[0] > 0.05
    assert len(tries) > 1


def test_any_other_fault_is_raised_at_once():
    tries = []

    def step():
        tries.append(1)
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        when_free(step, patience=10)
    assert len(tries) == 1
