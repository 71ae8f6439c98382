"""Pictures of designs from the real web engine: the right pixels, of the right design, whatever the machine's load."""

import os
import time
from contextlib import closing
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pnm_launcher.design.shots import SHEET, Shot, shots_of
from pnm_launcher.gui.studio import preview_pictures
from pnm_launcher.gui.studio.page_picture import PagePicture
from pnm_launcher.gui.studio.preview_pictures import PreviewPictures, png
from pnm_launcher.gui.studio.preview_view import PreviewView
from pnm_launcher.loopback import serve

RED, BLUE, GREEN, PANEL = "#c81e5a", "#1234ff", "#00ff00", "#b3e5fc"
DESIGN = {"header_bg_color": RED, "footer_bg_color": BLUE, "side_panel_bg_color": PANEL}
HEADER, FOOTER, SIDE = (640, 4), (400, 755), (1100, 600)
ROOM, DARK = Shot("room"), Shot("room", dark=True)
SVG = (b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
       b"<rect width='40' height='20' fill='#00ff00'/></svg>")  # fmt: skip
WAIT = 60_000


class Taking:
    """Takes pictures and keeps them."""

    def __init__(self, qtbot, address, values, shots, *, loads=False):
        self.qtbot, self.pictures, self.missing, self.failures = qtbot, {}, None, 0
        self.taking = PreviewPictures(address, values, shots, loads=loads)
        self.taking.taken.connect(self._keep)
        self.taking.finished.connect(self._finish)
        self.taking.failed.connect(self._fail)

    def _keep(self, shot, picture):
        self.pictures[shot] = picture

    def _finish(self, missing):
        self.missing = missing

    def _fail(self):
        self.failures += 1

    def all(self):
        self.qtbot.waitUntil(lambda: self.missing is not None or self.failures > 0, timeout=WAIT)
        self.end()
        assert not self.failures
        return self.pictures

    def end(self):
        self.taking.end()
        self.qtbot.waitUntil(lambda: not isValid(self.taking._window), timeout=WAIT)


@pytest.fixture
def take(qtbot, practice):
    def begin(values, shots, *, loads=False):
        return Taking(qtbot, practice.address, values, shots, loads=loads)

    return begin


def color(picture, place):
    return picture.pixelColor(*place).name()


def colors(picture, corner, far):
    return {color(picture, (x, y)) for x in range(corner[0], far[0]) for y in range(corner[1], far[1])}


# --- the pixels -----------------------------------------------------------------------------------------------------


def test_fifty_designs_in_turn_are_each_in_their_own_picture(qtbot, practice):
    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view = PreviewView(f"{practice.address}/assets/preview.html", window)
    picture = PagePicture(view)
    window.show()
    with qtbot.waitSignal(view.ready, timeout=WAIT):
        pass
    seen, wanted = [], []
    for number in range(50):
        header, footer = QColor(number * 5, 40, 90).name(), (RED, BLUE)[number % 2]
        script = f"preview.design({{header_bg_color: '{header}', footer_bg_color: '{footer}'}}, false)"
        with qtbot.waitSignal(picture.taken, timeout=WAIT) as taken:
            picture.take(script, QSize(1280, 760), {})
        image = taken.args[0]
        seen.append((image.size().toTuple(), color(image, HEADER), color(image, FOOTER)))
        wanted.append(((1280, 760), header, footer))
    view.end()
    window.deleteLater()
    assert seen == wanted


def test_each_screen_has_its_true_size_its_colours_and_no_mark(take):
    pictures = take(DESIGN, SHEET).all()
    assert list(pictures) == list(SHEET)
    for shot, picture in pictures.items():
        assert picture.size().toTuple() == shot.size
        assert picture.devicePixelRatio() == 1
        assert {"#ff00fe", "#00ff01"} & colors(picture, (0, 0), (20, 20)) == set()
    light = pictures[ROOM]
    assert [color(light, place) for place in (HEADER, FOOTER, SIDE)] == [RED, BLUE, PANEL]
    assert [color(pictures[DARK], place) for place in (HEADER, FOOTER, SIDE)] == ["#01102b"] * 3
    assert color(pictures[Shot("room", phone=True)], (195, 4)) == RED
    assert len({png(picture) for picture in pictures.values()}) == len(SHEET)


def test_right_to_left_puts_the_panel_on_the_other_side(take):
    (picture,) = take(DESIGN, shots_of(["room"], right_to_left=True)).all().values()
    assert color(picture, (1280 - SIDE[0], SIDE[1])) == PANEL
    assert color(picture, SIDE) != PANEL


def test_the_same_design_gives_the_same_files_at_any_time(take, monkeypatch):
    shots = [Shot("chat"), Shot("menus"), Shot("landing")]
    first = take(DESIGN, shots).all()
    second = take(DESIGN, shots).all()
    assert [png(first[shot]) for shot in shots] == [png(second[shot]) for shot in shots]
    monkeypatch.setattr(preview_pictures, "_FREEZE", preview_pictures._FREEZE.replace("9, 30", "22, 41"))
    later = take(DESIGN, shots).all()
    changed = [shot.screen for shot in shots if png(first[shot]) != png(later[shot])]
    assert changed == ["chat"]  # the clock is stopped, and shows nowhere else


def test_the_file_is_a_png_of_every_pixel_and_says_nothing_else(take):
    (picture,) = take(DESIGN, [ROOM]).all().values()
    with Image.open(BytesIO(png(picture))) as read:
        assert (read.format, read.size) == ("PNG", (1280, 760))
        assert read.convert("RGB").getpixel(HEADER) == (0xC8, 0x1E, 0x5A)
        assert set(read.info) <= {"dpi"}


# --- what the addresses of a design give ----------------------------------------------------------------------------


@pytest.fixture
def site():
    """A server of made-up files that counts who asks for them; `late` of them come after a second and a half."""
    asked, late = [], set()
    whole = BytesIO()
    Image.new("RGB", (4000, 3000), GREEN).save(whole, "PNG")
    files = {"/logo.svg": ("image/svg+xml", SVG), "/back.png": ("image/png", whole.getvalue()),
             "/own.css": ("text/css", b"#main-footer { background: #00ff00 !important }"),
             "/gone.css": ("text/css", b"html { display: none !important }"),
             "/broken.png": ("image/png", b"no picture")}  # fmt: skip

    def answer(environ, start):
        path = environ["PATH_INFO"]
        asked.append(path)
        if path in late:
            time.sleep(1.5)
        kind, body = files.get(path, ("text/plain", b""))
        start("200 OK" if path in files else "404 Not Found", [("Content-Type", kind), ("Cache-Control", "no-store")])
        return [body]

    server = serve(answer, threads=4)
    with closing(server):
        yield type("Site", (), {"at": f"http://localhost:{server.port}", "asked": asked, "late": late})


def addresses(site, logo="/logo.svg", back="/back.png", css="/own.css"):
    return {"custom_logo": site.at + logo, "background_image": site.at + back, "custom_css_url": site.at + css}


def test_nothing_of_a_design_is_loaded_unasked(take, site):
    taking = take(DESIGN | addresses(site), [ROOM, DARK])
    picture = taking.all()[ROOM]
    assert site.asked == []
    assert taking.missing == ()
    assert color(picture, FOOTER) == BLUE


def test_what_is_loaded_when_asked_is_in_the_very_first_picture(take, site):
    site.late.update(["/logo.svg", "/back.png", "/own.css"])
    taking = take(DESIGN | addresses(site), [ROOM, DARK], loads=True)
    pictures = taking.all()
    assert taking.missing == ()
    assert set(site.asked) == {"/logo.svg", "/back.png", "/own.css"}
    light, dark = pictures[ROOM], pictures[DARK]
    assert color(light, (6, 400)) == GREEN  # the background, beside the video
    assert color(light, FOOTER) == color(dark, FOOTER) == GREEN
    assert GREEN in colors(light, (10, 5), (100, 50))
    assert GREEN in colors(dark, (10, 5), (100, 50))
    assert color(dark, (6, 400)) != GREEN


def test_what_gives_nothing_is_named_and_the_rest_is_shown(take, site):
    taking = take(DESIGN | addresses(site, logo="/no.svg", back="/broken.png", css="/no.css"), [ROOM], loads=True)
    assert color(taking.all()[ROOM], HEADER) == RED
    assert taking.missing == ("background_image", "custom_logo", "custom_css_url")


# --- when it does not work ------------------------------------------------------------------------------------------


def test_a_page_that_hides_itself_is_a_failure_and_no_white_picture(take, site, qtbot):
    taking = take(addresses(site, css="/gone.css"), [ROOM, DARK], loads=True)
    taking.taking._picture._limit = 4_000
    qtbot.waitUntil(lambda: taking.failures > 0, timeout=WAIT)
    assert (taking.pictures, taking.missing, taking.failures) == ({}, None, 1)
    taking.end()


def test_a_crash_is_said_once(take, qtbot):
    taking = take(DESIGN, SHEET)
    qtbot.waitUntil(lambda: bool(taking.pictures), timeout=WAIT)
    os.kill(taking.taking._view.page().renderProcessPid(), 9)
    qtbot.waitUntil(lambda: taking.failures > 0, timeout=WAIT)
    qtbot.wait(200)
    assert taking.failures == 1
    assert len(taking.pictures) < len(SHEET)
    taking.end()


def test_an_end_in_between_says_nothing_more_and_leaves_no_page(take, qtbot):
    taking = take(DESIGN, SHEET)
    qtbot.waitUntil(lambda: bool(taking.pictures), timeout=WAIT)
    taking.end()
    count = len(taking.pictures)
    qtbot.wait(300)
    assert (len(taking.pictures), taking.missing, taking.failures) == (count, None, 0)
    assert not [each for each in QApplication.allWidgets() if isinstance(each, PreviewView)]


def test_a_server_that_has_gone_is_a_failure(qtbot):
    taking = Taking(qtbot, "http://localhost:9", DESIGN, [ROOM])
    qtbot.waitUntil(lambda: taking.failures > 0, timeout=WAIT)
    taking.end()


def test_the_window_is_never_on_the_screen_nor_the_active_one(take, qtbot):
    taking = take(DESIGN, [ROOM])
    window = taking.taking._window
    assert window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    taking.all()
    assert QApplication.activeWindow() is None
