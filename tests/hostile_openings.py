"""What somebody might put into a link, a file name or a meeting file to make the program do more than ask."""

import json
from typing import Any

GOOD: dict[str, Any] = {
    "format": "pnm-launcher meeting",
    "version": 1,
    "title": "Maths 9b",
    "server": {"name": "School", "address": "https://meet.school.example"},
    "room": "maths-9b",
    "role": "attendee",
    "design": {"primary_color": "#8e24aa"},
    "locks": {"lock_chat": True},
}
_AT = "pnm-launcher:meeting?server=https://meet.school.example&room=maths"

LINKS = [
    "--webEngineArgs --no-sandbox", "--remote-debugging-port=9222", "-platform", "-style=x", "--", "-", "--help",
    "-qmljsdebugger=port:1", "--secret=abc", "join --open browser", "servers remove School", "\n--no-sandbox",
    "pnm-launcher:", "pnm-launcher:meeting", "pnm-launcher:meeting?", "pnm-launcher://", "pnm-launcher:///",
    "pnm-launcher:join?room=x", "pnm-launcher:servers?remove=School", "pnm-launcher:meeting?room=maths",
    f"{_AT} --no-sandbox", f"{_AT}%20--no-sandbox", f"{_AT}\n--no-sandbox", f"{_AT}%0A--no-sandbox", f'{_AT}"',
    f"{_AT}'", f"{_AT}%22%20--webEngineArgs", f"{_AT}`id`", f"{_AT}$(id)", f"{_AT}|id", f"{_AT};id", f"{_AT}\\..\\x",
    f"{_AT}&role=moderator", f"{_AT}&role=admin", f"{_AT}&is_admin=true", f"{_AT}&user_info.is_admin=true",
    f"{_AT}&room=other", f"{_AT}&server=https://evil.example", f"{_AT}&secret=abc", f"{_AT}&api_key=abc",
    f"{_AT}&access_token=abc", f"{_AT}&password=abc", f"{_AT}&server.api_key=abc", f"{_AT}&server.secret=x",
    f"{_AT}&lock.nothing=locked", f"{_AT}&lock.chat=maybe", f"{_AT}&lock.=locked", f"{_AT}&design.=1",
    f"{_AT}&design.primary_color=url(https://evil.example)", f"{_AT}&design.custom_css_url=javascript:alert(1)",
    f"{_AT}&design.background_image=file:///etc/passwd", f"{_AT}&design.nothing=1", f"{_AT}&title=%E2%80%AEgnp.exe",
    f"{_AT}&title=%00", f"{_AT}&title=%ff%fe", f"{_AT}&title=%ZZ", f"{_AT}&title=%", f"{_AT}&title=%0d%0a",
    f"{_AT}&title=", f"{_AT}&title={'x' * 121}", f"{_AT}&title={'x' * 5000}", f"{_AT}#fragment", f"{_AT}&",
    f"{_AT}&{'&'.join(f'a{n}=1' for n in range(100))}", f"{_AT}\u202e", f"{_AT}\u200b", f"{_AT}é",
    "pnm-launcher:meeting?server=http://meet.school.example&room=x",
    "pnm-launcher:meeting?server=https://me@meet.school.example&room=x",
    "pnm-launcher:meeting?server=https://meet.school.example/?a=b&room=x",
    "pnm-launcher:meeting?server=javascript:alert(1)&room=x", "pnm-launcher:meeting?server=file:///etc&room=x",
    "pnm-launcher:meeting?server=127.1&room=x", "pnm-launcher:meeting?server=&room=x",
    "pnm-launcher:meeting?server=https://xn--a.example&room=x",
    "pnm-launcher:meeting?server=https://meet.school.example&room=../../x",
    "pnm-launcher:meeting?server=https://meet.school.example&room=a%20b",
    "pnm-launcher:meeting?server=https://meet.school.example&room=user_x",
    "pnm-launcher:meeting?server=https://meet.school.example&room=" + "a" * 65,
    "https://meet.school.example/?access_token=abc", "http://127.0.0.1/", "javascript:alert(1)", "data:text/html,x",
    "file://evil.example/share/x.pnm", "file:///etc/passwd", "file:///dev/zero", "file:///x.pnm?a=b", "smb://h/x.pnm",
    "ms-msdt:/id", "qrc:/x", "chrome://crash", "view-source:x", "//evil.example/x.pnm", "\\\\evil.example\\x.pnm",
    "/dev/zero", "/dev/stdin", "/dev/tty", "/proc/self/environ", "/etc/passwd", "/", ".", "..", "nothing.pnm", "\0",
    "a\0b.pnm", "x" * 5000, "/" + "x/" * 5000, "x" * 20_000, "\udcff.pnm", "pnm-launcher:" + "x" * 3000,
]  # fmt: skip
"""Each is refused as what was opened: link, path or neither."""


def _with(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def _without(name: str) -> bytes:
    return json.dumps({key: value for key, value in GOOD.items() if key != name}).encode()


FILES = [
    b"", b" ", b"\0" * 100, b"null", b"[]", b"1", b'"x"', b"{}", b"{", b"{'a': 1}", b"\xff\xfe{}", b"NaN",
    b"x" * 10_000_000, b"[" * 100_000, b'{"a":' * 100_000, b'{"format":' + b"9" * 10_000 + b"}",
    b"#!/bin/sh\nid", b"MZ\x90\0", b"<html><script>", b'{"format": "pnm-launcher meeting"}',
    _with(version=2), _with(version="1"), _with(version=True), _with(version=None), _with(format="other"),
    _with(format=["pnm-launcher meeting"]), _with(role="moderator"), _with(role="admin"), _with(role=True),
    _with(role={"is_admin": True}), _with(is_admin=True), _with(secret="abc"), _with(api_secret="abc"),
    _with(token="abc"), _with(api_key="abc"), _with(password="abc"), _with(join={"user_info.is_admin": True}),
    _with(open="browser"), _with(command="id"), _with(server={"address": "https://x.example", "api_key": "abc"}),
    _with(server={"address": "https://x.example", "secret": "abc"}), _with(server="https://x.example"),
    _with(server={"address": 1}), _with(server={"address": "https://x.example", "ca_file": "/etc/passwd"}),
    _with(server={"address": "https://a@b.example"}), _with(server={"address": "file:///"}), _with(server={}),
    _with(server={"address": "https://x.example", "name": "\u202egood"}), _with(server=None),
    _with(room=""), _with(room=1), _with(room=None), _with(room=["x"]), _with(room="a b"), _with(room="--x y"),
    _with(room="a\nb"), _with(room="ä"), _with(room="x" * 65), _without("room"), _without("server"),
    _without("version"), _with(title=""), _with(title="   "), _with(title=1), _with(title="a\nb"),
    _with(title="\u202egnp.exe"), _with(title="x" * 121), _with(title="\ud800"), _with(title="a\0b"),
    _with(design=[]), _with(design="x"), _with(design={"primary_color": 1}), _with(design={"primary_color": {}}),
    _with(design={"primary_color": "red;}body{"}), _with(design={"custom_css_url": "http://evil.example/x.css"}),
    _with(design={"custom_logo": "data:image/svg+xml,x"}), _with(design={"background_image": "https://x/'),url("}),
    _with(design={"unknown": "#fff"}), _with(design={"__proto__": {}}), _with(locks=[]), _with(locks="all"),
    _with(locks={"lock_chat": "true"}), _with(locks={"lock_chat": 1}), _with(locks={"lock_everything": True}),
    _with(locks={"lock_chat": {"a": {"b": {"c": {}}}}}), _with(locks={"../is_admin": True}), _with(__proto__={}),
    b'{"format": "pnm-launcher meeting", "version": 1, "room": "a", "room": "b", "server": {"address": "practice"}}',
    json.dumps(GOOD).encode("utf-16"), json.dumps(GOOD).encode() + b"{}", b"\xef\xbb\xbf" + json.dumps(GOOD).encode(),
]  # fmt: skip
"""Each is refused as the content of a meeting file."""
