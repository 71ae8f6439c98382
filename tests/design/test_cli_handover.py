"""`design dark` and `design length`, run as a person runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from pnm_launcher.address import parse_address
from pnm_launcher.design.dark import dark_css
from pnm_launcher.design.length import join_length

ROOT = Path(__file__).parents[2]
CANARY = "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.CANARY-signature"
DESIGN = {"primary_color": "#8e24aa", "header_bg_color": "#ffffff", "custom_logo": "https://cdn.example.org/logo.png"}
PAGE = parse_address("https://school.example/pnm")
LONG = {"custom_logo": "https://cdn.example.org/" + "x" * 1_600}
TOO_LONG = LONG | {"background_image": "https://cdn.example.org/" + "x" * 900}


def run(*arguments, stdin=DESIGN):
    stdin = stdin if isinstance(stdin, str) else json.dumps(stdin)
    command = [sys.executable, "-m", "pnm_launcher", "design", *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, input=stdin, env=env, capture_output=True, encoding="utf-8", timeout=60)


def test_the_dark_style_sheet_goes_to_standard_output_alone():
    done = run("dark", "-")
    assert (done.returncode, done.stdout, done.stderr) == (0, dark_css(DESIGN), "")


def test_the_dark_style_sheet_comes_with_notes_beside_it():
    design = {"right_side_bg_color": "red", "custom_css_url": "https://a.example/x.css"}
    done = run("dark", "-", stdin=design)
    assert done.returncode == 0
    assert "right_side_bg_color is an old name" in done.stderr
    assert "at the end of that file" in done.stderr
    told = json.loads(run("dark", "-", "--json", stdin=design).stdout)
    assert "body.dark" in told["text"]
    assert len(told["notes"]) == 2


def test_without_a_colour_there_is_no_dark_style_sheet():
    done = run("dark", "-", stdin={"custom_logo": "https://cdn.example.org/logo.png"})
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing that could be carried over into dark mode" in done.stderr


def test_the_surface_can_be_told():
    assert run("dark", "-", "--from", "config", stdin="{primary_color: 'red'}").returncode == 0
    assert run("dark", "-", "--from", "link", stdin="{primary_color: 'red'}").returncode == 2


def test_the_length_is_that_of_the_join_address():
    length = join_length(PAGE, DESIGN)
    done = run("length", "-", "--page", str(PAGE))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "The join address is short enough.",
        f"It has {length.url} characters; the page's largest request needs about {length.headers_estimate} of 4096 "
        "bytes.",
        "Meetings look the same without: header_bg_color.",
    ]
    told = json.loads(run("length", "-", "--page", str(PAGE), "--json").stdout)
    assert (told["characters"], told["request_bytes"], told["limit"]) == (length.url, length.headers_estimate, 4096)
    assert (told["verdict"], told["changes_nothing"]) == ("fits", ["header_bg_color"])


def test_a_longer_page_makes_it_longer_and_a_wrong_one_is_refused():
    short, long = (json.loads(run("length", "-", "--json", "--page", page).stdout)["characters"]
                   for page in ("https://a.example", "https://a.example/much/longer"))  # fmt: skip
    assert long - short == len("/much/longer")
    assert run("length", "-", "--page", "ftp://a.example").returncode == 2


@pytest.mark.parametrize(("design", "words", "verdict", "strict_code"), [
    (DESIGN, "is short enough", "fits", 0), (LONG, "is long", "tight", 11), (TOO_LONG, "is too long", "too long", 11),
])  # fmt: skip
def test_only_strictly_a_long_address_is_a_failure(design, words, verdict, strict_code):
    done = run("length", "-", stdin=design)
    assert done.returncode == 0
    assert words in done.stdout
    assert json.loads(run("length", "-", "--json", stdin=design).stdout)["verdict"] == verdict
    assert run("length", "-", "--strict", stdin=design).returncode == strict_code


@pytest.mark.parametrize("action", ["dark", "length"])
@pytest.mark.parametrize("more", [(), ("--json", "--verbose")])
def test_a_key_in_a_pasted_address_is_dropped_and_never_repeated(action, more):
    address = f"https://meet.example.org/?access_token={CANARY}&custom_design={quote(json.dumps(DESIGN))}"
    done = run(action, "-", *more, stdin=address)
    assert done.returncode == 0
    assert "CANARY" not in done.stdout + done.stderr
    assert "access_token" in done.stdout + done.stderr, "it is said that it was dropped"


@pytest.mark.parametrize("action", ["dark", "length"])
def test_a_hostile_design_is_refused_with_its_field(action):
    done = run(action, "-", stdin={"header_bg_color": "red} body{display:none}"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("header_bg_color: ")


def test_the_commands_bring_in_no_window_and_no_network():
    code = """
import sys
from pnm_launcher import cli
cli.main(["design", sys.argv[1], "-"])
print([name for name in ("PySide6", "requests", "keyring", "PIL") if name in sys.modules], file=sys.stderr)
"""
    for action in ("dark", "length"):
        shown = subprocess.run([sys.executable, "-c", code, action], input=json.dumps(DESIGN), capture_output=True,
                               encoding="utf-8", check=True, cwd=ROOT)  # fmt: skip
        assert shown.stderr == "[]\n"
