"""The server as HTTP: names, files, sizes, chunks, many at once."""

import gc
import http.client
import json
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from pnm_launcher.errors import PracticeFailed
from pnm_launcher.loopback import serve
from pnm_launcher.paths import resource
from pnm_launcher.practice.server import PracticeServer

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_the_server_answers_under_each_name_of_this_computer(caller, name):
    assert caller.send("GET", "/healthCheck", headers={"Host": f"{name}:{caller.port}"})[0] == 200


@pytest.mark.parametrize(
    "name",
    ["evil.example", "localhost", "localhost:1", "127.0.0.1", "localhost.evil.example", "localhost@evil", "", "0"],
)
@pytest.mark.parametrize("path", ["/", "/healthCheck", "/auth/getClientFiles", "/practice/verify"])
def test_a_page_that_reaches_it_under_another_name_gets_nothing(caller, name, path):
    host = f"{name}:{caller.port}" if "." in name and "127" not in name else name
    for method in ("GET", "POST"):
        status, _, body = caller.send(method, path, headers={"Host": host})
        assert (status, body) == (421, b"This server is only for programs on this computer.")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_it_listens_on_both_loopback_addresses(caller, host):
    assert caller.send("GET", "/healthCheck", host=host)[2] == b"Healthy"


def test_it_listens_on_no_other_address(caller):
    for host in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):
        if host == "127.0.0.1":
            continue
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((host, caller.port), timeout=3).close()


def test_a_port_taken_on_ipv6_is_not_used(monkeypatch):
    """Another program holds the first port on ::1; a browser would talk to that program."""
    from pnm_launcher import loopback

    bound, taken = loopback._bound, []

    def bind(family, host, port):
        if family == socket.AF_INET6 and not taken:
            taken.append(bound(family, host, port))
        return bound(family, host, port)

    monkeypatch.setattr(loopback, "_bound", bind)
    four, six = loopback._listening_sockets()
    assert four.getsockname()[1] == six.getsockname()[1] != taken[0].getsockname()[1]
    for one in (four, six, *taken):
        one.close()


def test_without_ipv6_it_serves_on_ipv4(monkeypatch):
    from pnm_launcher import loopback

    bound = loopback._bound

    def bind(family, host, port):
        if family == socket.AF_INET6:
            raise OSError(99, "Cannot assign requested address")
        return bound(family, host, port)

    monkeypatch.setattr(loopback, "_bound", bind)
    server = PracticeServer.start()
    connection = http.client.HTTPConnection("127.0.0.1", int(server.address.rsplit(":", 1)[1]))
    connection.request("GET", "/healthCheck")
    assert connection.getresponse().read() == b"Healthy"
    connection.close()
    server.close()


def test_no_free_port_is_told_as_a_failure_to_start(monkeypatch):
    from pnm_launcher import loopback

    def bind(family, host, port):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(loopback, "_bound", bind)
    with pytest.raises(PracticeFailed, match="could not start: Too many open files"):
        PracticeServer.start()


# --- files ---------------------------------------------------------------------------------------------------------


def test_the_page_is_the_same_whatever_the_query_says(caller):
    page = (resource("practice/page") / "index.html").read_bytes()
    for query in ("", "?access_token=x", "?custom_design=%7B%7D&access_token=y"):
        status, headers, body = caller.send("GET", f"/{query}")
        assert (status, headers["Content-Type"], body) == (200, "text/html; charset=utf-8", page)


def test_every_file_of_the_page_is_served_with_its_type(caller):
    types = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
             ".html": "text/html; charset=utf-8", ".png": "image/png", ".woff2": "font/woff2",
             ".txt": "text/plain; charset=utf-8"}  # fmt: skip
    files = [path for path in resource("practice/page").iterdir() if path.is_file()]
    assert len(files) > 5
    for path in files:
        status, headers, body = caller.send("GET", f"/assets/{path.name}")
        assert (status, body) == (200, path.read_bytes())
        assert headers["Content-Type"] == types[path.suffix]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../upstream-fields.json", "/assets/..%2fupstream-fields.json", "/assets/%2e%2e/upstream-fields.json",
        "/assets/%2e%2e%2fupstream-fields.json", "/assets/..\\upstream-fields.json", "/assets//etc/passwd",
        "/assets/%00main.js", "/assets/main.js%00", "/assets/main.js/", "/assets/", "/assets", "/assets/.hidden.js",
        "/assets/none.js", "/assets/main.js%0a", "/upstream-fields.json", "/index.html", "//etc/passwd", "/login",
    ],
)  # fmt: skip
def test_nothing_else_of_this_computer_is_served(caller, path):
    status, headers, body = caller.send("GET", path)
    assert (status, headers["Content-Type"], body) == (404, "text/plain; charset=utf-8", b"not found")


@pytest.mark.parametrize(
    "path", ["/", "/assets/main.js", "/favicon.ico", "/healthCheck", "/nowhere", "/practice/verify"]
)
def test_every_answer_forbids_keeping_guessing_and_telling(caller, path):
    for method in ("GET", "POST"):
        headers = caller.send(method, path)[1]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in headers


def test_head_has_no_body_and_the_icon_may_be_missing(caller):
    status, headers, body = caller.send("HEAD", "/")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 100
    assert caller.send("GET", "/favicon.ico")[0] in (200, 204)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/"), ("GET", "/practice/verify"), ("GET", "/practice/end"), ("POST", "/practice/events"),
     ("POST", "/practice/nothing"), ("GET", "/practice"), ("PUT", "/assets/main.js")],
)  # fmt: skip
def test_the_page_calls_have_one_method_each(caller, method, path):
    assert caller.send(method, path)[::2] == (404, b"not found")


# --- sizes and chunks ----------------------------------------------------------------------------------------------


def test_a_body_in_chunks_is_read_like_any_other(caller):
    body = json.dumps({"room_id": "room01", "metadata": {"room_title": "é" * 200, "room_features": {}}}).encode()
    pieces = (body[at : at + 7] for at in range(0, len(body), 7))
    status, _, answer = caller.send("POST", "/auth/room/create", pieces, caller.headers_for(body))
    assert (status, json.loads(answer)["room_info"]["room_title"]) == (200, "é" * 200)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 401), (1024 * 1024 + 1, 413)])
def test_a_body_over_a_megabyte_is_refused(caller, size, status, chunked):
    body = b"x" * size
    answer = caller.send("POST", "/auth/room/create", iter([body[:70_000], body[70_000:]]) if chunked else body)
    assert answer[0] == status
    if status == 413:
        assert answer[1]["Content-Type"].startswith("text/plain")


def test_headers_of_4_kilobytes_are_refused_in_plain_text(caller):
    assert caller.send("GET", "/?custom_design=" + "x" * 3000)[0] == 200
    status, headers, _ = caller.send("GET", "/?custom_design=" + "x" * 4100)
    assert (status, headers["Content-Type"].startswith("text/plain")) == (431, True)


def test_one_connection_serves_many_requests(caller):
    connection = http.client.HTTPConnection("localhost", caller.port, timeout=10)
    for _ in range(50):
        connection.request("GET", "/healthCheck")
        assert connection.getresponse().read() == b"Healthy"
    connection.close()


# --- many at once --------------------------------------------------------------------------------------------------


def test_many_callers_at_once_make_one_room_and_all_get_in(caller):
    failures, sids, tokens = [], set(), []

    def work(number):
        try:
            sids.add(caller.create()["sid"])
            tokens.append(caller.token(f"u{number}"))
            caller.enter(tokens[-1])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert (len(sids), len(set(tokens))) == (1, 30)
    info = caller.call("getActiveRoomInfo", {"room_id": "room01"})["room"]
    assert info["room_info"]["joined_participants"] == "30"


def test_one_user_entering_from_many_pages_is_inside_once(room):
    token, entered = room.token("bob"), []

    def work():
        entered.append(room.page("enter", token)[1]["status"])

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(entered) == [False] * 11 + [True]


# --- start and stop ------------------------------------------------------------------------------------------------


def test_after_closing_nothing_listens_and_no_thread_is_left():
    before = set(threading.enumerate())
    server = PracticeServer.start()
    port = int(server.address.rsplit(":", 1)[1])
    open_connection = http.client.HTTPConnection("localhost", port)
    open_connection.request("GET", "/healthCheck")
    open_connection.getresponse().read()
    server.close()
    server.close()
    open_connection.close()
    assert set(threading.enumerate()) == before
    for host in ("127.0.0.1", "::1"):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((host, port), timeout=3)


def test_starting_and_closing_leaves_no_open_file(tmp_path):
    """In a process of its own, where every warning of a forgotten socket is printed."""
    script = textwrap.dedent("""
        import gc, os, http.client
        from pnm_launcher.practice.server import PracticeServer
        def once():
            server = PracticeServer.start()
            port = int(server.address.rsplit(":", 1)[1])
            for host in ("127.0.0.1", "::1"):
                c = http.client.HTTPConnection(host, port)
                c.request("POST", "/auth/room/create", b"x" * 600_000)
                assert c.getresponse().status == 401
                c.close()
            server.close()
        once()
        gc.collect()
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(10):
            once()
        gc.collect()
        print(len(os.listdir("/proc/self/fd")) - before)
    """)
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "0", "")


def test_a_server_that_nobody_closed_does_not_keep_the_program_from_ending():
    script = "from pnm_launcher.practice.server import PracticeServer; PracticeServer.start()"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=20, check=True)


def test_a_fault_of_the_application_is_answered_with_500_and_ends_nothing():
    def broken(environ, start_response):
        raise RuntimeError("no")

    server = serve(broken)
    for _ in range(2):
        connection = http.client.HTTPConnection("localhost", server.port)
        connection.request("GET", "/")
        assert connection.getresponse().status == 500
        connection.close()
    server.close()
    assert repr(server) == f"LoopbackServer(port={server.port})"
    gc.collect()
