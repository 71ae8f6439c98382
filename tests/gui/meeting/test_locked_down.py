"""The whole program in three windows, with every switch turned against it: locked in, without a trace, without orphans.

The tests of the first part look at one start, which is made once.
"""

import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest
from whole_program import Whole, alive, read, seconds_until

FLAGS = ("--no-sandbox --disable-setuid-sandbox --disable-namespace-sandbox --disable-seccomp-filter-sandbox "
         "--single-process --no-zygote --renderer-cmd-prefix={spy} --remote-debugging-port={port} "
         "--enable-logging=stderr --v=1 --log-net-log={folder}/net.json --user-data-dir={folder}/profile")  # fmt: skip
HOSTILE = {
    "QTWEBENGINE_CHROMIUM_FLAGS": FLAGS,
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_REMOTE_DEBUGGING": "{port}",
    "QTWEBENGINEPROCESS_PATH": "{spy}",
    "QTWEBENGINE_RESOURCES_PATH": "{folder}",
    "QTWEBENGINE_LOCALES_PATH": "{folder}",
    "QTWEBENGINE_DICTIONARIES_PATH": "{folder}",
    "SSLKEYLOGFILE": "{folder}/keys",
}
PROTECTED = {"Seccomp": "2", "NoNewPrivs": "1"}
NAMESPACES = ("user", "pid", "net")


@dataclass
class Seen:
    """What is seen of one start: while the meetings are open, after they are closed, and after the end."""

    windows: set[int]
    renderers: dict[int, dict[str, str]]
    shared: list[str]
    listens: bool
    made: list[str]
    while_open: list[str]
    after_closing: list[str]
    closing_seconds: float
    code: int
    left: set[int]


def protection(pid):
    lines = read(f"/proc/{pid}/status").decode().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines) if name in PROTECTED}


def answers(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def namespace(pid, kind):
    return str(Path(f"/proc/{pid}/ns/{kind}").readlink())


def look_at(whole, port):
    renderers, main = whole.renderers(), whole.process.pid
    shared = [f"{pid} {kind}" for pid in renderers for kind in NAMESPACES
              if namespace(pid, kind) == namespace(main, kind)]  # fmt: skip
    everyone = whole.family()
    open_facts = {pid: protection(pid) for pid in renderers}, shared, answers(port)
    made = [str(path) for path in (whole.folder / "hostile").iterdir() if path.name != "spy"]
    while_open = whole.findings()
    whole.order("close")
    seconds = seconds_until(lambda: not whole.renderers() & renderers)
    after = whole.findings()
    code = whole.end()
    seconds_until(lambda: not alive(everyone), 2)
    return Seen(set(whole.pids), *open_facts, made, while_open, after, seconds, code, alive(everyone))


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    (folder / "hostile").mkdir()
    spy = folder / "hostile" / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {folder}/hostile/ran\n")
    spy.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    words = {"port": port, "folder": folder / "hostile", "spy": spy}
    environment = {name: value.format(**words) for name, value in HOSTILE.items()}
    arguments = ("--webEngineArgs", *FLAGS.format(**words).split())
    return look_at(Whole.start(folder, *arguments, **environment), port)


def test_every_renderer_is_locked_in_whatever_the_surroundings_say(seen):
    assert seen.windows <= set(seen.renderers)
    assert len(seen.renderers) >= 2
    assert {pid: facts for pid, facts in seen.renderers.items() if facts != PROTECTED} == {}
    assert seen.shared == [], "each has namespaces of its own"


def test_no_door_is_opened_and_nobody_elses_program_or_file_is_used(seen):
    assert not seen.listens
    assert seen.made == []


def test_no_token_and_no_secret_can_be_read_anywhere_while_the_meetings_are_open(seen):
    assert seen.while_open == []


def test_nor_after_they_were_closed(seen):
    assert seen.after_closing == []


def test_two_seconds_after_closing_no_renderer_is_left_and_nothing_after_the_end(seen):
    assert seen.closing_seconds < 2
    assert seen.code == 0
    assert seen.left == set()


# --- the search itself -------------------------------------------------------------------------------------------


def test_the_search_finds_what_is_there_to_be_found(tmp_path):
    whole = Whole.start(tmp_path, LATER := "canary-in-argv-3f9c", PNM_CANARY="canary-in-environment-77d1")
    try:
        assert whole.findings() == []
        (tmp_path / "temp" / "left").write_bytes(whole.secrets[0].encode("utf-16-le"))
        whole.secrets += [LATER, "canary-in-environment-77d1"]
        kinds = {Path(place).name for place in whole.findings()}
        assert kinds >= {"left", "cmdline", "environ"}
    finally:
        whole.end()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["terminated", "killed"])
def test_a_program_that_is_ended_from_outside_leaves_no_orphan(tmp_path, how):
    whole = Whole.start(tmp_path)
    everyone = whole.family()
    assert len(everyone) > 3
    whole.process.send_signal(how)
    whole.process.wait(10)
    whole.process.stdin.close()
    whole.process.stdout.close()
    assert seconds_until(lambda: not alive(everyone)) < 2
    assert whole.findings() == []
