"""The asset check against real servers on this computer: what it says, and what it never sends."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from faults import FaultServer, answering, closed_port, headers_of, reply
from PIL import Image

from pnm_launcher.design import assets
from pnm_launcher.design.assets import AssetReport, Picture, check_asset
from pnm_launcher.errors import Cancelled
from pnm_launcher.session import Session
from pnm_launcher.work import Cancellation


@pytest.fixture
def session():
    with Session() as made:
        yield made


def picture(form="PNG", size=(240, 90), mode="RGBA", color=(10, 102, 194, 0), frames=1, **options):
    content = BytesIO()
    images = [Image.new(mode, size, tuple(part ^ n for part in color)[: len(mode)]) for n in range(frames)]
    if frames > 1:
        options |= {"save_all": True, "append_images": images[1:]}
    images[0].save(content, form, **options)
    return content.getvalue()


def check(session, kind, body, content_type="image/png", status="200 OK", path="/logo.png", *headers):
    with FaultServer(answering(reply(status, body, f"Content-Type: {content_type}", *headers))) as server:
        return check_asset(kind, f"http://127.0.0.1:{server.port}{path}", session)


def said(report: AssetReport, level: str) -> list[str]:
    return [str(remark.note) for remark in report.remarks if remark.level == level]


def test_a_good_logo_has_no_problems_and_its_use_is_told(session):
    report = check(session, "custom_logo", picture())
    assert report.ok
    assert (report.content_type, report.picture) == ("image/png", Picture(240, 90, animated=False, transparent=True))
    assert report.size == len(picture())
    assert "at most 120 × 45 pixels, on light and on dark" in said(report, "fact")[0]
    assert said(report, "advice") == [
        "Only this computer can load it. Put it on a server with https:// for the others."
    ]  # fmt: skip


def test_nothing_that_proves_who_we_are_is_sent(session):
    answer = reply("200 OK", picture(), "Content-Type: image/png", "Set-Cookie: canary=1")
    with FaultServer(answering(answer)) as server:
        for _ in range(2):
            check_asset("custom_logo", f"http://127.0.0.1:{server.port}/a/l.png?v=1#x", session)
    assert b"GET /a/l.png?v=1 HTTP/1.1" in server.visits[0].head
    assert set(headers_of(server.visits[0])) == {"host", "user-agent", "accept", "accept-encoding"}
    assert b"canary" not in b"".join(visit.head for visit in server.visits)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("data:image/png;base64,AAAA", "begins with https://"),
        ("/logo.png", "begins with https://"),
        ("logo.png", "begins with https://"),
        ("//cdn.example.org/l.png", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("http://cdn.example.org/l.png", "browsers block http://"),
        ("https://a.example/x\"'", "without spaces, quotes"),
        ("https://user:secret@a.example/x", "without spaces|complete address"),
    ],
)
def test_what_no_design_may_name_is_not_fetched(session, url, words):
    report = check_asset("custom_logo", url, session)
    assert not report.ok
    assert len(report.remarks) == 1
    assert report.size == 0
    assert said(report, "problem")[0]
    assert any(part in said(report, "problem")[0] for part in words.split("|"))


def test_every_injection_is_refused_before_anything_is_sent(session):
    with FaultServer(answering(reply())) as server:
        for tail in ('");}', "';", "\\", "\nx", " x", "<", "{"):
            assert not check_asset("background_image", f"http://127.0.0.1:{server.port}/{tail}", session).ok
    assert server.visits == []


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO"])
def test_the_pictures_that_browsers_show_are_measured(session, form):
    mode = "RGB" if form in ("JPEG", "BMP") else "RGBA"
    report = check(session, "background_image", picture(form, (128, 64), mode), f"image/{form.lower()}")
    assert report.ok
    assert (report.picture.width, report.picture.height) == ((64, 32) if form == "ICO" and report.picture.width == 64
                                                             else (128, 64))  # fmt: skip
    assert "blurred" in " ".join(said(report, "advice"))


def test_moving_pictures_are_told(session):
    for form in ("GIF", "WEBP", "PNG"):
        report = check(session, "background_image", picture(form, (1920, 8), frames=3), f"image/{form.lower()}")
        assert report.picture.animated
        assert "It moves" in " ".join(said(report, "advice"))
    assert not check(session, "background_image", picture("GIF", (1920, 8)), "image/gif").picture.animated


def test_a_logo_without_transparency_or_too_small_is_told(session):
    report = check(session, "custom_logo", picture(size=(60, 20), color=(1, 2, 3, 255)))
    assert report.ok
    assert any("only 60 × 20 pixels" in text for text in said(report, "advice"))
    assert any("in a box" in text for text in said(report, "advice"))
    assert "blurred" not in " ".join(said(report, "advice"))


def test_svg_is_taken_without_pixels(session):
    report = check(session, "custom_logo", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml; charset=utf-8")
    assert (report.ok, report.picture, report.content_type) == (True, None, "image/svg+xml")


@pytest.mark.parametrize("body", [b"<html/>", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"<svg/>", b"\x89PNG"])
def test_a_drawing_that_browsers_cannot_draw_is_a_problem(session, body):
    report = check(session, "custom_logo", body, "image/svg+xml")
    assert said(report, "problem") == ["It is no SVG drawing, or the file is damaged."]
    assert "sharp in every size" not in " ".join(said(report, "fact"))


def test_entities_of_a_drawing_cannot_take_the_memory(session):
    entities = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 20}'>" for n in range(9))
    body = f"<!DOCTYPE svg [<!ENTITY e0 'x'>{entities}]><svg xmlns='http://www.w3.org/2000/svg'>&e9;</svg>"
    assert not check(session, "custom_logo", body.encode(), "image/svg+xml").ok


def test_a_logo_is_copied_whole_and_small(session):
    preview = check(session, "custom_logo", picture(size=(2400, 300), color=(10, 102, 194, 255))).preview
    assert (preview.width, preview.height) == (480, 60)
    assert preview.pixels == bytes((10, 102, 194, 255)) * 480 * 60
    small = check(session, "custom_logo", picture(size=(60, 20))).preview
    assert (small.width, small.height) == (60, 20), "it is never enlarged"


def test_a_background_is_copied_as_it_is_cut(session):
    tall = Image.new("RGB", (400, 900), "red")
    tall.paste("#00ff00", (0, 337, 400, 563))  # the middle, as wide and 16:9
    content = BytesIO()
    tall.save(content, "PNG")
    preview = check(session, "background_image", content.getvalue()).preview
    assert (preview.width, preview.height) == (640, 360)
    seen = Image.frombytes("RGBA", (640, 360), preview.pixels)
    assert seen.getpixel((320, 8)) == seen.getpixel((320, 352)) == (0, 255, 0, 255)


def test_a_photograph_of_a_phone_is_turned_as_browsers_turn_it(session):
    photo = Image.new("RGB", (400, 100), "red")
    photo.paste("#0000ff", (200, 0, 400, 100))
    content, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    photo.save(content, "JPEG", exif=exif)
    report = check(session, "custom_logo", content.getvalue(), "image/jpeg")
    assert (report.picture.width, report.picture.height) == (100, 400)
    seen = Image.frombytes("RGBA", (report.preview.width, report.preview.height), report.preview.pixels)
    assert seen.size == (45, 180)
    assert [max(range(3), key=seen.getpixel((20, line)).__getitem__) for line in (10, 170)] == [0, 2]


def test_of_a_moving_picture_the_first_frame_is_copied(session):
    preview = check(session, "custom_logo", picture("GIF", (120, 45), "RGB", (200, 0, 0), frames=3)).preview
    assert preview.pixels[:4] == bytes((200, 0, 0, 255))


def test_an_empty_file_is_only_empty(session):
    assert said(check(session, "custom_logo", b""), "problem") == ["It is empty."]


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"<html>", "text/html", "sent as text/html and not as a picture"),
        (picture(), "application/octet-stream", "sent as application/octet-stream"),
        (picture(), "", "sent as ?"),
        (b"no picture", "image/png", "no picture that every browser shows"),
        (picture("TIFF"), "image/tiff", "no picture that every browser shows"),
        (picture()[:60], "image/png", "no picture that every browser shows"),
        (b"", "image/png", "It is empty"),
    ],
)
def test_what_browsers_would_not_show_is_a_problem(session, body, content_type, words):
    report = check(session, "background_image", body, content_type)
    assert not report.ok
    assert any(words in text for text in said(report, "problem"))


@pytest.mark.parametrize(("content_type", "fine"), [
    ("text/css", True), ("Text/CSS; charset=utf-8", True), ("text/plain", False), ("image/png", False), ("", False),
])  # fmt: skip
def test_a_style_sheet_must_be_sent_as_one(session, content_type, fine):
    report = check(session, "custom_css_url", b".dark { color: red }", content_type, path="/x.css")
    assert report.ok is fine
    assert report.picture is None


def test_other_answers_and_no_answer_are_problems_in_words(session):
    assert "code 404" in said(check(session, "custom_logo", b"", status="404 Not Found"), "problem")[0]
    moved = check(session, "custom_logo", b"", "image/png", "302 Found", "/l.png", "Location: https://b.example/m.png")
    assert "leads on to https://b.example/m.png" in said(moved, "problem")[0]
    gone = check_asset("custom_logo", f"http://127.0.0.1:{closed_port()}/l.png", session)
    assert said(gone, "problem") == ["127.0.0.1 does not accept connections."]


def test_at_most_ten_megabytes_are_read(session):
    report = check(session, "background_image", b"x" * (assets.LARGEST + 1))
    assert said(report, "problem") == ["It is larger than 10 MB and was not read to its end."]
    heavy = check(session, "background_image", picture(size=(1300, 10)) + b"\0" * 2_000_000)
    assert "1.9 MB" in " ".join(said(heavy, "advice"))


def test_a_small_file_that_unfolds_to_gigabytes_is_not_unfolded(session):
    for size in ((8000, 8000), (30_000, 30_000)):  # the second is more than Pillow itself takes
        report = check(session, "background_image", picture("PNG", size, "1", (0,)))
        assert not report.ok
        assert "too many for a weak computer" in said(report, "problem")[0]
        assert report.picture is None or report.picture.transparent, "its pixels were looked at"
        assert report.preview is None


def test_a_cancelled_check_ends(session):
    cancel = Cancellation()
    cancel.cancel()
    with FaultServer(answering(reply("200 OK", picture()))) as server, pytest.raises(Cancelled):
        check_asset("custom_logo", f"http://127.0.0.1:{server.port}/", session, cancel=cancel)


def png_of_zeros(side: int) -> bytes:
    """A PNG of four bytes a pixel, made without unpacking it here. Its first chunk tells an innocent size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 + 4 * side)) for _ in range(side)) + packer.flush()
    headers = [struct.pack(">IIBBBBB", each, each, 8, 6, 0, 0, 0) for each in (16, side)]
    start = chunk(b"tEXt", struct.pack(">II", 16, 16) + b"\0") + chunk(b"IHDR", headers[0]) + chunk(b"IHDR", headers[1])
    return b"\x89PNG\r\n\x1a\n" + start + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def icon_with(inside: bytes) -> bytes:
    return b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(inside), 22) + inside


def most_memory() -> int:
    """That this program has had so far, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1])


@pytest.mark.parametrize("is_icon", [False, True])
def test_a_small_file_that_unfolds_to_hundreds_of_megabytes_is_not_unpacked(session, is_icon):
    check(session, "custom_logo", picture("ICO"), "image/x-icon")  # loads what is needed to look at pictures
    bomb = png_of_zeros(11_000)
    Path("/proc/self/clear_refs").write_text("5")  # the most memory is what there is now
    before = most_memory()
    report = check(session, "custom_logo", icon_with(bomb) if is_icon else bomb)
    assert not report.ok
    assert not report.preview
    assert ("11000 × 11000" in said(report, "problem")[0]) != is_icon
    assert most_memory() - before < 100 * 1024  # unpacked it has 460 MiB
