"""The `design` commands, run as a person runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults import FaultServer, answering, reply
from PIL import Image

from pnm_launcher import store
from pnm_launcher.design.surfaces import SURFACES, import_design
from pnm_launcher.kinds import Color
from pnm_launcher.paths import meetings_file
from pnm_launcher.schema import DESIGN

ROOT = Path(__file__).parents[2]
CANARY = "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.CANARY-signature"
READABLE = {"header_bg_color": "#ffffff", "footer_bg_color": "#00346b", "footer_icon_bg_color": "#eff6ff",
            "footer_icon_color": "#00346b", "primary_color": "#0a66c2", "secondary_color": "#6951bd",
            "primary_btn_text_color": "#ffffff", "secondary_btn_bg_color": "#eff6ff",
            "secondary_btn_text_color": "#00346b"}  # fmt: skip
FULL = {row.path: "#0a66c2" if isinstance(row.kind, Color) else "https://cdn.example.org/x.png" for row in DESIGN}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """The program runs in an empty folder and finds its package by the path."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(*arguments, stdin=b""):
    stdin = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
    done = subprocess.run([sys.executable, "-m", "pnm_launcher", "design", *arguments], input=stdin, env=os.environ,
                          capture_output=True, timeout=60)  # fmt: skip
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


# --- check -------------------------------------------------------------------------------------------------------


def test_a_good_design_has_no_faults_even_strictly():
    done = run("check", "-", "--strict", stdin=READABLE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("✓ All values are acceptable")


def test_low_contrast_is_told_with_its_fields_and_ends_strictly_with_8():
    design = READABLE | {"header_bg_color": "#2f6680"}
    for strict, code in (((), 0), (("--strict",), 8)):
        done = run("check", "-", *strict, stdin=design)
        assert done.returncode == code
        assert "Meeting title on the header: contrast 2.97:1, at least 4.5:1 is needed (header_bg_color)" in done.stdout


def test_every_value_that_is_not_acceptable_is_told_and_ends_with_2():
    done = run("check", "-", stdin={"primary_color": "red} body{", "custom_logo": "/l.png", "x": "1"})
    assert done.returncode == 2
    assert [line[0] for line in done.stdout.splitlines()] == ["✗", "✗", "–"]
    assert "primary_color: Write a colour" in done.stdout
    assert "body{" not in done.stdout


def test_check_as_json_tells_everything():
    done = run("check", "-", "--json", stdin=READABLE)
    told = json.loads(done.stdout)
    assert (told["surface"], told["values"], told["problems"]) == ("link", READABLE, [])
    assert told["length"] > 300
    assert {"pair", "ratio", "needed", "grade", "fields"} <= {*told["contrast"][0]}
    told = json.loads(run("check", "-", "--json", stdin={"primary_color": 5}).stdout)
    assert told["problems"] == [{"field": "primary_color", "message": "Write a text."}]


def test_a_design_that_makes_the_address_too_long_is_told():
    done = run("check", "-", stdin=READABLE | {"custom_logo": "https://a.example/" + "x" * 1500})
    assert "so long that the server may refuse it" in done.stdout


# --- export and import -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_is_written_and_read_again(surface):
    exported = run("export", "-", "--to", surface, stdin=FULL)
    assert exported.returncode == 0, exported.stderr
    lost = [line.removeprefix("Not in it: ").partition(".")[0] for line in exported.stderr.splitlines()]
    imported = run("import", "-", stdin=exported.stdout.encode())
    assert imported.returncode == 0, imported.stderr
    written = json.loads(imported.stdout)
    assert (written["plugnmeet_design"], {*written["values"]}) == (1, {*FULL} - {*lost})
    as_json = json.loads(run("export", "-", "--to", surface, "--json", stdin=FULL).stdout)
    assert as_json["text"] + "\n" == exported.stdout
    assert [loss["field"] for loss in as_json["lost"]] == lost


def test_a_page_is_put_in_front_of_an_address():
    done = run("export", "-", "--to", "url", "--page", "meet.example.org", stdin={"primary_color": "red"})
    assert done.stdout == "https://meet.example.org/?custom_design=%7B%22primary_color%22%3A%22%23ff0000%22%7D\n"
    assert run("export", "-", "--to", "url", "--page", "ftp://x", stdin={}).returncode == 2


@pytest.mark.parametrize("action", [("import",), ("check",), ("export", "--to", "file"), ("save", "x")])
@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_a_key_in_a_pasted_address_is_dropped_and_never_repeated(action, json_too, tmp_path):
    for design in ("%7B%22primary_color%22%3A%22red%22%7D", "%7Bfoo", f"%7B%22custom_logo%22%3A%22{CANARY}%22%7D"):
        address = f"https://meet.example.org/?access_token={CANARY}&custom_design={design}"
        done = run(*action, "-", *json_too, "--verbose", stdin=address.encode())
        assert "CANARY" not in done.stdout + done.stderr
        assert (done.returncode == 0) is ("red" in design)
    if meetings_file().exists():
        assert "CANARY" not in meetings_file().read_text()


@pytest.mark.parametrize("action", [("import",), ("export", "--to", "link"), ("save", "x")])
def test_a_hostile_design_is_refused_with_its_field(action):
    done = run(*action, "-", stdin={"background_image": 'https://a.example/x"); } body { display: none'})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("background_image: ")
    done = run(*action, "-", "--json", stdin={"background_image": "javascript:alert(1)"})
    assert json.loads(done.stdout)["error"]["field"] == "background_image"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_files_of_windows_programs_are_read(encoding, tmp_path):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    file = tmp_path / "design.json"
    file.write_bytes((mark + '{\r\n"primary_color": "red"\r\n}\r\n').encode(encoding))
    assert json.loads(run("import", str(file)).stdout)["values"] == {"primary_color": "#ff0000"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "no text"),
        (b"\x80abc", "no text"),
        (b"", "nothing here"),
        (b"x" * 2_000_000, "larger"),
        (b"xx" + "🎻".encode() * 300_000, "larger"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, words):
    done = run("import", "-", stdin=content)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_missing_file_is_told():
    done = run("check", "nowhere.json")
    assert done.returncode == 2
    assert "cannot be read: No such file" in done.stderr


def test_the_surface_can_be_told():
    assert run("import", "-", "--from", "config", stdin=b"{primary_color: 'red'}").returncode == 0
    assert run("import", "-", "--from", "link", stdin=b"{primary_color: 'red'}").returncode == 2
    assert run("import", "-", "--from", "nowhere", stdin=b"{}").returncode == 2


def test_nothing_that_a_design_names_is_loaded():
    with FaultServer(answering(reply())) as server:
        here = f"http://127.0.0.1:{server.port}/x"
        design = {"background_image": here, "custom_logo": here, "custom_css_url": here}
        for action in (("check",), ("import",), ("export", "--to", "config"), ("save", "x")):
            assert run(*action, "-", stdin=design).returncode == 0
    assert server.visits == []


# --- the library -------------------------------------------------------------------------------------------------


def test_a_design_is_saved_listed_shown_changed_and_removed():
    assert run("save", "Our school", "-", "--note", "first", stdin={"primary_color": "red"}).returncode == 0
    assert run("save", "OUR SCHOOL", "-", "--note", "second", stdin={"primary_color": "blue"}).returncode == 0
    (design,) = store.load(meetings_file())[0].designs
    assert (design.name, design.values, design.note) == ("Our school", {"primary_color": "#0000ff"}, "second")
    assert [(version.values, version.note) for version in design.versions] == [({"primary_color": "#ff0000"}, "first")]
    listed = run("list")
    assert listed.stdout.split("  ") == ["Our school", design.saved, "1", "second\n"]
    (told,) = json.loads(run("list", "--json").stdout)
    assert (told["values"], told["versions"][0]["note"]) == ({"primary_color": "#0000ff"}, "first")
    assert import_design(run("show", "our school").stdout).values == {"primary_color": "#0000ff"}
    removed = run("remove", "Our School")
    assert removed.stdout == "The design “Our school” is removed.\n"
    assert store.load(meetings_file())[0].designs == ()


def test_a_design_that_is_not_there_is_told():
    for action in ("show", "remove"):
        done = run(action, "nothing")
        assert done.returncode == 2
        assert "no saved design called “nothing”" in done.stderr
    assert run("save", " \u202e", "-", stdin={}).returncode == 2
    assert run("list").stdout == ""


def test_a_broken_meetings_file_is_not_overwritten():
    meetings_file().parent.mkdir()
    meetings_file().write_text('{"version": 99}')
    assert run("save", "x", "-", stdin={}).returncode == 7
    assert meetings_file().read_text() == '{"version": 99}'


# --- proposals ---------------------------------------------------------------------------------------------------


def test_a_colour_becomes_a_design_that_passes_the_check():
    proposed = run("colors", "rgb(10, 102, 194)")
    assert json.loads(proposed.stdout)["values"]["primary_color"] == "#0a66c2"
    assert run("check", "-", "--strict", stdin=proposed.stdout.encode()).returncode == 0
    told = json.loads(run("colors", "#0a66c2", "--json").stdout)
    assert (told["colors"], told["values"]) == (["#0a66c2"], json.loads(proposed.stdout)["values"])


def test_a_logo_becomes_a_design_of_its_colour(tmp_path):
    logo = Image.new("RGBA", (200, 100), (10, 102, 194, 255))
    logo.paste((200, 30, 30, 255), (0, 0, 40, 100))
    logo.save(tmp_path / "logo.png")
    done = run("colors", str(tmp_path / "logo.png"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["values"]["primary_color"] == "#0a66c2"
    assert "strongest first: #0a66c2, #c81e1e" in done.stderr


def test_what_is_neither_is_told(tmp_path):
    assert "Write a colour" in run("colors", "no-colour.png").stderr
    Image.new("RGB", (200, 100), "white").save(tmp_path / "white.png")
    done = run("colors", str(tmp_path / "white.png"))
    assert done.returncode == 2
    assert "no colour" in done.stderr
    (tmp_path / "broken.png").write_bytes(b"no picture")
    assert run("colors", str(tmp_path / "broken.png")).returncode == 2


def test_the_commands_bring_in_no_window_and_no_network():
    code = """
import sys
from pnm_launcher import cli
cli.main(["design", "colors", "red"])
print([name for name in ("PySide6", "requests", "keyring", "PIL") if name in sys.modules], file=sys.stderr)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stderr == "[]\n"
