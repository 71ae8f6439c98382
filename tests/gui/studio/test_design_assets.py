"""The check of a design's pictures and style sheet: asked for, named, bounded, ended with the dialog, told in words."""

from io import BytesIO

import pytest
from faults import FaultServer, after_request, answering, closed_port, headers_of, reply
from PIL import Image
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pnm_launcher.design.asset_pictures import Picture
from pnm_launcher.gui.studio.asset_previews import BackgroundPreview, LogoPreview, logo_size
from pnm_launcher.gui.studio.design_assets import AssetDialog

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"


@pytest.fixture
def opened(qtbot, jobs, home):

    def make(**values):
        dialog = AssetDialog(home, values, jobs)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def picture(form="PNG", size=(240, 90), color=(10, 102, 194, 255), frames=1, mode="RGBA"):
    content = BytesIO()
    images = [Image.new(mode, size, tuple(part ^ n for part in color)[: len(mode)]) for n in range(frames)]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(content, form, **more)
    return content.getvalue()


def serving(body, kind="image/png", status="200 OK", *headers):
    return FaultServer(answering(reply(status, body, f"Content-Type: {kind}", *headers)))


def address(server, path="/x"):
    return f"http://127.0.0.1:{server.port}{path}"


def check(qtbot, dialog):
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.check.text() == "Check again", timeout=30_000)


def card(dialog, kind):
    return next(each for each in dialog.cards if each.kind == kind)


def checked(qtbot, opened, kind, *answer, **design):
    """The card after a check of one asset."""
    with serving(*answer) as server:
        dialog = opened(**{kind: address(server)}, **design)
        check(qtbot, dialog)
    return card(dialog, kind)


def said(card, level):
    return [text for word, text in card.remarks() if word == level]


def pixel(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y).name()


# --- before anything is loaded ------------------------------------------------------------------------------------


def test_nothing_is_loaded_before_check_is_pressed_and_it_says_from_where(qtbot, opened):
    with serving(picture()) as logo, serving(b".dark{}", "text/css") as sheet:
        dialog = opened(custom_logo=address(logo), custom_css_url=address(sheet))
        qtbot.wait(300)
        assert logo.connections == sheet.connections == 0
        for server in (logo, sheet):
            assert f"127.0.0.1:{server.port}" in dialog.intro.text()
        assert "Nothing has been loaded yet" in dialog.intro.text()
        assert [each.state.text() for each in dialog.cards] == ["not set", "not loaded yet", "not loaded yet"]
        check(qtbot, dialog)
        assert logo.connections == sheet.connections == 1
        assert "Loaded just now" in dialog.intro.text()
        assert set(headers_of(logo.visits[0])) == {"host", "user-agent", "accept", "accept-encoding"}


def test_without_addresses_it_says_what_they_would_be_good_for(qtbot, opened):
    dialog = opened(primary_color="#ff0000")
    assert not dialog.check.isVisible()
    assert "nothing to check" in dialog.intro.text()
    words = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert "120 × 45 pixels" in words
    assert "Your own CSS" in words
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_an_address_that_is_refused_is_told_and_never_asked_for(qtbot, opened):
    dialog = opened(custom_logo="http://cdn.example.org/l.png", background_image='https://a.example/x")}body{')
    assert "None of these addresses can be used" in dialog.intro.text()
    assert "example" not in dialog.intro.text()
    check(qtbot, dialog)
    assert "browsers block http://" in said(card(dialog, "custom_logo"), "Problem")[0]
    assert "without spaces, quotes" in said(card(dialog, "background_image"), "Problem")[0]
    assert dialog.intro.text() == "Nothing was loaded."


# --- what is found ------------------------------------------------------------------------------------------------


def test_a_logo_is_drawn_as_the_meeting_draws_it_on_every_header(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", picture(), header_bg_color="#2f6680")
    assert found.state.text() == "✓ Works, but could be better"
    assert found.facts().startswith("image/png · 240 × 90 pixels · ")
    assert isinstance(found.preview, LogoPreview)
    grounds = [pixel(header, 10, 10) for header in found.preview.headers]
    assert grounds == ["#ffffff", "#01102b", "#2f6680"]
    header = found.preview.headers[1]
    middle = header.height() // 2
    image = header.grab().toImage()
    blue = [x for x in range(header.width()) if image.pixelColor(x, middle).name() == "#0a66c2"]
    assert abs(len(blue) - 120) <= 2, "240 × 90 becomes 120 × 45"
    column = [y for y in range(header.height()) if image.pixelColor(header.width() // 2, y).name() == "#0a66c2"]
    assert abs(len(column) - 45) <= 2


@pytest.mark.parametrize(("natural", "drawn"), [
    ((240, 90), (120, 45)), ((60, 20), (60, 20)), ((1000, 10), (120, 1)), ((10, 1000), (1, 45)), ((120, 45), (120, 45)),
    ((300, 300), (45, 45)), ((5000, 1), (120, 1)),
])  # fmt: skip
def test_a_logo_keeps_its_proportions_and_is_never_enlarged(natural, drawn):
    size = logo_size(Picture(*natural, animated=False, transparent=True))
    assert (size.width(), size.height()) == drawn


def test_what_is_transparent_lets_the_header_through(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", picture(color=(10, 102, 194, 0)))
    assert len(found.preview.headers) == 2, "the design has no header of its own"
    header = found.preview.headers[1]
    assert pixel(header, header.width() // 2, header.height() // 2) == "#01102b"


def test_a_background_fills_the_room_cut_at_its_edges(qtbot, opened):
    tall = Image.new("RGB", (1300, 2000), "red")
    tall.paste("#00ff00", (0, 634, 1300, 1366))
    content = BytesIO()
    tall.save(content, "PNG")
    found = checked(qtbot, opened, "background_image", content.getvalue())
    assert isinstance(found.preview, BackgroundPreview)
    size = found.preview.size()
    assert size.width() * 9 == size.height() * 16
    for x, y in ((10, 10), (size.width() - 10, size.height() - 10), (size.width() // 2, size.height() // 2)):
        assert QColor(pixel(found.preview, x, y)).green() > 200
        assert QColor(pixel(found.preview, x, y)).red() < 60


def test_a_page_sent_as_a_logo_is_a_problem_in_signs_and_words(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", b"<html>", "text/html")
    assert found.state.text() == "✕ The meeting cannot show it"
    assert said(found, "Problem") == ["It is sent as text/html and not as a picture."]
    assert found.preview is None
    signs = [each.text() for each in found.findChildren(QLabel) if each.text() in ("✕", "!", "–")]
    assert signs == ["✕", "!", "–"]


def test_a_moving_picture_is_advised_against_and_shown_still(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", picture("GIF", (120, 45), frames=4, mode="RGB"), "image/gif")
    assert any("It moves" in text for text in said(found, "Advice"))
    assert isinstance(found.preview, LogoPreview)


def test_a_drawing_is_taken_without_pixels(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", SVG, "image/svg+xml")
    assert said(found, "Problem") == []
    assert any("sharp in every size" in text for text in said(found, "Info"))
    assert found.preview is None


@pytest.mark.parametrize("size", [(8000, 8000), (30_000, 30_000)])
def test_a_small_file_that_unfolds_to_gigabytes_is_not_unfolded(qtbot, opened, size):
    found = checked(qtbot, opened, "background_image", picture("PNG", size, (0,), mode="1"))
    assert any("too many for a weak computer" in text for text in said(found, "Problem"))
    assert found.preview is None


def test_of_a_large_file_ten_megabytes_are_read_at_most(qtbot, opened):
    just = picture(size=(1300, 800)) + b"\0" * (10 * 1024 * 1024 - 30_000)
    found = checked(qtbot, opened, "background_image", just)
    assert any("10.0 MB" in text for text in said(found, "Advice"))
    assert isinstance(found.preview, BackgroundPreview)
    found = checked(qtbot, opened, "background_image", just + b"\0" * 60_000)
    assert said(found, "Problem") == ["It is larger than 10 MB and was not read to its end."]


def test_a_redirect_is_told_and_not_followed(qtbot, opened):
    with serving(picture()) as target:
        found = checked(qtbot, opened, "custom_logo", b"", "image/png", "302 Found", f"Location: {address(target)}")
        assert "It leads on to http://127.0.0.1" in said(found, "Problem")[0]
        assert target.connections == 0


def test_a_style_sheet_and_a_server_that_is_not_there(qtbot, opened):
    with serving(b".dark{}", "text/css") as server:
        dialog = opened(custom_css_url=address(server), custom_logo=f"http://127.0.0.1:{closed_port()}/l.png")
        check(qtbot, dialog)
    assert said(card(dialog, "custom_css_url"), "Problem") == []
    assert card(dialog, "custom_css_url").facts().startswith("text/css")
    assert said(card(dialog, "custom_logo"), "Problem") == ["127.0.0.1 does not accept connections."]


def test_what_a_server_says_of_itself_is_shown_as_plain_text(qtbot, opened):
    found = checked(qtbot, opened, "custom_logo", picture(), "text/<b>x</b>\u202e".encode().decode("latin-1"))
    for each in found.findChildren(QLabel):
        assert each.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in each.text()


# --- while it waits -----------------------------------------------------------------------------------------------


def test_each_is_shown_when_it_has_come_and_the_others_are_waited_for(qtbot, opened):
    with serving(picture()) as fast, FaultServer(lambda visit: (visit.read_request(), visit.until_gone())) as slow:
        dialog = opened(custom_logo=address(fast), background_image=address(slow))
        dialog.check.click()
        qtbot.waitUntil(lambda: card(dialog, "custom_logo").state.text().startswith("✓"), timeout=15_000)
        assert card(dialog, "background_image").state.text() == "loading…"
        assert not dialog.check.isEnabled()
        dialog.reject()


def test_closing_ends_what_is_under_way(qtbot, opened):
    ended = []

    def behave(visit):
        visit.read_request()
        visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nx")
        visit.until_gone()
        ended.append(not visit.closing.is_set())

    with FaultServer(behave) as server:
        dialog = opened(custom_logo=address(server))
        dialog.check.click()
        qtbot.waitUntil(lambda: bool(server.visits and server.visits[0].head), timeout=15_000)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
        assert ended == [True], "the connection was cut off by us, and not by the end of the test"
        assert card(dialog, "custom_logo").state.text() == "not checked"
        dialog.deleteLater()
        qtbot.wait(200)


def test_after_closing_it_can_be_opened_and_checked_again(qtbot, opened):
    slow = after_request(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"x", every=0.2, again=True)
    with FaultServer(slow) as server:
        dialog = opened(custom_logo=address(server))
        dialog.check.click()
        qtbot.waitUntil(lambda: bool(server.visits), timeout=15_000)
        dialog.reject()
    with serving(picture()) as server:
        dialog.cards[1].address = address(server)
        dialog.open()
        check(qtbot, dialog)
        assert dialog.cards[1].state.text().startswith("✓")
        previews = dialog.cards[1].findChildren(LogoPreview)
        qtbot.waitUntil(lambda: [each.isVisible() for each in previews] == [True], timeout=10_000)


def test_the_window_goes_on_while_a_large_picture_is_unpacked(qtbot, opened):
    large = Image.effect_noise((4800, 4800), 60).convert("RGB")
    content = BytesIO()
    large.save(content, "JPEG", quality=30)
    with serving(content.getvalue(), "image/jpeg") as server:
        dialog = opened(background_image=address(server))
        clock, gaps = QElapsedTimer(), []
        beat = QTimer(interval=10)
        beat.timeout.connect(lambda: gaps.append(clock.restart()))
        clock.start()
        beat.start()
        check(qtbot, dialog)
        beat.stop()
    assert isinstance(card(dialog, "background_image").preview, BackgroundPreview)
    assert len(gaps) > 10
    assert max(gaps) < sum(gaps) / 2, "most of the time it was not waited for"


# --- how it is reached --------------------------------------------------------------------------------------------


def test_the_keyboard_starts_at_check_and_is_there_again_afterwards(qtbot, opened):
    with serving(picture()) as server:
        dialog = opened(custom_logo=address(server))
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.check.hasFocus())
        qtbot.keyClick(dialog.check, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.check.text() == "Check again", timeout=15_000)
        assert dialog.check.hasFocus()
        QTest.keyClick(dialog.check, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is not dialog.check


def test_everything_has_a_name(qtbot, opened):
    with serving(picture()) as server:
        dialog = opened(custom_logo=address(server))
        check(qtbot, dialog)
    for each in (dialog.check, dialog.close_button, *card(dialog, "custom_logo").preview.headers):
        assert QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
    spoken = {each.accessibleName() for each in dialog.findChildren(QLabel)}
    assert any(name.startswith("Advice: ") for name in spoken)
    assert address(server) in spoken, "without the marks that let it break"
