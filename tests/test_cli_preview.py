"""`design preview` and `design sheet`, run as a person runs them: a process of its own, and the real web engine."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from pnm_launcher.design.shots import SCREENS

ROOT = Path(__file__).parents[1]
DESIGN = {"header_bg_color": "#c81e5a", "footer_bg_color": "#1234ff"}
HEADER, FOOTER = (640, 4), (400, 755)
WAIT = 110


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The program runs in a folder with a design, without a screen, and finds its package by the path."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    (here / "brand.json").write_text(json.dumps(DESIGN))
    return here


def command(*arguments):
    return [sys.executable, "-m", "pnm_launcher", "design", *arguments]


def run(*arguments, before=(), stdin=None):
    return subprocess.run([*before, *command(*arguments)], input=stdin, capture_output=True, text=True, timeout=WAIT)


def pixel(path, place):
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        return "#{:02x}{:02x}{:02x}".format(*picture.convert("RGB").getpixel(place))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# --- preview --------------------------------------------------------------------------------------------------------


def test_every_screen_is_painted_without_a_screen_and_twice_the_same(folder):
    done = run("preview", "brand.json", "--out", "a/b")
    assert (done.returncode, done.stderr) == (0, "")
    files = [f"{number}-{screen}.png" for number, screen in enumerate(SCREENS, 1)]
    assert done.stdout.splitlines() == [str(Path("a/b") / name) for name in files]
    assert names(folder / "a/b") == files
    assert pixel("a/b/2-room.png", HEADER) == "#c81e5a"
    assert pixel("a/b/2-room.png", FOOTER) == "#1234ff"
    first = {path.name: path.read_bytes() for path in (folder / "a/b").iterdir()}
    (folder / "a/b/mine.png").write_bytes(b"mine")
    assert run("preview", "-", "--out", "a/b", stdin=json.dumps(DESIGN)).returncode == 0
    second = {path.name: path.read_bytes() for path in (folder / "a/b").iterdir()}
    assert second == first | {"mine.png": b"mine"}


def test_the_options_say_which_pictures_and_json_lists_them(folder):
    done = run("preview", "brand.json", "--out", "x", "--screens", "chat, room", "--dark", "--phone", "--rtl", "--json")
    told = json.loads(done.stdout)
    files = [Path(each["file"]).name for each in told["pictures"]]
    assert len(files) == 8
    assert sorted(files) == names(folder / "x")
    assert all("-rtl" in name for name in files)
    assert {(each["screen"], each["dark"], each["phone"]) for each in told["pictures"]} == {
        (screen, dark, phone) for screen in ("room", "chat") for dark in (True, False) for phone in (True, False)
    }
    assert told["missing"] == []
    assert pixel("x/2-room-rtl.png", HEADER) == "#c81e5a"
    assert pixel("x/2-room-rtl-dark.png", HEADER) == "#01102b"
    with Image.open("x/2-room-phone-rtl.png") as phone:
        assert phone.size == (390, 760)


def test_what_could_not_be_loaded_is_a_note(folder):
    (folder / "brand.json").write_text(json.dumps(DESIGN | {"custom_logo": "https://localhost:9/logo.png"}))
    done = run("preview", "brand.json", "--out", "x", "--screens", "room", "--load")
    assert done.returncode == 0
    assert done.stderr == "Not in the pictures, because it could not be loaded: custom_logo.\n"
    assert run("preview", "brand.json", "--out", "x", "--screens", "room").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["preview", "none.json", "--out", "x"], 2, "cannot be read"),
        (["preview", "brand.json", "--out", "x", "--screens", "lobby"], 2, "list of screens"),
        (["preview", "brand.json"], 2, "--out"),
        (["preview", "brand.json", "--out", "brand.json"], 2, "Choose another folder."),
        (["preview", "bad.json", "--out", "x"], 2, "header_bg_color: "),
        (["sheet", "brand.json", "--out", "brand.json"], 2, "add --force"),
        (["sheet", "brand.json", "--out", "no/folder.html"], 2, "Make the folder first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_command_says_what_to_do_and_writes_nothing(folder, arguments, code, words):
    (folder / "bad.json").write_text('{"header_bg_color": "red} body{"}')
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = run(*arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "What to do: " in done.stderr or "header_bg_color" in done.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_as_root_no_page_is_shown_without_its_lock(folder):
    done = run("preview", "brand.json", "--out", "x", before=["unshare", "--user", "--map-root-user"])
    assert done.returncode == 1
    assert "started as root" in done.stderr
    assert "What to do: Run the program as an ordinary user" in done.stderr
    assert names(folder) == ["brand.json"]


def test_a_folder_that_cannot_be_written_is_a_fault(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o500)
    done = run("preview", "brand.json", "--out", "closed", "--screens", "room")
    assert done.returncode == 1
    assert "“2-room.png” could not be written: Permission denied." in done.stderr


def test_ctrl_c_ends_it_and_leaves_no_process(folder):
    typed = command("preview", "brand.json", "--out", "x", "--dark", "--phone")
    running = subprocess.Popen(typed, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ends = time.monotonic() + WAIT
    while not any(shows_a_page(each) for each in engine_processes(running.pid)) and time.monotonic() < ends:
        time.sleep(0.02)
    assert engine_processes(running.pid)
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=WAIT)
    assert (running.returncode, said) == (130, "Interrupted.\n")
    while engine_processes(running.pid) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not engine_processes(running.pid)
    assert names(folder) == ["brand.json"]


def shows_a_page(process):
    try:
        return b"--type=renderer" in process.with_name("cmdline").read_bytes()
    except OSError:
        return False


def engine_processes(session):
    """The web engine's own processes of a session; they name their session in the sixth column."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = stat.read_text().partition("(")[2].rsplit(")", 1)
        except OSError:
            continue
        if name.startswith("QtWebEngine") and rest.split()[3] == str(session) and rest.split()[0] != "Z":
            found.append(stat)
    return found


# --- sheet ----------------------------------------------------------------------------------------------------------


def test_the_sheet_is_one_file_and_replaces_another_only_with_force(folder):
    (folder / "brand.json").write_text(json.dumps({"plugnmeet_design": 1, "name": "From the file", "values": DESIGN}))
    done = run("sheet", "brand.json", "--out", "sheet.html", "--note", "for <you>")
    assert (done.returncode, done.stdout, done.stderr) == (0, "sheet.html\n", "")
    text = (folder / "sheet.html").read_text("utf-8")
    assert names(folder) == ["brand.json", "sheet.html"]
    assert "<h1>From the file</h1>" in text
    assert "for &lt;you&gt;" in text
    assert "#c81e5a" in text
    assert run("sheet", "brand.json", "--out", "sheet.html").returncode == 2
    assert (folder / "sheet.html").read_text("utf-8") == text
    assert run("sheet", "brand.json", "--out", "sheet.html", "--name", "Given", "--force").returncode == 0
    assert "<h1>Given</h1>" in (folder / "sheet.html").read_text("utf-8")


# --- the rest of the command line -----------------------------------------------------------------------------------


def test_no_other_command_loads_qt():
    code = """
import sys
import pnm_launcher.__main__ as program

def leave(code):
    print(any(name.startswith("PySide6") for name in sys.modules))
    sys.exit(code)

program._leave = leave
sys.argv = ["pnm-launcher", "design", "check", "brand.json"]
program.main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=WAIT)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False")
