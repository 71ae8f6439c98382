"""The `matrix` commands, run as a person runs them: real programs, a real homeserver, a real keyring."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import keyring_services as services
import pytest
from oauth_homeserver import oauth_homeserver
from synapse_server import PASSWORD

from pnm_launcher import cli, store
from pnm_launcher.matrix.announcement import EVENT_TYPE
from pnm_launcher.meetings import Book, Server
from pnm_launcher.paths import config_folder, meetings_file

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _own_keyring(own_keyring, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return own_keyring


@pytest.fixture
def ana(homeserver):
    return homeserver.person("ana")


@pytest.fixture
def host(homeserver):
    return homeserver.person("host")


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "pnm_launcher", "matrix", *arguments], input=stdin, text=True,
                          env=os.environ | environment, capture_output=True, timeout=90)  # fmt: skip


def result(*arguments: str, stdin: str = "") -> object:
    done = run(*arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def signed_in(ana):
    """Ana, signed in on the command line too; `ana.account` is what it wrote."""
    login = ("login", ana.address, "--user", ana.name, "--password-stdin", "--web-client", "https://chat.example.org")
    ana.account = result(*login, stdin=f"{PASSWORD}\n")
    return ana


def written(folder: Path) -> bytes:
    """All that is in the files of a folder, the home and the configuration of the tests among them."""
    assert config_folder().is_relative_to(folder)
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# --- accounts ----------------------------------------------------------------------------------------------------


def test_signing_in_and_out(ana, own_keyring, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    done = run("login", ana.address, "--user", ana.id, stdin=PASSWORD)
    assert (done.returncode, done.stdout) == (0, f"You are signed in as {ana.id}.\n"), done.stderr
    (account,) = result("accounts")
    assert (account["user_id"], account["homeserver"], account["signed_in"]) == (ana.id, ana.address, True)
    assert account["device_id"] in ana.devices()
    (entry,) = services.items(own_keyring).values()
    tokens = json.loads(entry)
    assert tokens["origin"] == ana.address
    assert ana.id.encode() in written(tmp_path)
    assert result("logout")["told_server"] is True
    for secret in (tokens["access"], tokens["refresh"], PASSWORD):
        assert secret.encode() not in written(tmp_path)
    assert services.items(own_keyring) == {}
    assert store.load(meetings_file())[0] == Book()
    assert account["device_id"] not in ana.devices()


def test_signing_in_again_changes_the_account_and_keeps_its_device(signed_in, own_keyring):
    again = result("login", signed_in.address, "--user", signed_in.id, stdin=PASSWORD)
    assert again == signed_in.account
    assert len(services.items(own_keyring)) == 1
    assert len(result("accounts")) == 1


def test_a_pasted_token_comes_from_standard_input(ana):
    account = result("login", ana.address, "--token-stdin", stdin=f"{ana.token}\n")
    assert (account["user_id"], account["device_id"]) == (ana.id, ana.device)


def test_signing_in_on_the_homeservers_page(homeserver, cas, tmp_path):
    cas.user = "cleo"
    browser = tmp_path / "browser"
    visit = f"import sys; sys.path[:0] = ['{ROOT}', '{ROOT}/tests']\nfrom synapse_server import Browser\n"
    browser.write_text(f"#!{sys.executable}\n{visit}Browser().visit(sys.argv[1])\n")
    browser.chmod(0o755)
    done = run("login", homeserver.address, "--browser", BROWSER=f"{browser} %s")
    assert (done.returncode, done.stdout) == (0, "You are signed in as @cleo:hs.test.\n"), done.stderr
    assert "in your browser" in done.stderr


def test_signing_in_with_a_code():
    with oauth_homeserver() as server:
        done = run("login", server.address)
        assert (done.returncode, done.stdout) == (0, "You are signed in as @ana:hs.test.\n"), done.stderr
        assert f"Open {server.address}/link?code=ABCD-1234 and confirm the code ABCD-1234." in done.stderr
        assert result("logout")["told_server"] is True
        assert server.forms[-1][0] == "/revoke"


def test_accounts_are_listed_without_a_keyring_and_with_a_locked_one_too(signed_in, own_keyring):
    done = run("accounts", "--json", DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    assert [each["signed_in"] for each in json.loads(done.stdout)] == [False]
    services.lock(own_keyring)
    done = run("accounts", "--json", DISPLAY="")
    assert [each["signed_in"] for each in json.loads(done.stdout)] == [None], done.stderr


def fault(*arguments: str, code: int, stdin: str = "") -> dict[str, str]:
    done = run(*arguments, "--json", stdin=stdin)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)["error"]


def test_a_wrong_password_is_refused_and_nothing_is_saved(ana, own_keyring):
    told = fault("login", ana.address, "--user", ana.name, code=5, stdin="wrong")
    assert told["type"] == "LoginRefused"
    assert services.items(own_keyring) == {}
    assert not meetings_file().exists()


def test_a_way_that_is_not_offered_names_those_that_are(ana):
    told = fault("login", ana.address, "--device", code=5)
    assert told["type"] == "NoSuchLogin"
    assert "--password-stdin" in told["next_step"]
    assert "--device" not in told["next_step"]


def test_a_sign_in_that_cannot_be_kept_is_ended_at_the_server(ana):
    before = ana.devices()
    done = run("login", ana.address, "--user", ana.name, stdin=PASSWORD, DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    assert done.returncode == 3
    assert "could not be kept" in done.stderr
    assert ana.devices() == before
    assert not meetings_file().exists()


def test_without_an_account_the_way_to_one_is_shown(host):
    assert "matrix login" in fault("join", "#x:hs.test", code=2)["next_step"]
    assert fault("logout", "@nobody:hs.test", code=2)["type"] == "UnknownMatrixAccount"


def test_a_name_whose_server_is_not_found_asks_for_its_address():
    told = fault("login", "@ana:nowhere.invalid", code=4)
    assert told["type"] == "HomeserverUnknown"
    assert "https://" in told["next_step"]


def test_a_password_is_never_an_argument():
    for option in ("--password", "--token"):
        assert run("login", "hs.test", option, "canary").returncode == 2
    assert "canary" not in run("login", "hs.test", "--password", "canary").stderr


# --- rooms -------------------------------------------------------------------------------------------------------


def test_a_room_is_looked_at_joined_and_tells_its_meeting(signed_in, host):
    room_id = host.make_room(preset="public_chat", name="Maths", topic="Numbers")
    alias = host.alias(room_id, f"#maths-{host.name}:hs.test")
    content = {"server": "https://meet.example.org", "room_id": "maths"}
    host.call("PUT", f"v3/rooms/{quote(room_id)}/state/{EVENT_TYPE}/", content)
    school = Server("s1", "School", "https://meet.example.org", "key")
    store.update(meetings_file(), lambda book: book.with_server(school))
    link = f"https://matrix.to/#/{quote(alias)}"
    looked = result("join", link, "--dry-run")
    assert (looked["name"], looked["topic"], looked["members"], looked["way"]) == ("Maths", "Numbers", 1, "join")
    assert host.membership(room_id, signed_in.id) == ""
    joined = result("join", link, "--reason", "Hello")
    assert joined == {"room_id": room_id, "successor": None, "meeting": content | {"own_server": "School"}}
    assert host.membership(room_id, signed_in.id) == "join"
    done = run("join", room_id)
    assert done.stdout.splitlines()[1] == "This room has a meeting: maths on School."


def test_a_replaced_room_names_its_successor(signed_in, host):
    old = host.make_room(preset="public_chat", version="10")
    new = host.call("POST", f"v3/rooms/{quote(old)}/upgrade", {"new_version": "12"})["replacement_room"]
    assert result("join", old)["successor"] == f"matrix:roomid/{new[1:]}?via=hs.test"


def test_a_closed_room_ends_with_its_own_code(signed_in, host):
    told = fault("join", host.make_room(), code=13)
    assert told["type"] == "NotInvited"
    assert "matrix knock" in told["next_step"]
    assert fault("join", "#nowhere:hs.test", code=5)["type"] == "RoomNotFound"
    assert "--via" in fault("join", "!" + "x" * 43, code=5)["next_step"]


@pytest.mark.parametrize("room", ["..", "!x:y/../../logout", "@ana:hs.test", "https://evil.org/#/#a:b", ""])
def test_what_is_no_room_is_refused(signed_in, room):
    assert fault("join", room, code=2)["field"] == "matrix_room"
    assert signed_in.account["device_id"] in signed_in.devices()


def test_a_room_is_knocked_at(signed_in, host):
    rule = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    room_id = host.make_room(state=[rule])
    assert result("knock", room_id, "--reason", "Please", "--via", "hs.test, a.org") == {"room_id": room_id}
    assert host.membership(room_id, signed_in.id) == "knock"


def test_invitations_are_listed_and_answered(signed_in, host):
    yes, no = (host.make_room(name=name) for name in ("Yes", "No"))
    for room_id in (yes, no):
        host.invite(room_id, signed_in.id)
    listed = {each["name"]: each for each in result("invites")}
    assert (listed["Yes"]["room_id"], listed["Yes"]["inviter"]) == (yes, host.id)
    assert result("invites", "--accept", yes)["room_id"] == yes
    assert result("invites", "--decline", no) == {"room_id": no, "declined": True}
    assert (host.membership(yes, signed_in.id), host.membership(no, signed_in.id)) == ("join", "leave")
    assert result("invites") == []
    assert fault("invites", "--accept", yes, code=2)


def test_a_signed_invitation_is_checked_before_anything_is_sent(signed_in, host, tmp_path):
    path = tmp_path / "signed.json"
    path.write_text("{}")
    room_id = host.make_room()
    assert fault("join", room_id, "--third-party", str(path), code=2)["field"] == "third_party_signed"
    assert fault("join", room_id, "--third-party", str(tmp_path / "none"), code=2)
    signatures = {"hs.test": {"ed25519:0": "A" * 86}}
    signed = {"sender": host.id, "mxid": signed_in.id, "token": "abc", "signatures": signatures}
    told = fault("join", room_id, "--third-party", "-", code=13, stdin=json.dumps(signed))
    assert told["type"] == "NotInvited"


def test_a_sign_in_that_was_ended_elsewhere_says_so(signed_in, own_keyring):
    signed_in.call("POST", "v3/logout/all")
    told = fault("invites", code=3)
    assert told["type"] == "SignedOut"
    assert "matrix login" in told["next_step"]
    assert services.items(own_keyring) == {}
    assert fault("invites", code=3)["type"] == "SignInMissing"
    assert [each["signed_in"] for each in result("accounts")] == [False]


def test_programs_for_a_room_are_listed_with_ones_own_element(signed_in):
    listed = {each["kind"]: each["address"] for each in result("open", "#a:hs.test", "--via", "b.org", "--list")}
    assert listed["element-web"] == "https://chat.example.org/#/room/%23a%3Ahs.test?via=b.org"
    assert listed["matrix.to"] == "https://matrix.to/#/%23a%3Ahs.test?via=b.org"


def test_a_room_is_opened_in_the_browser(tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    done = run("open", "#a:hs.test", "--with", "matrix.to", BROWSER=f"{browser} %s")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text() == "https://matrix.to/#/%23a%3Ahs.test\n"


def test_a_program_that_is_not_there_is_told():
    assert "not installed" in fault("open", "#a:hs.test", "--with", "matrix", code=2)["message"]


def test_matrix_loads_nothing_heavy_for_other_commands():
    code = (
        "import sys; from pnm_launcher import cli; cli.main(['fields', 'lock']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert not {"requests", "keyring", "pnm_launcher.matrix.client"} & set(done.stderr.split())
    assert cli.build_parser("matrix")
