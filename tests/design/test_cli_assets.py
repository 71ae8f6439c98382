"""`design assets`, run as a person runs it: what it loads, what it says, and how it ends."""

import json
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from faults import FaultServer, answering, headers_of, reply
from PIL import Image

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


COMMAND = (sys.executable, "-m", "pnm_launcher", "design", "assets")


def run(design, *options):
    done = subprocess.run([*COMMAND, "-", *options], input=json.dumps(design).encode(), capture_output=True, timeout=60)
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


def logo():
    content = BytesIO()
    Image.new("RGBA", (240, 90)).save(content, "PNG")
    return content.getvalue()


def serving(body, kind="image/png", status="200 OK", *headers):
    return FaultServer(answering(reply(status, body, f"Content-Type: {kind}", *headers)))


def test_files_that_everybody_can_load_are_well(tmp_path):
    with serving(logo()) as picture, serving(b".dark{}", "text/css") as sheet:
        done = run({"custom_logo": f"http://127.0.0.1:{picture.port}/l.png", "primary_color": "red",
                    "custom_css_url": f"http://127.0.0.1:{sheet.port}/d.css"})  # fmt: skip
        assert (picture.connections, sheet.connections) == (1, 1)
        assert set(headers_of(picture.visits[0])) == {"host", "user-agent", "accept", "accept-encoding"}
    assert done.returncode == 0
    assert done.stderr == f"Loading from 127.0.0.1:{picture.port}, 127.0.0.1:{sheet.port}…\n"
    lines = done.stdout.splitlines()
    assert lines[0] == f"✓ custom_logo: http://127.0.0.1:{picture.port}/l.png"
    assert lines[1] == f"  image/png, 240 × 90 pixels, {len(logo())} bytes"
    assert any(line.startswith("  ! Only this computer can load it.") for line in lines)
    assert any(line.startswith("✓ custom_css_url: ") for line in lines)


@pytest.mark.parametrize(("answer", "said"), [
    ((b"<html>", "text/html"), "✗ It is sent as text/html and not as a picture."),
    ((b"", "image/png", "404 Not Found"), "✗ The server has no such file (code 404)."),
    ((b"", "image/png", "403 Forbidden"), "✗ The server does not show this file to everybody (code 403)."),
    ((b"", "image/png", "500 Broken"), "✗ The server did not send the file (code 500). Try again later."),
    ((b"", "image/png", "301 Moved", "Location: https://b.example/l.png"), "✗ It leads on to https://b.example"),
    ((b"x" * (10 * 1024 * 1024 + 1), "image/png"), "✗ It is larger than 10 MB and was not read to its end."),
])  # fmt: skip
def test_a_file_that_cannot_be_shown_ends_with_9(answer, said):
    with serving(*answer) as server:
        design = {"custom_logo": f"http://127.0.0.1:{server.port}/l.png"}
        done = run(design)
        assert done.returncode == 9
        assert f"  {said}" in done.stdout
        assert done.stdout.startswith("✗ custom_logo")
        as_json = run(design, "--json")
    assert as_json.returncode == 9
    (told,) = json.loads(as_json.stdout)["assets"]
    assert (told["field"], told["ok"]) == ("custom_logo", False)
    assert told["remarks"][0]["level"] == "problem"
    assert as_json.stderr == ""


def test_json_tells_what_was_measured():
    with serving(logo()) as server:
        told = json.loads(run({"custom_logo": f"http://127.0.0.1:{server.port}/l.png"}, "--json").stdout)
    (asset,) = told["assets"]
    assert {name: asset[name] for name in ("ok", "content_type", "bytes", "width", "height", "animated")} == {
        "ok": True, "content_type": "image/png", "bytes": len(logo()), "width": 240, "height": 90, "animated": False,
    }  # fmt: skip
    assert {remark["level"] for remark in asset["remarks"]} == {"advice", "fact"}
    assert told["notes"] == []


def test_a_design_without_addresses_loads_nothing_and_is_well():
    done = run({"primary_color": "red"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "This design names no picture and no style sheet.\n", "")


@pytest.mark.parametrize("url", ["http://cdn.example.org/l.png", "javascript:alert(1)", "https://a.example/x)};body{"])
def test_an_address_that_is_refused_is_not_asked_for_and_ends_with_2(url):
    done = run({"custom_logo": url})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("custom_logo: ")


def test_the_file_may_be_of_any_surface(tmp_path):
    file = tmp_path / "config.js"
    with serving(logo()) as server:
        logo_line = f"custom_logo: 'http://127.0.0.1:{server.port}/l.png'"
        file.write_text(f"window.plugNmeetConfig = {{ designCustomization: {{ {logo_line} }} }};")
        for options in ((), ("--from", "config")):
            done = subprocess.run([*COMMAND, str(file), *options], capture_output=True, timeout=60)
            assert done.returncode == 0, done.stderr
        assert server.connections == 2
        done = subprocess.run([*COMMAND, str(file), "--from", "file"], capture_output=True, timeout=60)
    assert (done.returncode, server.connections) == (2, 2)


def test_ctrl_c_ends_it_while_it_waits():
    with FaultServer(lambda visit: (visit.read_request(), visit.until_gone())) as server:
        design = {"custom_logo": f"http://127.0.0.1:{server.port}/l.png"}
        process = subprocess.Popen(
            [*COMMAND, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdin.write(json.dumps(design).encode())
        process.stdin.close()
        process.stdin = None
        assert process.stderr.readline().startswith(b"Loading from")
        while not server.visits:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Interrupted." in stderr.decode()
