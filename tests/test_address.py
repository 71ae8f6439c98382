"""The parser of addresses: what is accepted becomes one canonical text, and tricks are refused."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pnm_launcher.address import Address, check_resource, parse_address
from pnm_launcher.errors import InvalidValue

CANONICAL = {
    "https://meet.example.org": "https://meet.example.org",
    "meet.example.org": "https://meet.example.org",
    "  meet.example.org\t\n": "https://meet.example.org",
    "HTTPS://Meet.EXAMPLE.org:443/Sub/": "https://meet.example.org/Sub",
    "https://meet.example.org/a/b//".removesuffix("/"): "https://meet.example.org/a/b",
    "https://meet.example.org:8443": "https://meet.example.org:8443",
    "https://meet.example.org:80": "https://meet.example.org:80",
    "https://meet.example.org.": "https://meet.example.org",
    "https://meet": "https://meet",
    "http://localhost": "http://localhost",
    "http://localhost:8080/": "http://localhost:8080",
    "http://localhost:80": "http://localhost",
    "http://LOCALHOST.": "http://localhost",
    "https://127.0.0.1": "https://127.0.0.1",
    "https://[::1]:8443/x": "https://[::1]:8443/x",
    "https://[2001:DB8:0:0::1]": "https://[2001:db8::1]",
    "https://münchen.example": "https://xn--mnchen-3ya.example",
    "https://mu\u0308nchen.example": "https://xn--mnchen-3ya.example",
    "https://XN--MNCHEN-3YA.example": "https://xn--mnchen-3ya.example",
    "https://faß.example": "https://xn--fa-hia.example",
    "https://p\u0430ypal.example": "https://xn--pypal-4ve.example",
    "https://例え.example": "https://xn--r8jz45g.example",
    "https://h/caf%C3%A9": "https://h/caf%C3%A9",
}

EMPTY = "Type the address"
INVISIBLE = "no spaces, backslashes or invisible"
QUERY = "Leave out everything from"
INCOMPLETE = "not complete or has a wrong port"
USER = "user name and password"
PATH = "part after the host name"
NAME = "not the name of a computer"
NUMBERS = "four numbers"
ONLY_HTTPS = "needs https://"
SCHEME = "begins with https://"
REFUSED = {
    "": EMPTY,
    " \n": EMPTY,
    "https://evil.example\\@good.example/": INVISIBLE,
    "https://good.example\\.evil.example": INVISIBLE,
    "https://go\tod.example": INVISIBLE,
    "https://good.example\n.evil.example": INVISIBLE,
    "https://good .example": INVISIBLE,
    "https://good\u200b.example": INVISIBLE,
    "https://good\u00ad.example": INVISIBLE,
    "https://good.example/\u202egpj": INVISIBLE,
    "https://good.example\0": INVISIBLE,
    "https://good.example?": QUERY,
    "https://good.example/#": QUERY,
    "https://good.example/?a=1": QUERY,
    "https://good.example/#x": QUERY,
    "https://good.example:": INCOMPLETE,
    "https://good.example:0": INCOMPLETE,
    "https://good.example:0443": INCOMPLETE,
    "https://good.example:99999": INCOMPLETE,
    "https://good.example:-1": INCOMPLETE,
    "https://good.example:８０": INCOMPLETE,
    "https://good.example:443:443": INCOMPLETE,
    "https://": INCOMPLETE,
    "https:///path": INCOMPLETE,
    "https://[::1": INCOMPLETE,
    "https://:443": INCOMPLETE,
    "https://user@good.example": USER,
    "https://user:word@good.example": USER,
    "https://good.example@evil.example": USER,
    "https://good.example/a/../b": PATH,
    "https://good.example/./b": PATH,
    "https://good.example/%2e%2E/b": PATH,
    "https://good.example/.%2e": PATH,
    "https://good.example//b": PATH,
    "https://good.example/é": PATH,
    "https://good.example/%zz": PATH,
    "https://good.example/<b>": PATH,
    "https://good。example": NAME,
    "https://good．example": NAME,
    "https://ｇｏｏｄ.example": NAME,
    "https://good..example": NAME,
    "https://-good.example": NAME,
    "https://good-.example": NAME,
    "https://" + "a" * 64 + ".example": NAME,
    "https://" + "a." * 130 + "example": NAME,
    "https://xn--a.example": NAME,
    "https://[::1%25eth0]": NAME,
    "https://[v1.x]": NAME,
    "https://[good.example]": "not complete|not the name",
    "https://ex%61mple.org": NAME,
    "https://good,evil.example": NAME,
    "https://☃️.example\ufe0f": NAME,
    "https://127.1": NUMBERS,
    "https://0x7f.1": NUMBERS,
    "https://127.0.0.0x1": NUMBERS,
    "https://2130706433": NUMBERS,
    "https://256.0.0.1": NUMBERS,
    "https://127.0.0.01": NUMBERS,
    "http://meet.example.org": ONLY_HTTPS,
    "http://127.0.0.1:8080": ONLY_HTTPS,
    "http://localhost.evil.example": ONLY_HTTPS,
    "ftp://good.example": SCHEME,
    "javascript://good.example/%0aalert(1)": SCHEME,
    "file:///etc/passwd": SCHEME,
}


@pytest.mark.parametrize(("typed", "canonical"), CANONICAL.items(), ids=map(ascii, CANONICAL))
def test_an_address_becomes_its_canonical_text(typed, canonical):
    assert str(parse_address(typed)) == canonical


@pytest.mark.parametrize(("typed", "words"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_a_bad_address_is_refused_in_words(typed, words):
    with pytest.raises(InvalidValue) as caught:
        parse_address(typed, "server")
    assert re.search(words, str(caught.value))
    assert caught.value.path == "server"


def test_the_parts_of_an_address():
    address = parse_address("https://[::1]:8443/sub/")
    assert address == Address("https", "::1", 8443, "/sub")
    assert address.origin == "https://[::1]:8443"
    assert address.authority == "[::1]:8443"


_PIECES = st.sampled_from(
    ["https://", "http://", "//", "/", "\\", "@", ":", ":0", ":443", "?", "#", "[", "]", "::1", "%", "%25", "%2e", "..",
     ".", "localhost", "meet.example.org", "127.0.0.1", "0x7f", "xn--", "xn--mnchen-3ya", "é", "ß", "。", "\u200b",
     "\u202e", "\ud800", "\0", " ", "\t", "-", "_", "İ", "ﬀ", "\u0308", "٣"]
)  # fmt: skip
_TYPED = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=8).map("".join))


@given(_TYPED)
@example("https://[::1]")
@example("https://[::ffff:127.0.0.1]")
def test_any_text_is_refused_or_becomes_an_address_that_stays_itself(typed):
    try:
        address = parse_address(typed)
    except InvalidValue:
        return
    assert parse_address(str(address)) == address
    assert str(address).isascii()
    assert address.scheme == "https" or address.host == "localhost"


GOOD_RESOURCES = [
    "https://cdn.example.org/logo.png",
    "https://cdn.example.org/logo.png?size=2&v=1#x",
    "https://cdn.example.org:8443/a%20b.css",
    "http://localhost:8080/x.png",
    "http://127.0.0.1/x.png",
    "http://[::1]:80/x.png",
]
BAD_RESOURCES = {
    "": "begins with https://",
    "https://h/a b.png": "without spaces",
    "https://h/é.png": "without spaces",
    'https://h/"x': "quotes",
    "https://h/')": "quotes",
    "https://h/x;}": "quotes",
    "https://h/x\\": "backslashes",
    "https://h/x\n": "without spaces",
    "https://h/a;b": "semicolons",
    "//h/x.png": "begins with https://",
    "/x.png": "begins with https://",
    "data:image/png,x": "begins with https://",
    "https://user@h/x": "begins with https://",
    "http://cdn.example.org/x.png": "browsers block http://",
    "http://127.evil.example/x.png": "browsers block http://",
    "https://127.1/x.png": "four numbers",
    "http://127.0.0.999/x.png": "four numbers",
    "https://h:0/x.png": "wrong port",
}


@pytest.mark.parametrize("text", GOOD_RESOURCES)
def test_a_pictures_address_may_be_https_or_on_this_computer(text):
    check_resource(text, "custom_logo")


@pytest.mark.parametrize(("text", "words"), BAD_RESOURCES.items(), ids=map(ascii, BAD_RESOURCES))
def test_a_bad_address_of_a_picture_is_refused_in_words(text, words):
    with pytest.raises(InvalidValue) as caught:
        check_resource(text, "custom_logo")
    assert words in str(caught.value)


@given(st.text())
def test_no_text_breaks_out_of_the_style_sheet_it_is_pasted_into(text):
    try:
        check_resource(f"https://h/{text}", "custom_logo")
    except InvalidValue:
        return
    assert not set(text) & set("\"'()<>{}\\;` \n\r\t")
