import base64
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.address import parse_address
from pnm_launcher.errors import InvalidValue
from pnm_launcher.links import LONGEST, Link, design_json, make_link
from pnm_launcher.schema import DESIGN

PAGE = parse_address("https://meet.school.example/rooms/")
EXPIRES = datetime(2026, 11, 21, 22, 40, 5, tzinfo=UTC)
TOKEN = jwt.encode({"name": "Ana", "room_id": "maths-9b", "exp": EXPIRES}, "k" * 36, algorithm="HS256")
ANY_DESIGN = {"primary_color": "rgb(10, 102, 194)", "custom_logo": "https://school.example/logo.png?a=1&b=#2"}


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)


def test_the_link_has_the_token_and_the_design_the_page_reads() -> None:
    link = make_link(PAGE, TOKEN, ANY_DESIGN, "maths-9b")
    assert link.url.startswith("https://meet.school.example/rooms/?access_token=ey")
    assert query(link.url)["access_token"] == [TOKEN]
    assert json.loads(query(link.url)["custom_design"][0]) == {
        "primary_color": "#0a66c2",
        "custom_logo": "https://school.example/logo.png?a=1&b=#2",
    }
    assert urlsplit(link.url).fragment == ""


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("https://meet.school.example", "https://meet.school.example/?"),
        ("https://meet.school.example/", "https://meet.school.example/?"),
        ("meet.school.example/rooms", "https://meet.school.example/rooms/?"),
        ("https://meet.school.example/rooms/", "https://meet.school.example/rooms/?"),
        ("http://localhost:8080", "http://localhost:8080/?"),
        ("https://[::1]:8443/a/b", "https://[::1]:8443/a/b/?"),
    ],
)
def test_a_page_may_be_anywhere_with_or_without_a_slash(page: str, start: str) -> None:
    link = make_link(parse_address(page), TOKEN, {}, "r")
    assert link.url == f"{start}access_token={TOKEN}"
    assert link.url_without_token == start.removesuffix("?")


def test_without_the_token_the_design_is_still_there() -> None:
    link = make_link(PAGE, TOKEN, ANY_DESIGN, "maths-9b")
    assert list(query(link.url_without_token)) == ["custom_design"]
    assert query(link.url_without_token)["custom_design"] == query(link.url)["custom_design"]
    assert TOKEN not in link.url_without_token


def test_showing_a_link_never_shows_its_token() -> None:
    link = make_link(PAGE, TOKEN, ANY_DESIGN, "maths-9b")
    for text in (repr(link), str(link), f"{link}", f"{[link]!r}"):
        assert "maths-9b" in text
        assert not any(part in text for part in TOKEN.split("."))


def test_the_expiry_is_read_from_the_token_without_its_key() -> None:
    assert make_link(PAGE, TOKEN, {}, "r").expires_at == EXPIRES


def unsigned(claims: str) -> str:
    return f"e30.{base64.urlsafe_b64encode(claims.encode()).decode().rstrip('=')}.c2ln"


@pytest.mark.parametrize(
    "token",
    [
        "", "x", "a.b", "a.b.c", "…", "a.….c", "e30.e30.c2ln", "e30.W10.x", unsigned("[]"), unsigned("null"),
        unsigned('{"exp":"soon"}'), unsigned('{"exp":null}'), unsigned('{"exp":1e99}'), unsigned('{"exp":NaN}'),
        unsigned('{"exp":-1e17}'), unsigned("[" * 100_000), "e30.////.x",
    ],
)  # fmt: skip
def test_a_token_we_cannot_read_has_no_known_expiry(token: str) -> None:
    assert make_link(PAGE, token, {}, "r").expires_at is None


@given(st.text())
def test_no_token_breaks_the_link(token: str) -> None:
    link = make_link(PAGE, token.encode(errors="replace").decode(), {}, "r")
    assert query(link.url)["access_token"] == [link.token]


@pytest.mark.parametrize("values", [{}, {"unknown": "x"}])
def test_no_design_leaves_the_servers_own_in_force(values: dict[str, str]) -> None:
    assert design_json(values) == ""
    assert "custom_design" not in make_link(PAGE, TOKEN, values, "r").url


def test_a_design_has_no_white_space_and_only_hex_colours() -> None:
    colours = ("hsl(209 90% 40%)", "RebeccaPurple", "#ABC", "rgb(1 2 3 / 50%)", "rgba(0, 0, 0, 1)")
    keys = [row.path for row in DESIGN if row.path.endswith("_color")]
    values = {key: colours[index % len(colours)] for index, key in enumerate(keys)}
    text = design_json(values)
    assert not any(char.isspace() for char in text)
    assert set(json.loads(text).values()) == {"#0a69c2", "#663399", "#aabbcc", "#01020380", "#000000"}


def test_the_old_name_of_a_key_is_never_sent() -> None:
    assert list(json.loads(design_json({"side_panel_bg_color": "red", "right_side_bg_color": "blue"}))) == [
        "side_panel_bg_color"
    ]


def test_a_design_that_would_break_the_page_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        make_link(PAGE, TOKEN, {"primary_color": "red; } body { display: none"}, "r")
    assert caught.value.path == "primary_color"


def test_a_link_longer_than_servers_take_says_so() -> None:
    def link(length: int) -> Link:
        path = "a" * (length - len(Link(PAGE, TOKEN, "", "r", None).url) - len("&custom_design="))
        return Link(PAGE, TOKEN, path, "r", None)

    assert len(link(LONGEST).url) == LONGEST
    assert not link(LONGEST).too_long
    assert link(LONGEST + 1).too_long
