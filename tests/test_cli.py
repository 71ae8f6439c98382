"""The real program, run as a person runs it: what it writes, where, and what it ends with."""

import base64
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults import FaultServer, Visit, closed_port

from pnm_launcher import __version__, cli, store
from pnm_launcher.cli_meeting import find_field
from pnm_launcher.cli_output import EXIT_CODES, WrongUsage
from pnm_launcher.errors import SecretMissing, UnknownField
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.meetings import Book, Meeting, Server
from pnm_launcher.paths import meetings_file
from pnm_launcher.schema import SCHEMAS

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "pnm_launcher"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """The program runs in an empty folder and finds its package by the path."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # what is lost at the end must be missed


def run(
    *arguments: str, stdin: str = "", program: list[str] = PROGRAM, **environment: str
) -> subprocess.CompletedProcess:
    return subprocess.run([*program, *arguments], input=stdin, env={**os.environ, **environment}, capture_output=True,
                          text=True, timeout=60)  # fmt: skip


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[subprocess.Popen]:
    """The program while it runs."""
    with subprocess.Popen([*PROGRAM, *arguments], env={**os.environ, **environment}, text=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def here(practice) -> list[str]:
    """Options for the practice server as one that is not saved."""
    return ["--server", practice.address, "--api-key", practice.api_key, "--secret-stdin", "--room", "room01"]


def claims(url: str) -> dict:
    part = re.search(r"access_token=[\w-]+\.([\w-]+)\.", url)[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def is_active(practice, room: str = "room01") -> bool:
    done = run("room", "status", "--server", practice.address, "--api-key", practice.api_key, "--room", room,
               "--secret-stdin", stdin=practice.secret)  # fmt: skip
    assert done.returncode in (0, 6), done.stderr
    return done.returncode == 0


# --- link --------------------------------------------------------------------------------------------------------


def test_a_link_alone_is_on_standard_output_and_the_warning_beside_it(practice, here):
    done = run("link", *here, "--name", "Ana Lima", "--moderator", "--create", stdin=practice.secret + "\n")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rf"{practice.address}/\?access_token=[\w.-]+\n", done.stdout)
    assert re.search(r"is a key: .* until \d\d:\d\d\.", done.stderr)
    told = claims(done.stdout)
    assert (told["name"], told["room_id"], told["is_admin"]) == ("Ana Lima", "room01", True)
    assert re.fullmatch(r"ana-lima-[0-9a-f]{6}", told["user_id"])


def test_the_link_opens_the_room(practice, here):
    done = run(
        "link", *here, "--name", "Ana", "--user-id", "ana", "--create", "--title", "Geometry", stdin=practice.secret
    )
    token = re.search(r"access_token=([\w.-]+)", done.stdout)[1]
    request = urllib.request.Request(f"{practice.address}/practice/verify", b"", {"Authorization": token})
    with urllib.request.urlopen(request, timeout=10) as answer:
        told = json.load(answer)
    assert told["user"]["name"] == "Ana"
    assert "Geometry" in json.dumps(told)


def test_any_field_can_be_set_by_the_end_of_its_path(practice, here):
    done = run("link", *here, "--name", "Ana", "--create", "--set", "user_metadata.extra_data=class=7b",
               "--set", "preferred_lang=deutsch", "--set", "join.lock_chat=true", "--set", "max_participants=5",
               "--set", "design.right_side_bg_color=rgb(255, 0, 0)", "--dry-run", "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    bodies = {request["call"]: request["body"] for request in json.loads(done.stdout)["requests"]}
    metadata = bodies["getJoinToken"]["user_info"]["user_metadata"]
    assert metadata == {
        "preferred_lang": "de-DE",
        "extra_data": {"class": "7b"},
        "lock_settings": {"lock_chat": True},
    }
    assert bodies["create"]["max_participants"] == 5


def test_a_design_goes_into_the_link(practice, here):
    done = run("link", *here, "--name", "Ana", "--create", "--set", "primary_color=red", stdin=practice.secret)
    assert done.stdout.strip().endswith("&custom_design=%7B%22primary_color%22%3A%22%23ff0000%22%7D")


def test_a_link_as_json(practice, here):
    done = run("link", *here, "--name", "Ana", "--create", "--json", stdin=practice.secret)
    told = json.loads(done.stdout)
    assert set(told) == {"url", "room_id", "expires_at"}
    assert re.match(r"20\d\d-\d\d-\d\dT", told["expires_at"])


def test_a_very_long_link_is_told(practice, here):
    address = "https://cdn.example.org/" + "a" * 1900
    done = run("link", *here, "--name", "Ana", "--create", "--set", f"custom_logo={address}", stdin=practice.secret)
    assert "so long that the server may refuse it" in done.stderr


# --- what is saved -----------------------------------------------------------------------------------------------


@pytest.fixture
def saved(practice) -> Book:
    """A saved server without a kept secret, and a meeting on it."""
    server = Server("s1", "School", practice.address, practice.api_key)
    join = {"room_id": "maths", "user_info.name": "Ana", "user_info.user_id": "ana-1", "user_info.is_admin": True}
    meeting = Meeting("m1", "Maths 7b", "s1", join, {"max_participants": 3}, {"primary_color": "#ff0000"})
    return store.update(meetings_file(), lambda book: book.with_server(server).with_meeting(meeting))


def test_a_saved_meeting_is_joined_by_its_title_with_changes_that_are_not_saved(practice, saved):
    before = meetings_file().read_bytes()
    done = run("link", "maths 7B", "--secret-stdin", "--name", "Bob", "--create", stdin=practice.secret)
    assert done.returncode == 0, done.stderr
    told = claims(done.stdout)
    assert (told["name"], told["user_id"], told["room_id"]) == ("Bob", "ana-1", "maths")
    assert "custom_design" in done.stdout
    assert meetings_file().read_bytes() == before


def test_meetings_are_listed_and_shown(saved):
    listed = run("meetings", "list")
    assert re.search(r"^Maths 7b +maths +School +Ana$", listed.stdout, re.MULTILINE)
    assert json.loads(run("meetings", "list", "--json").stdout)[0]["title"] == "Maths 7b"
    shown = run("meetings", "show", "m1").stdout
    assert "join.user_info.is_admin: true" in shown
    assert "create.max_participants: 3" in shown
    assert json.loads(run("meetings", "show", "m1", "--json").stdout)["design"] == {"primary_color": "#ff0000"}


def test_a_saved_text_cannot_write_on_the_terminal(saved):
    store.update(meetings_file(), lambda book: book.with_meeting(Meeting("m2", "a\x1b[31mb\u202ec", "s1", {})))
    for done in (run("meetings", "list"), run("meetings", "show", "m2")):
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout


def test_nothing_saved_is_an_empty_list_and_no_fault():
    for what in ("servers", "meetings"):
        assert run(what, "list").stdout == ""
        assert json.loads(run(what, "list", "--json").stdout) == []


def test_a_server_is_saved_with_its_secret_in_the_keyring_used_and_removed(practice):
    added = run("servers", "add", "School", f"{practice.address}/", practice.api_key, "--secret-stdin",
                "--page", "https://pages.example.org/x/", stdin=f"  {practice.secret}  \r\n")  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert "White space" in added.stderr
    [server] = store.load(meetings_file())[0].servers
    assert (server.name, server.address, server.page) == ("School", practice.address, "https://pages.example.org/x")
    assert KeyringSecrets().get(server) == practice.secret
    assert practice.secret not in meetings_file().read_text()

    assert "School" in run("servers", "list").stdout
    assert run("check").returncode == 0
    linked = run("link", "--server", "school", "--room", "r", "--name", "Ana", "--create")
    assert linked.stdout.startswith("https://pages.example.org/x/?access_token=")

    removed = run("servers", "remove", "School")
    assert removed.returncode == 0, removed.stderr
    assert store.load(meetings_file())[0].servers == ()
    with pytest.raises(SecretMissing):
        KeyringSecrets().get(server)


def test_a_server_may_be_saved_without_its_secret(practice):
    done = run("servers", "add", "School", practice.address, practice.api_key, "--session-only", "--json")
    assert json.loads(done.stdout)["name"] == "School"
    assert run("check", "School", "--secret-stdin", stdin=practice.secret).returncode == 0
    assert run("check", "School").returncode == 3


def test_two_servers_cannot_have_one_name_and_the_second_secret_is_not_kept(saved):
    done = run("servers", "add", "SCHOOL", "https://meet.example.org", "key", "--secret-stdin", stdin="s3cret")
    assert "already a server" in stderr_of(done, 2)
    with pytest.raises(SecretMissing):
        KeyringSecrets().get(Server("x", "x", "https://meet.example.org", "key"))


def test_a_secret_is_not_kept_for_a_server_that_could_not_be_saved():
    done = run("servers", "add", "New", "https://meet.example.org", "key", "--secret-stdin", stdin="s3cret",
               PNM_LAUNCHER_HOME="/proc/nowhere")  # fmt: skip
    stderr_of(done, 7)
    with pytest.raises(SecretMissing):
        KeyringSecrets().get(Server("x", "x", "https://meet.example.org", "key"))


def test_a_secret_that_another_server_uses_too_stays(practice):
    for name in ("One", "Two"):
        run("servers", "add", name, practice.address, practice.api_key, "--secret-stdin", stdin=practice.secret)
    assert run("servers", "remove", "One").returncode == 0
    assert run("check", "Two").returncode == 0
    assert run("servers", "remove", "Two").returncode == 0
    with pytest.raises(SecretMissing):
        KeyringSecrets().get(Server("x", "x", practice.address, practice.api_key))


# --- check, room -------------------------------------------------------------------------------------------------


def test_the_check_writes_one_line_for_each_step(practice):
    done = run("check", practice.address, "--api-key", practice.api_key, "--secret-stdin", stdin=practice.secret)
    assert [line[0] for line in done.stdout.splitlines()] == list("✓–✓✓✓✓")


def test_a_failed_check_says_what_to_do_and_ends_with_the_code_of_its_fault(practice):
    done = run("check", practice.address, "--api-key", practice.api_key, "--secret-stdin", stdin="wrong")
    assert done.returncode == 5
    assert "✗ API secret: The API secret does not match this API key.\n  What to do: " in done.stdout
    told = json.loads(run("check", practice.address, "--api-key", practice.api_key, "--secret-stdin", "--json",
                          stdin="wrong").stdout)  # fmt: skip
    assert told["ok"] is False
    assert told["error"]["type"] == "SecretWrong"
    assert [step["state"] for step in told["steps"]] == ["ok", "skipped", "ok", "ok", "failed", "waiting"]


def test_a_room_is_looked_at_and_ended(practice, here):
    assert run("room", "status", *here, stdin=practice.secret).returncode == 6
    run("link", *here, "--name", "Ana", "--create", "--title", "Geometry", stdin=practice.secret)
    done = run("room", "status", *here, stdin=practice.secret)
    assert (done.returncode, "“Geometry” is running since" in done.stdout) == (0, True)
    told = json.loads(run("room", "status", *here, "--json", stdin=practice.secret).stdout)
    assert (told["running"], told["title"], told["people"]) == (True, "Geometry", 0)
    assert run("room", "end", *here, stdin=practice.secret).returncode == 0
    assert not is_active(practice)


# --- fields ------------------------------------------------------------------------------------------------------


def test_fields_are_listed_and_filtered():
    everything = json.loads(run("fields", "--json").stdout)
    assert len(everything) == sum(len(list(schema)) for schema in SCHEMAS)
    found = run("fields", "lock webcam").stdout
    assert "join.user_info.user_metadata.lock_settings.lock_webcam" in found
    assert "primary_color" not in found
    assert run("fields", "nonsense").returncode == 2


def test_output_may_be_cut_off_by_the_program_that_reads_it():
    done = subprocess.run(["bash", "-o", "pipefail", "-c", f"{shlex.join([*PROGRAM, 'fields'])} | head -1"],
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_any_terminal_can_be_written_to():
    done = run("fields", "design", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr


# --- naming a field ----------------------------------------------------------------------------------------------


def test_output_goes_nowhere_where_windows_gives_no_streams():
    """Its windowed programs have none; neither have ours when the shell closes them."""
    line = f"{shlex.join([*PROGRAM, 'fields'])} <&- >&- 2>&-"
    assert subprocess.run(["bash", "-c", line], env=os.environ, timeout=60).returncode == 0


def test_a_pipe_of_windows_gets_whole_json_and_signs_that_can_be_read():
    """There each letter is one byte of the system's own, and what is no such letter is lost."""
    run("servers", "add", "Schule Übung 日本", "https://meet.example.org", "key", "--session-only")
    listed = run("servers", "list", "--json", PYTHONIOENCODING="cp1252")
    assert json.loads(listed.stdout)[0]["name"] == "Schule Übung 日本"
    assert run("servers", "list", PYTHONIOENCODING="ascii").stdout.startswith("Schule ?bung ??  ")
    checked = run("design", "check", "-", stdin='{"primary_color": "#FFFFFF"}', PYTHONIOENCODING="ascii")
    assert "?" not in checked.stdout
    assert checked.stdout[:2] in ("+ ", "x ")


def test_every_field_is_found_by_its_whole_name_and_by_its_path_where_that_is_its_own():
    for schema in SCHEMAS:
        for row in schema:
            if (schema.name, row.path) != ("create", "room_id"):
                assert find_field(f"{schema.name}.{row.path}") == (schema.name, row)
                assert find_field(row.path) == (schema.name, row)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("room_id", "join.room_id"),
        ("name", "join.user_info.name"),
        ("preferred_lang", "join.user_info.user_metadata.preferred_lang"),
        ("join.lock_chat", "join.user_info.user_metadata.lock_settings.lock_chat"),
        ("default_lock_settings.lock_chat", "create.metadata.default_lock_settings.lock_chat"),
        ("create.extra_data", "create.metadata.extra_data"),
        ("chat_features.is_allow", "create.metadata.room_features.chat_features.is_allow"),
        ("right_side_bg_color", "design.side_panel_bg_color"),
        ("design.right_side_bg_color", "design.side_panel_bg_color"),
    ],
)
def test_the_end_of_a_path_is_enough(typed, found):
    table, row = find_field(typed)
    assert f"{table}.{row.path}" == found


@pytest.mark.parametrize(("typed", "words"), [
    ("lock_chat", "fits 2 fields: join.user_info.user_metadata.lock_settings.lock_chat, create.metadata."),
    ("extra_data", "fits 2 fields"),
    ("is_allow", "fits 17 fields"),
])  # fmt: skip
def test_an_ending_that_fits_several_fields_lists_them(typed, words):
    with pytest.raises(WrongUsage) as caught:
        find_field(typed)
    assert words in str(caught.value)
    assert len(str(caught.value)) <= 300


@pytest.mark.parametrize(("typed", "nearest"), [
    ("lock_caht", "lock_chat"), ("preferd_lang", "preferred_lang"), ("create.room_id", "room_id"), ("", ""),
    ("primary.color", ""), (".", ""), ("x" * 9999, ""), ("lock", ""), ("_color", "color"),
])  # fmt: skip
def test_an_unknown_field_names_the_nearest_one(typed, nearest):
    with pytest.raises(UnknownField) as caught:
        find_field(typed)
    assert nearest in caught.value.next_step


# --- the secret --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [["--secret", "canary-7f3a"], ["--secret=canary-7f3a"]])
@pytest.mark.parametrize("command", [["link", "--room", "r"], ["servers", "add", "n", "https://h", "k"], ["check"]])
def test_a_secret_on_the_command_line_is_refused_with_the_reason_and_not_repeated(command, option):
    done = run(*command, *option)
    assert done.returncode == 2
    assert "could be read by every program of this computer" in done.stderr
    assert "--secret-stdin" in done.stderr
    assert "canary" not in done.stdout + done.stderr


def test_a_secret_in_a_wrong_place_is_not_repeated():
    for command in (["check", "s", "--secret-stdin", "canary-7f3a"], ["link", "--secert=canary-7f3a"]):
        done = run(*command)
        assert done.returncode == 2
        assert "canary" not in done.stdout + done.stderr


@pytest.mark.parametrize("stdin", ["", "\n", "zwei wörter", "two words", "x" * 5000])
def test_what_is_no_secret_ends_with_three(here, stdin):
    assert run("link", *here, "--name", "Ana", stdin=stdin).returncode == 3


def test_secret_signature_and_token_are_found_nowhere_but_where_they_belong(practice, here, tmp_path):
    """Standard error with all logs, arguments and environment of the program and its children, files."""
    trace = tmp_path / "strace"
    done = run("link", *here, "--name", "Ana", "--create", "--verbose", stdin=practice.secret + "\n",
               program=["strace", "-f", "-qq", "-v", "-s", "4096", "-e", "trace=execve", "-o", str(trace),
                        *PROGRAM])  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "getJoinToken: 200" in done.stderr
    token = re.search(r"access_token=([\w.-]+)", done.stdout)[1]
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert trace in written
    places = {"standard error": done.stderr} | {str(path): path.read_text(errors="replace") for path in written}
    for place, text in places.items():
        for part in (
            practice.secret,
            token,
            token.rpartition(".")[2],
            base64.b64encode(practice.secret.encode()).decode(),
        ):
            assert part not in text, place
    assert not re.search(r"\b[0-9a-f]{64}\b", done.stderr), "a signature"


BROWSER = """\
    #!{python}
    import json, os, sys, urllib.request

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    try:
        urllib.request.build_opener(Stay).open(sys.argv[1], timeout=10)
    except urllib.error.HTTPError as answer:
        with open({out!r} + ".part", "w") as out:
            json.dump([sys.argv[1], answer.code, answer.headers["Location"]], out)
        os.rename({out!r} + ".part", {out!r})
"""


@pytest.fixture
def browser(tmp_path, monkeypatch) -> Callable[[], list]:
    """A browser that only writes down what it was started with, and where that led."""
    out, script = tmp_path / "browser.json", tmp_path / "browser"
    script.write_text(textwrap.dedent(BROWSER).format(python=sys.executable, out=str(out)))
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))

    def told() -> list:
        """The program goes on as soon as its link was fetched, a moment before the browser has written that down."""
        ends = time.monotonic() + 20
        while not out.exists():
            assert time.monotonic() < ends
            time.sleep(0.01)
        return json.loads(out.read_text())

    return told


def test_join_opens_the_browser_without_the_token_in_its_arguments(practice, here, browser):
    done = run("join", *here, "--name", "Ana", "--create", "--open", "browser", stdin=practice.secret)
    assert done.returncode == 0, done.stderr
    argument, code, location = browser()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{20,}", argument)
    assert code == 302
    assert location.startswith(f"{practice.address}/?access_token=")
    assert claims(location)["name"] == "Ana"
    assert "access_token" not in done.stdout + done.stderr


def test_join_on_a_practice_server_stays_until_it_is_ended(browser):
    with started("join", "--practice", "--room", "try", "--name", "Ana") as process:
        assert process.stdout.readline() == "The practice meeting is in your browser.\n"
        location = browser()[2]
        with urllib.request.urlopen(location, timeout=10) as page:
            assert page.status == 200
        process.terminate()
        rest = process.communicate(timeout=10)
    assert (process.returncode, *rest) == (0, "", "It runs until you press Ctrl+C.\n")


# --- practice ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_practice_server_runs_in_the_foreground_until_it_is_ended(ending):
    with started("practice") as process:
        told = dict(process.stdout.readline().strip().split(": ") for _ in range(3))
        assert set(told) == {"url", "api_key", "secret"}
        done = run("check", told["url"], "--api-key", told["api_key"], "--secret-stdin", stdin=told["secret"])
        assert done.returncode == 0, done.stdout
        process.send_signal(ending)
        rest = process.communicate(timeout=10)
    assert (process.returncode, *rest) == (0, "", "The practice server runs until you press Ctrl+C.\n")


def test_a_practice_server_tells_its_data_as_json():
    with started("practice", "--json") as process:
        text = "".join(process.stdout.readline() for _ in range(5))
    assert set(json.loads(text)) == {"url", "api_key", "secret"}


# --- dry runs ----------------------------------------------------------------------------------------------------


def test_a_dry_run_sends_nothing_asks_for_no_secret_and_shows_none(tmp_path):
    with FaultServer(Visit.until_gone) as server:
        for extra in ([], ["--json"]):
            done = run("join", "--server", f"http://localhost:{server.port}", "--api-key", "my-key", "--room", "r",
                       "--name", "Ana", "--create", "--dry-run", *extra)  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert "$PNM_SECRET" in done.stdout
        assert server.connections == 0
    requests = json.loads(done.stdout)["requests"]
    assert [request["call"] for request in requests] == ["isRoomActive", "create", "getJoinToken"]


def test_the_curl_lines_of_a_dry_run_do_the_same_as_the_program(practice):
    name = """O'Brien "$HOME" `id` \\ 日本"""
    done = run("link", "--server", practice.address, "--api-key", practice.api_key, "--room", "room01", "--name", name,
               "--user-id", "ob", "--create", "--dry-run")  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("body=")]
    assert len(lines) == 3
    answers = [
        json.loads(subprocess.run(["bash", "-c", line], env={**os.environ, "PNM_SECRET": practice.secret},
                                  capture_output=True, check=True, timeout=30).stdout)
        for line in lines
    ]  # fmt: skip
    assert [answer["status"] for answer in answers] == [True, True, True], answers
    assert claims(f"access_token={answers[2]['token']}")["name"] == name


# --- exit codes --------------------------------------------------------------------------------------------------


def stderr_of(done: subprocess.CompletedProcess, code: int) -> str:
    assert done.returncode == code, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("typed", [
    "nonsense", "link", "link --frob", "link a b", "join --open window", "check", "servers", "servers add n",
    "servers add n https://h k", "servers remove x", "link --api-key k --room r", "link --practice",
    "check --timeout 0", "check --timeout soon", "link --server unknown --room r", "link unknown", "--verbose",
    "join --dry-run --practice --room r --name n",
])  # fmt: skip
def test_wrong_usage_ends_with_two_a_sentence_and_a_next_step(typed, capsys):
    assert cli.main(typed.split()) == 2
    out, err = capsys.readouterr()
    sentence, step = err.splitlines()
    assert sentence.endswith((".", "?"))
    assert step.startswith("What to do: ")
    assert out == ""


def test_wrong_usage_of_the_real_program():
    assert stderr_of(run("nonsense"), 2).startswith("Argument COMMAND: invalid choice: 'nonsense'")
    assert json.loads(run("--json").stdout)["error"]["type"] == "WrongUsage"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--name", "  "], "join.user_info.name: Type a name"),
        (["--room", "a b", "--name", "Ana"], "join.room_id: Use only the letters a to z and A to Z"),
        (["--user-id", "sip_1", "--name", "Ana"], "join.user_info.user_id: The server keeps IDs"),
        ([], "join.user_info.name: This is needed."),
        (["--name", "Ana", "--set", "preferred_lang=xx"], "is not in the list"),
        (["--name", "Ana", "--set", "max_participants=0"], "create.max_participants: Use a number from 1"),
        (["--name", "Ana", "--set", "primary_color=blau"], "design.primary_color: Write a colour"),
        (["--name", "Ana", "--set", "preferred_lang"], "Write --set PATH=VALUE"),
        (["--name", "Ana", "--set", "lock_chat=true"], "fits 2 fields"),
        (["--name", "Ana", "--set", "lock_chatt=true"], "There is no field called “lock_chatt”."),
        (["--name", "Ana", "--server", "http://meet.example.org"], "server: plugNmeet needs https://"),
    ],
)
def test_a_value_that_is_not_acceptable_ends_with_two_and_names_its_field(here, options, words):
    assert words in stderr_of(run("link", *here, *options), 2)


def test_a_value_that_is_not_acceptable_is_named_as_json(here):
    done = run("link", *here, "--name", "Ana", "--set", "max_participants=many", "--json")
    fault = json.loads(done.stdout)["error"]
    assert fault == {
        "type": "InvalidValue",
        "message": "Write a whole number.",
        "next_step": "",
        "field": "create.max_participants",
    }
    assert done.stderr == ""


def test_a_missing_secret_ends_with_three(saved):
    err = stderr_of(run("link", "Maths 7b"), 3)
    assert "--secret-stdin" in err


def test_no_keyring_ends_with_three(saved):
    bus = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    assert "--secret-stdin" in stderr_of(run("link", "Maths 7b", **bus), 3)
    assert "keyring" in stderr_of(
        run("servers", "add", "x", "https://h", "k", "--secret-stdin", stdin="s3cret", **bus), 3
    )
    assert len(store.load(meetings_file())[0].servers) == 1, "nothing was saved"


def test_a_server_that_cannot_be_reached_ends_with_four(practice):
    port = closed_port()
    err = stderr_of(run("link", "--server", f"http://localhost:{port}", "--api-key", "k", "--room", "r", "--name", "n",
                        "--secret-stdin", stdin="secret"), 4)  # fmt: skip
    assert err.splitlines()[0] == "localhost does not accept connections."


def test_a_timeout_ends_the_calls_altogether():
    with FaultServer(Visit.until_gone) as server:
        began = time.monotonic()
        done = run("link", "--server", f"http://localhost:{server.port}", "--api-key", "k", "--room", "r",
                   "--name", "n", "--secret-stdin", "--timeout", "0.5", stdin="secret")  # fmt: skip
    assert "did not answer within 0.5 s" in stderr_of(done, 4)
    assert time.monotonic() - began < 10


def test_a_refusal_ends_with_five(here):
    assert "does not match this API key" in stderr_of(run("link", *here, "--name", "Ana", stdin="wrong"), 5)


def test_a_meeting_that_is_not_running_ends_with_six_and_nothing_was_started(practice, here):
    err = stderr_of(run("link", *here, "--name", "Ana", stdin=practice.secret), 6)
    assert err == "The meeting is not running.\nWhat to do: Start it with --create, or wait for the moderator.\n"
    assert not is_active(practice)


def test_saved_meetings_that_cannot_be_read_or_written_end_with_seven():
    meetings_file().parent.mkdir()
    meetings_file().write_text("no JSON")
    assert "could not be read" in stderr_of(run("meetings", "list"), 7)
    done = run("servers", "add", "x", "https://h", "k", "--session-only", PNM_LAUNCHER_HOME="/proc/nowhere")
    assert "could not be saved" in stderr_of(done, 7)


def test_an_interruption_ends_with_130():
    with FaultServer(Visit.until_gone) as server, started(
        "link", "--server", f"http://localhost:{server.port}", "--api-key", "k", "--room", "r", "--name", "n",
        "--secret-stdin",
    ) as process:  # fmt: skip
        process.stdin.write("secret\n")
        process.stdin.flush()
        while not server.visits:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (130, "Interrupted.\n")


def test_no_browser_ends_with_one(practice, here):
    done = run("join", *here, "--name", "Ana", "--create", stdin=practice.secret, BROWSER="false", PATH="/nonexistent")
    err = stderr_of(done, 1)
    assert "No web browser could be opened." in err
    assert "pnm-launcher link" in err


@pytest.fixture
def broken(tmp_path, monkeypatch) -> None:
    """A mistake in the program, at the worst place: with the token in hand."""
    (tmp_path / "sitecustomize.py").write_text(
        textwrap.dedent("""\
        import pnm_launcher.launch

        def make_link(page, token, design, room_id):
            raise ZeroDivisionError(f"lost {token}")

        pnm_launcher.launch.make_link = make_link
    """)
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")


def test_a_mistake_in_the_program_ends_with_one_and_a_report_only_when_asked_for(practice, here, broken):
    command = ["link", *here, "--name", "Ana", "--create"]
    done = run(*command, stdin=practice.secret)
    assert "Something unexpected happened: ZeroDivisionError." in stderr_of(done, 1)
    assert "--verbose" in done.stderr
    told = json.loads(run(*command, "--json", stdin=practice.secret).stdout)
    assert told["error"]["type"] == "ZeroDivisionError"
    verbose = run(*command, "--verbose", stdin=practice.secret)
    assert verbose.returncode == 1
    assert "Traceback" in verbose.stderr
    assert "ZeroDivisionError: lost [hidden]" in verbose.stderr
    assert practice.secret not in verbose.stderr
    assert "eyJ" not in verbose.stderr


def test_the_version():
    assert run("--version").stdout == f"pnm-launcher {__version__}\n"


def test_help_lists_the_commands_and_the_exit_codes():
    done = run("--help")
    assert done.returncode == 0
    for code, meaning in EXIT_CODES:
        assert re.search(rf"^ +{code}  {re.escape(meaning)}$", done.stdout, re.MULTILINE)
    for command in ("join", "link", "check", "room", "servers", "meetings", "fields", "practice"):
        assert re.search(rf"^ +{command} +\w", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("command", ["join", "link", "check", "room status", "servers add", "meetings show", "fields"])
def test_every_command_has_help(command, capsys):
    assert cli.main([*command.split(), "--help"]) == 0
    assert "usage: pnm-launcher" in capsys.readouterr().out


# --- what is loaded ----------------------------------------------------------------------------------------------

LOADED = """\
    import sys
    from pnm_launcher.cli import main
    code = main(sys.argv[1:])
    heavy = ("PySide6", "shiboken6", "pnm_launcher.gui", "keyring", "requests", "waitress", "jwt", "filelock",
             "platformdirs", "tinycss2", "idna", "pnm_launcher.practice")
    print(code, *[name for name in heavy if name in sys.modules], file=sys.stderr)
"""


def loaded(*arguments: str, stdin: str = "") -> list[str]:
    done = run(*arguments, stdin=stdin, program=[sys.executable, "-c", textwrap.dedent(LOADED)])
    return done.stderr.splitlines()[-1].split()


def test_the_command_line_loads_no_qt_and_nothing_that_it_does_not_need(practice, here, saved):
    assert loaded("--version") == ["0"]
    assert loaded("fields") == ["0"]
    assert loaded("meetings", "list") == ["0"]
    assert loaded("link", *here, "--name", "Ana", "--dry-run") == ["0"]
    online = loaded("link", *here, "--name", "Ana", "--create", stdin=practice.secret)
    assert online == ["0", "requests", "idna"]


WINDOW = """\
    import sys, types
    from pnm_launcher.__main__ import main
    app = types.ModuleType("pnm_launcher.gui.app")
    app.main = lambda first: 42
    sys.modules["pnm_launcher.gui.app"] = app
    sys.exit(main())
"""


def test_arguments_lead_to_the_command_line_and_none_to_the_window():
    window = [sys.executable, "-c", textwrap.dedent(WINDOW)]
    assert run(program=window).returncode == 42
    assert run("--version", program=window).returncode == 0


def test_a_crash_leaves_no_memory_on_the_disk(here, tmp_path):
    """The program has read the secret from standard input when it waits for the end of it."""
    allowed = ["sh", "-c", 'ulimit -c "$(ulimit -H -c)" && exec "$@"', "sh", *PROGRAM, "link", *here]
    with subprocess.Popen(allowed, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as ours:
        about, ends = Path(f"/proc/{ours.pid}"), time.monotonic() + 20
        while not (
            (about / "cmdline").read_text().startswith(sys.executable)  # no longer the shell
            and re.search(r"Max core file size +[01] ", (about / "limits").read_text())
        ):
            assert time.monotonic() < ends, (about / "limits").read_text()
            time.sleep(0.02)
        ours.send_signal(signal.SIGSEGV)
        assert ours.wait(20) == -signal.SIGSEGV
    assert not list((tmp_path / "elsewhere").iterdir())
