"""Finding a homeserver, by the rules of “Server Discovery” (matrix-spec v1.18); the answers are those of fake servers,
because a real one cannot be on every host's port 443. A proxy leads each name to one of them."""

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from faults import FaultServer, Visit, answering, reply, tunnel

from pnm_launcher.errors import AddressNotFound, ConnectionRefused, InvalidValue
from pnm_launcher.matrix.discovery import WELL_KNOWN, find_homeserver, homeserver_at, parse_homeserver
from pnm_launcher.matrix.faults import HomeserverBroken, HomeserverUnknown, MatrixNotUnderstood, NotMatrix
from pnm_launcher.matrix.versions import Versions
from pnm_launcher.session import Session

VERSIONS = {"versions": ["r0.6.1", "v1.1", "v1.11", "v1.2"], "unstable_features": {"x": True}}
NAMES = ("example.org", "matrix.example.org", "www.example.org", "evil.example.org", "loop.example.org")


class Web:
    """Hosts on https, all on one port of this computer; `asked` are the requests, `answers` what they get."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self.answers: dict[str, bytes] = {}

    def well_known(self, content: object, host: str = "example.org") -> None:
        self.answers[host + WELL_KNOWN] = reply("200 OK", content)

    def versions(self, content: object = VERSIONS, place: str = "matrix.example.org") -> None:
        self.answers[f"{place}/_matrix/client/versions"] = reply("200 OK", content)

    def __call__(self, visit: Visit) -> None:
        while visit.read_request():
            place = visit.header("host") + visit.head.split()[1].decode()
            self.asked.append(place)
            self.heads.append(visit.head)
            visit.send(self.answers.get(place, reply("404 Not Found", b"{}")))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Yields the web; sessions trust it by the file `web.ca_file`."""
    authority, made = trustme.CA(), Web()
    made.ca_file = str(tmp_path / "ca.pem")
    authority.cert_pem.write_to_path(made.ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*NAMES).configure_cert(context)
    with FaultServer(made, tls=context) as server:
        behaviour, _ = tunnel(("127.0.0.1", server.port))
        with FaultServer(behaviour) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", str(proxy.address))
            yield made


@pytest.fixture
def find(web) -> Callable[[str], object]:
    def ask(text: str) -> object:
        with Session(ca_file=web.ca_file) as session:
            return find_homeserver(text, session)

    return ask


@pytest.mark.parametrize("text", ["@ana:example.org", " @ana:example.org:8448 ", "example.org", "example.org:8448"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_the_owner_of_a_name_tells_where_its_homeserver_is(web, find, text, slash):
    web.well_known({"m.homeserver": {"base_url": f"https://matrix.example.org/hs{slash}"}, "io.element.x": [1]})
    web.versions(place="matrix.example.org/hs")
    found = find(text)
    assert str(found.address) == "https://matrix.example.org/hs"
    assert found.versions == Versions((1, 11))
    assert web.asked == [f"example.org{WELL_KNOWN}", "matrix.example.org/hs/_matrix/client/versions"]


def test_nothing_of_the_person_is_told_to_anybody(web, find):
    web.well_known({"m.homeserver": {"base_url": "https://matrix.example.org"}})
    web.versions()
    find("@ana:example.org")
    assert not [head for head in web.heads if b"ana" in head or b"uthorization" in head or b"ookie" in head]


def test_without_the_file_the_name_itself_is_the_homeserver(web, find):
    web.versions(place="example.org")
    assert str(find("example.org").address) == "https://example.org"


def test_without_file_and_homeserver_a_person_has_to_tell(find):
    with pytest.raises(HomeserverUnknown, match=r"example\.org does not tell"):
        find("example.org")


PROMPT = [
    reply("500 Oops", {"m.homeserver": {"base_url": "https://matrix.example.org"}}), reply("204 Nothing"),
    reply("200 OK", b""), reply("200 OK", b"{bad"), reply("200 OK", b"[]"), reply("200 OK", "<html>"),
    reply("200 OK", {}), reply("200 OK", {"m.homeserver": {}}), reply("200 OK", {"m.homeserver": {"base_url": 5}}),
    reply("200 OK", {"m.homeserver": "https://matrix.example.org"}),
    reply("200 OK", {"m.homeserver": {"base_url": "https://matrix.example.org"}, "m.identity_server": {}}),
    reply("200 OK", b"{" + b" " * 100_000 + b"}"),
]  # fmt: skip


@pytest.mark.parametrize("answer", PROMPT, ids=range(len(PROMPT)))
def test_an_unusable_file_is_no_answer(web, find, answer):
    web.answers[f"example.org{WELL_KNOWN}"] = answer
    web.versions()
    web.versions(place="example.org")
    with pytest.raises(HomeserverUnknown):
        find("example.org")
    assert web.asked == [f"example.org{WELL_KNOWN}"]


@pytest.mark.parametrize(
    "base",
    ["matrix.example.org", "http://matrix.example.org", "http://localhost:8008", "ftp://matrix.example.org",
     "https://a@matrix.example.org", "https://matrix.example.org?x", "https://", "javascript:alert(1)",
     "https://matrix.example.org\\@evil.example.org", "https://evil.example.org#matrix.example.org"],
)  # fmt: skip
def test_a_wrong_address_in_the_file_stops_everything(web, find, base):
    web.well_known({"m.homeserver": {"base_url": base}})
    web.versions(place="example.org")
    with pytest.raises(HomeserverBroken):
        find("example.org")
    assert web.asked == [f"example.org{WELL_KNOWN}"]


@pytest.mark.parametrize("versions", [None, {}, {"versions": []}, {"versions": "v1.1"}, {"versions": ["x"]}, [1]])
def test_a_file_that_names_no_homeserver_stops_everything(web, find, versions):
    web.well_known({"m.homeserver": {"base_url": "https://matrix.example.org"}})
    web.versions(place="example.org")
    if versions is not None:
        web.versions(versions)
    with pytest.raises(HomeserverBroken):
        find("example.org")
    assert "example.org/_matrix/client/versions" not in web.asked


def redirect(target: str) -> bytes:
    return reply("302 Found", b"", f"Location: {target}")


def test_redirects_of_the_file_are_followed(web, find):
    web.answers[f"example.org{WELL_KNOWN}"] = redirect(f"https://www.example.org{WELL_KNOWN}")
    web.answers[f"www.example.org{WELL_KNOWN}"] = redirect("/file.json")
    web.answers["www.example.org/file.json"] = reply(
        "200 OK", {"m.homeserver": {"base_url": "https://matrix.example.org"}}
    )
    web.versions()
    assert str(find("example.org").address) == "https://matrix.example.org"


@pytest.mark.parametrize("target", ["http://www.example.org/x", f"https://example.org{WELL_KNOWN}", "file:///x", "//"])
def test_redirects_that_lead_nowhere_are_not(web, find, target):
    web.answers[f"example.org{WELL_KNOWN}"] = redirect(target)
    with pytest.raises(HomeserverUnknown):
        find("example.org")
    assert web.asked == [f"example.org{WELL_KNOWN}"]


def test_a_redirect_without_encryption_is_not_followed_to_this_computer_either(web, find):
    with FaultServer(answering(reply("200 OK", {})), host="localhost") as here:
        web.answers[f"example.org{WELL_KNOWN}"] = redirect(f"{here.address}/x")
        with pytest.raises(HomeserverUnknown):
            find("example.org")
        assert here.connections == 0


def test_redirects_without_an_end_are_left(web, find):
    web.answers[f"example.org{WELL_KNOWN}"] = redirect("https://loop.example.org/0")
    for number in range(20):
        web.answers[f"loop.example.org/{number}"] = redirect(f"https://loop.example.org/{number + 1}")
    with pytest.raises(HomeserverUnknown):
        find("example.org")
    assert len(web.asked) == 6


def test_a_redirect_of_a_call_is_never_followed(web, find):
    web.well_known({"m.homeserver": {"base_url": "https://matrix.example.org"}})
    web.answers["matrix.example.org/_matrix/client/versions"] = redirect("https://evil.example.org/")
    with pytest.raises(HomeserverBroken):
        find("example.org")
    assert not [place for place in web.asked if place.startswith("evil")]


# --- an address --------------------------------------------------------------------------------------------------


def test_an_address_is_taken_as_it_is(web, find):
    web.versions()
    assert str(find(" https://matrix.example.org/ ").address) == "https://matrix.example.org"
    assert web.asked == ["matrix.example.org/_matrix/client/versions"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(reply("200 OK", "<html>Hello"), NotMatrix), (reply("404 Not Found", "<html>"), NotMatrix),
     (reply("200 OK", {"versions": []}), MatrixNotUnderstood)],
)  # fmt: skip
def test_an_address_of_something_else_is_told(answer, kind):
    with FaultServer(answering(answer)) as server, Session() as session, pytest.raises(kind):
        homeserver_at(server.address, session)


def test_an_address_where_nothing_is_keeps_its_own_fault(monkeypatch):
    with Session() as session, pytest.raises(ConnectionRefused):
        find_homeserver("http://localhost:1", session)
    with Session() as session, pytest.raises((HomeserverUnknown, AddressNotFound)):
        find_homeserver("nowhere.invalid", session)


@pytest.mark.parametrize("text", ["", "@ana", "two words", "@ana:exa mple.org", "#room:example.org", "ex/ample"])
def test_what_is_no_name_is_refused_before_anything_is_asked(web, find, text):
    with pytest.raises(InvalidValue):
        find(text)
    assert web.asked == []


def test_http_is_for_this_computer_only():
    assert str(parse_homeserver("http://localhost:8008/")) == "http://localhost:8008"
    for text in ("http://example.org", "HTTP://127.0.0.1", "http://localhost.example.org"):
        with pytest.raises(InvalidValue, match="https"):
            parse_homeserver(text)


def test_the_newest_version_counts_by_its_numbers():
    from pnm_launcher.strict_json import Reader

    def read(*names: str) -> Versions:
        return Versions.read(Reader.of(json.dumps({"versions": names}).encode()))

    assert read("v1.9", "v1.10", "v1.2") == Versions((1, 10))
    assert read("v1.12-something") == Versions((1, 12))
    assert read("r0.6.1") == Versions()
    assert [read("r0.5.0").root, read("v1.1").root] == ["/_matrix/client/r0", "/_matrix/client/v3"]


@pytest.mark.parametrize(
    ("newest", "query"),
    [((0, 0), "server_name=a.org&server_name=b.org%3A80"),
     ((1, 11), "server_name=a.org&server_name=b.org%3A80&via=a.org&via=b.org%3A80"),
     ((1, 12), "via=a.org&via=b.org%3A80"), ((2, 0), "via=a.org&via=b.org%3A80")],
)  # fmt: skip
def test_each_age_of_server_is_told_the_servers_in_its_own_words(newest, query):
    assert Versions(newest).servers_query(("a.org", "b.org:80")) == query
    assert Versions(newest).servers_query(()) == ""
