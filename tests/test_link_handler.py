"""Matrix links of other programs, with the system's own `xdg-mime` in a home folder of its own."""

import os
import shlex
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pnm_launcher import link_handler, product
from pnm_launcher.link_handler import ENTRY, LinksNotGivenBack, LinksNotTaken, LinkToolMissing
from pnm_launcher.matrix.openers import installed_schemes

OURS = f"x-scheme-handler/matrix={ENTRY}"
OTHERS = "[Default Applications]\ntext/html=firefox.desktop\nx-scheme-handler/matrix-other=x.desktop\n"
FILES = [
    None, "", "\n", OTHERS, OTHERS + "\n", f"{OTHERS}x-scheme-handler/matrix=nheko.desktop\nimage/png=a.desktop\n",
    f"{OTHERS}x-scheme-handler/matrix=nheko.desktop;element.desktop;\n",
    "[Added Associations]\ntext/plain=a.desktop;\n", "[Added Associations]\ntext/plain=a.desktop;\n\n\n",
    "# a note\n\n[Removed Associations]\nx=y\n\n[Default Applications]\n",
    "[Default Applications]\na/b=c.desktop\n\n[Added Associations]\nx-scheme-handler/matrix=nheko.desktop;\n",
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CURRENT_DESKTOP", "KDE_SESSION_VERSION"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def entry(home: Path) -> Path:
    return home / ".local/share/applications" / ENTRY


@pytest.fixture
def defaults(home: Path) -> Path:
    return home / ".config/mimeapps.list"


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts an `xdg-mime` that fails in front of the system's."""

    def put(script: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "xdg-mime").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "xdg-mime").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    return put


def asked() -> str:
    """What the desktop would open such a link with."""
    command = ["xdg-mime", "query", "default", "x-scheme-handler/matrix"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_off_until_it_is_wanted(home):
    assert not link_handler.is_registered()
    assert asked() == ""
    assert everything(home) == {}


def test_once_wanted_the_desktop_opens_the_links_with_this_program(entry):
    link_handler.register()
    assert link_handler.is_registered()
    assert asked() == ENTRY
    subprocess.run(["desktop-file-validate", entry], check=True, timeout=30)
    lines = entry.read_text().splitlines()
    assert "NoDisplay=true" in lines
    assert "MimeType=x-scheme-handler/matrix;" in lines


@pytest.mark.parametrize("content", FILES, ids=ascii)
def test_taking_it_back_leaves_the_users_files_as_they_were_letter_by_letter(home, defaults, content):
    if content is not None:
        defaults.parent.mkdir()
        defaults.write_text(content)
    before = everything(home)
    link_handler.register()
    link_handler.register()
    assert OURS in defaults.read_text().splitlines()
    link_handler.unregister()
    assert everything(home) == before
    assert not link_handler.is_registered()


def test_what_the_user_changes_in_the_meantime_stays(home, defaults):
    link_handler.register()
    defaults.write_text(defaults.read_text() + "text/html=firefox.desktop\n# mine\n")
    link_handler.unregister()
    assert defaults.read_text().strip() == "[Default Applications]\ntext/html=firefox.desktop\n# mine"


def test_another_program_that_the_user_has_chosen_since_stays_the_default(entry, defaults):
    link_handler.register()
    defaults.write_text(defaults.read_text().replace(ENTRY, "nheko.desktop"))
    assert not link_handler.is_registered()
    chosen = defaults.read_text()
    link_handler.unregister()
    assert defaults.read_text() == chosen
    assert not entry.exists()


def test_a_file_that_is_a_link_to_one_elsewhere_stays_a_link_when_it_is_taken_back(home, defaults):
    link_handler.register()
    kept = home / "dotfiles"
    defaults.rename(kept)
    kept.write_text(kept.read_text() + "a/b=c.desktop\n")
    defaults.symlink_to(kept)
    kept.chmod(0o600)
    link_handler.unregister()
    assert defaults.is_symlink()
    assert "a/b=c.desktop" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_it_does_not_offer_itself_as_the_users_matrix_app():
    link_handler.register()
    assert "matrix" not in installed_schemes("linux")


def test_a_copy_of_the_program_that_is_elsewhere_takes_its_place(entry, monkeypatch, tmp_path):
    link_handler.register()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "moved" / product.COMMAND))
    assert not link_handler.is_registered()
    link_handler.register()
    assert f"TryExec={tmp_path}/moved/{product.COMMAND}" in entry.read_text().splitlines()


def test_the_folders_that_the_user_has_moved_are_used(home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "d"))
    link_handler.register()
    assert asked() == ENTRY
    assert set(everything(home)) == {"c/mimeapps.list", f"d/applications/{ENTRY}"}
    link_handler.unregister()
    assert everything(home) == {}


# --- how the program is started ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "written"),
    [("/opt/pnm-launcher/pnm-launcher", "/opt/pnm-launcher/pnm-launcher"), ("/a b/x", '"/a b/x"'), ("", '""'),
     ("100%", "100%%"), ('a"b', r'"a\\"b"'), ("$x`", r'"\\$x\\`"'), ("a\\b", r'"a\\\\b"'), ("a\nb", r'"a\nb"'),
     ("größe", "größe"), ("a;b", '"a;b"')],
)  # fmt: skip
def test_an_argument_is_quoted_as_the_specification_of_desktop_entries_wants(argument, written):
    assert link_handler.quoted(argument) == written


def test_a_package_is_started_by_its_own_program_and_nothing_else(monkeypatch):
    monkeypatch.delenv("PNM_LAUNCHER_HOME")
    monkeypatch.setattr(sys, "executable", f"/opt/pnm/{product.COMMAND}")
    assert link_handler.start_command() == (f"/opt/pnm/{product.COMMAND}",)


NOTE = '#!/bin/sh\nfor each in "$@"; do printf "%s\\n" "$each"; done > "$(dirname "$0")/started"\n'


@pytest.mark.parametrize("folder", ["plain", "with space", "50% $HOME `x` \"q\" 'r' \\ ; & ü"])
def test_whatever_its_folder_is_called_the_desktop_starts_it_with_the_link(tmp_path, monkeypatch, folder):
    program = tmp_path / folder / product.COMMAND
    program.parent.mkdir()
    program.write_text(NOTE)
    program.chmod(0o755)
    monkeypatch.delenv("PNM_LAUNCHER_HOME")
    monkeypatch.setattr(sys, "executable", str(program))
    link_handler.register()
    assert link_handler.is_registered()
    link = "matrix:r/team:hs.test?via=a.org&action=join"
    subprocess.run(["gio", "open", link], check=True, timeout=30)
    assert eventually(lambda: (program.parent / "started").exists())
    assert eventually(lambda: (program.parent / "started").read_text().splitlines() == ["open", "--", link])


def test_this_very_program_starts_from_anywhere_by_that_command(tmp_path):
    command = [*link_handler.start_command(), "--version"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert product.VERSION in ended.stdout
    assert shlex.join(command).count(os.environ["PNM_LAUNCHER_HOME"]) == 1


def eventually(condition) -> bool:
    ends = time.monotonic() + 20
    while not condition() and time.monotonic() < ends:
        time.sleep(0.05)
    return condition()


# --- faults ------------------------------------------------------------------------------------------------------


def test_without_xdg_mime_it_says_what_to_install_and_changes_nothing(home, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LinkToolMissing) as fault:
        link_handler.register()
    assert "xdg-utils" in fault.value.next_step
    assert everything(home) == {}


@pytest.mark.parametrize(
    ("script", "words"),
    [("echo no room left. >&2; exit 3", "no room left"), ("exit 0", "did nothing"), ("exit 1", "did nothing"),
     ('mkdir -p ~/.config; echo x > ~/.config/mimeapps.list; exit 4', "did nothing")],
)  # fmt: skip
def test_a_system_that_refuses_is_told_about_and_nothing_is_left_behind(home, stand_in, script, words):
    stand_in(script)
    with pytest.raises(LinksNotTaken) as fault:
        link_handler.register()
    assert words in str(fault.value)
    assert str(home / ".config") in fault.value.next_step
    assert everything(home) == {}


def test_a_system_that_does_not_answer_is_not_waited_for_for_ever(home, stand_in, monkeypatch):
    monkeypatch.setattr(link_handler, "_SECONDS", 0.5)
    stand_in("exec sleep 30")
    with pytest.raises(LinksNotTaken, match="did not answer"):
        link_handler.register()
    assert everything(home) == {}


def test_a_folder_that_cannot_be_written_is_told_about(home, entry):
    entry.parent.parent.mkdir(parents=True)
    entry.parent.write_text("no folder")
    with pytest.raises(LinksNotTaken):
        link_handler.register()
    assert set(everything(home)) == {".local/share/applications"}


def test_defaults_that_cannot_be_read_are_left_alone(home, defaults):
    defaults.mkdir(parents=True)
    assert not link_handler.is_registered()
    with pytest.raises(LinksNotTaken):
        link_handler.register()
    with pytest.raises(LinksNotGivenBack) as fault:
        link_handler.unregister()
    assert "untick" in fault.value.next_step
    assert defaults.is_dir()
    assert everything(home) == {}


def test_other_systems_are_not_offered_it():
    assert [link_handler.is_possible(each) for each in ("linux", "win32", "darwin")] == [True, False, False]
