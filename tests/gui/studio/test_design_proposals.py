"""The dialog of proposals: from a colour or a picture to a design that can be read, shown before it is taken."""

import os
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest

from pnm_launcher.design.audit import audit
from pnm_launcher.design.palette import from_color, proposals
from pnm_launcher.design.pictures import LARGEST
from pnm_launcher.design.regions import painted
from pnm_launcher.gui.studio import brand_source, design_proposals
from pnm_launcher.gui.studio.design_proposals import ProposalDialog
from pnm_launcher.work import Monitor

BRAND = "#0a66c2"
HARD = {"header_bg_color": "#2f6680"}
"""The title on this header has a contrast of 2.97 : 1."""


@pytest.fixture
def opened(qtbot, jobs, home):
    """Opens the dialog for a design."""

    def make(current=()):
        dialog = ProposalDialog(home, dict(current), jobs)
        dialog.open()
        qtbot.waitExposed(dialog)
        dialog.got = []
        dialog.taken.connect(dialog.got.append)
        return dialog

    return make


def choose(qtbot, dialog, color):
    dialog.source.editor.line().setText(color)
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)


def take(qtbot, dialog):
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    (taken,) = dialog.got
    return taken


def logo(*colors, form="PNG", size=(240, 90)):
    """A picture with bars of these colours, each narrower than the one before."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    left = 0
    for place, color in enumerate(colors):
        width = size[0] // 2 ** (place + 1)
        ImageDraw.Draw(picture).rectangle((left, 0, left + width, size[1]), fill=color)
        left += width
    content = BytesIO()
    (picture if form != "JPEG" else picture.convert("RGB")).save(content, form)
    return content.getvalue()


def mime(kind="", data=b"", urls=()):
    made = QMimeData()
    if kind:
        made.setData(kind, data)
    if urls:
        made.setUrls([QUrl(url) for url in urls])
    return made


def drop(dialog, what):
    for kind in (QDragEnterEvent, QDropEvent):
        place = QPointF(20, 20) if kind is QDropEvent else QPointF(20, 20).toPoint()
        event = kind(place, Qt.DropAction.CopyAction, what, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        (dialog.dragEnterEvent if kind is QDragEnterEvent else dialog.dropEvent)(event)
        if kind is QDragEnterEvent and not event.isAccepted():
            return False
    return True


def wait_for_swatches(qtbot, dialog, count):
    qtbot.waitUntil(lambda: len(dialog.source.swatches()) == count, timeout=15_000)
    return [swatch.toolTip() for swatch in dialog.source.swatches()]


def at(sketch, x, y):
    """The colour of a place of the sketch, in the units of its drawing."""
    scale = min(sketch.width() / 400, sketch.height() / 276)
    left, top = (sketch.width() - 400 * scale) / 2, (sketch.height() - 276 * scale) / 2
    return sketch.grab().toImage().pixelColor(round(left + x * scale), round(top + y * scale)).name()


PLACES = {"header": (60, 17), "main_area": (12, 120), "panel": (340, 180), "footer": (60, 217), "avatar": (288, 74),
          "square": (128, 209), "end_call": (368, 226), "primary_button": (220, 256), "secondary_button": (92, 256),
          "card": (20, 262), "tile": (100, 150)}  # fmt: skip


# --- a colour -----------------------------------------------------------------------------------------------------


def test_before_a_colour_is_chosen_it_says_what_to_do_and_offers_nothing(qtbot, opened):
    dialog = opened()
    assert "Choose the colour of your brand" in dialog.audit.text()
    assert not dialog.use.isEnabled()
    assert dialog.footers is None
    assert not dialog.mode.isVisible(), "there is nothing to keep"
    assert set(dialog.table.texts().values()) == {"not set"}


@pytest.mark.parametrize("typed", ["#0a66c2", "rgb(10, 102, 194)", "hsl(210 90.2% 40%)", "#0a66c28c"])
def test_any_css_colour_becomes_a_whole_design(qtbot, opened, typed):
    dialog = opened()
    choose(qtbot, dialog, typed)
    taken = take(qtbot, dialog)
    assert taken == from_color(typed)
    assert not [found for found in audit(taken) if not found.passes and not found.own]
    assert not dialog.isVisible()


def test_a_text_that_is_no_colour_says_why_and_cannot_be_used(qtbot, opened):
    dialog = opened()
    choose(qtbot, dialog, BRAND)
    for text in ("blau", "red} body{x:url(//evil.example)}"):
        dialog.source.editor.line().setText(text)
        assert not dialog.use.isEnabled()
        qtbot.waitUntil(lambda: bool(dialog.source.problem.text()), timeout=15_000)
        assert not dialog.use.isEnabled()
    choose(qtbot, dialog, BRAND)
    assert dialog.source.problem.text() == ""


def test_clearing_the_colour_shows_the_empty_state_again(qtbot, opened):
    dialog = opened()
    choose(qtbot, dialog, BRAND)
    dialog.source.editor.line().clear()
    qtbot.waitUntil(lambda: "Choose the colour" in dialog.audit.text(), timeout=15_000)
    assert not dialog.use.isEnabled()
    assert dialog.footers is None


def test_the_newest_colour_wins_even_if_an_older_answer_comes_later(qtbot, opened, monkeypatch):
    """The first answer is held back until the second one is there."""
    go, held, real = Monitor(), [True], design_proposals.variants

    def slow(color, design, *, anew):
        found = real(color, design, anew=anew)
        with go:
            while color == "#c2410c" and held:
                go.wait(10)
        return found

    monkeypatch.setattr(design_proposals, "variants", slow)
    dialog = opened()
    dialog.source.editor.line().setText("#c2410c")
    qtbot.waitUntil(lambda: not dialog._pause.isActive())
    choose(qtbot, dialog, "#2e7d32")
    with go:
        held.clear()
        go.notify_all()
    qtbot.wait(200)
    assert dialog.table.texts()["primary_btn_bg_color"] == "#2e7d32"
    assert take(qtbot, dialog)["primary_btn_bg_color"] == "#2e7d32"


def test_it_begins_with_the_colour_that_the_design_has(qtbot, opened):
    dialog = opened({"primary_color": "#c2410c"})
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    assert dialog.source.color() == "#c2410c"


# --- what is kept -------------------------------------------------------------------------------------------------


def test_keeping_fills_empty_parameters_only_and_says_what_stays(qtbot, opened):
    dialog = opened(HARD)
    choose(qtbot, dialog, BRAND)
    assert dialog.table.texts()["header_bg_color"] == "#2f6680, stays"
    taken = take(qtbot, dialog)
    assert taken == from_color(BRAND, HARD)
    assert "header_bg_color" not in taken


def test_what_still_fails_is_told_with_its_reason(qtbot, opened):
    dialog = opened(HARD)
    choose(qtbot, dialog, BRAND)
    assert dialog.audit.text() == "✕ Hard to read: 3 of 27 pairs of colours that a design decides."
    assert "Meeting title on the header (2.97 : 1), because of: Header." in dialog.reasons.text()
    dialog.mode.set_index(1)
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    assert dialog.audit.text() == "✓ All 27 pairs of colours that a design decides can be read."
    assert "because of" not in dialog.reasons.text()
    assert "Faint in plugNmeet itself" in dialog.reasons.text()
    assert "Hint in the empty message field" in dialog.reasons.text()


def test_starting_anew_replaces_every_colour_and_leaves_the_pictures(qtbot, opened):
    addresses = {"custom_logo": "https://a.example/l.png", "background_image": "https://a.example/b.jpg"}
    dialog = opened({**HARD, **addresses, "background_color": "#123456", "right_side_bg_color": "#eeeeee"})
    choose(qtbot, dialog, BRAND)
    dialog.mode.set_index(1)
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    assert dialog.table.texts()["background_color"] == "not set"
    taken = take(qtbot, dialog)
    assert taken == {**from_color(BRAND, addresses), "background_color": "", "right_side_bg_color": ""}
    assert taken["header_bg_color"] != HARD["header_bg_color"]
    assert taken.keys().isdisjoint(addresses)


def test_a_full_design_has_nothing_to_fill_and_says_how_to_go_on(qtbot, opened):
    dialog = opened(from_color("#c2410c"))
    qtbot.waitUntil(lambda: "Start anew" in dialog.audit.text(), timeout=15_000)
    assert not dialog.use.isEnabled()
    dialog.mode.set_index(1)
    choose(qtbot, dialog, BRAND)
    assert take(qtbot, dialog)["primary_btn_bg_color"] == BRAND


# --- what is shown ------------------------------------------------------------------------------------------------


def test_both_sketches_have_the_very_colours_of_the_meeting(qtbot, opened):
    dialog = opened(HARD)
    choose(qtbot, dialog, BRAND)
    after = {**HARD, **from_color(BRAND, HARD)}
    qtbot.waitUntil(lambda: at(dialog.before, *PLACES["footer"]) == "#fafcff", timeout=10_000)
    for region, place in PLACES.items():
        for sketch, design in ((dialog.before, HARD), (dialog.after, after)):
            color = painted(region, design)
            wanted = painted("page", design) if color == "#00000000" else color
            assert at(sketch, *place) == wanted, (region, sketch.accessibleName())


def test_the_sketch_changes_sides_with_the_writing(qtbot, opened):
    dialog = opened()
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    choose(qtbot, dialog, BRAND)
    x, y = PLACES["avatar"]
    qtbot.waitUntil(lambda: at(dialog.after, 400 - x, y) == from_color(BRAND)["primary_color"], timeout=10_000)


def test_each_footer_can_be_chosen_and_stays_chosen(qtbot, opened):
    dialog = opened()
    choose(qtbot, dialog, BRAND)
    choices = proposals(BRAND)
    assert [segment.text() for segment in dialog.footers.segments()] == [choice.name for choice in choices]
    assert len(choices) == 3
    dialog.footers.set_index(2)
    assert dialog.table.texts()["footer_bg_color"] == BRAND
    assert at(dialog.after, *PLACES["footer"]) == BRAND
    dialog.source.editor.line().setText("#0f766e")
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    assert dialog.footers.index() == 2
    assert take(qtbot, dialog) == proposals("#0f766e")[2].values


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_the_colours_of_a_file_are_shown_the_strongest_first_and_can_be_clicked(qtbot, opened, tmp_path, form):
    file = tmp_path / "our logo.bin"
    file.write_bytes(logo("#7c3aed", "#f59e0b", form=form))
    dialog = opened()
    assert drop(dialog, mime(urls=[QUrl.fromLocalFile(str(file)).toString()]))
    qtbot.waitUntil(lambda: len(dialog.source.swatches()) >= 2, timeout=15_000)
    assert "our logo.bin" in dialog.source.told.text()
    colors = [QColor(swatch.toolTip()) for swatch in dialog.source.swatches()]
    assert abs(colors[0].hue() - QColor("#7c3aed").hue()) < 8
    assert abs(colors[1].hue() - QColor("#f59e0b").hue()) < 8
    assert dialog.source.color() == dialog.source.swatches()[0].toolTip()
    second = dialog.source.swatches()[1]
    assert "Colour 2 of" in second.accessibleName()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    assert take(qtbot, dialog)["primary_btn_bg_color"] == second.toolTip()


def test_a_picture_is_pasted_with_the_button_and_with_the_keyboard(qtbot, opened):
    dialog = opened()
    for act, color in ((dialog.source.paste.click, "#7c3aed"),
                       (lambda: QTest.keySequence(dialog.source.open, QKeySequence("Ctrl+V")), "#0f766e")):  # fmt: skip
        QGuiApplication.clipboard().setMimeData(mime("image/png", logo(color)))
        dialog.activateWindow()
        dialog.source.open.setFocus()
        qtbot.waitUntil(lambda: dialog.source.open.hasFocus())
        act()
        qtbot.waitUntil(lambda color=color: dialog.source.color() == color, timeout=15_000)


def test_pixels_of_the_systems_clipboard_are_taken_too(qtbot, opened, monkeypatch):
    monkeypatch.setattr(brand_source, "_FOREIGN", ())
    picture = QColor("#7c3aed")
    image = QImage(2000, 1000, QImage.Format.Format_RGB32)
    image.fill(picture)
    dialog, what = opened(), QMimeData()
    what.setImageData(image)
    assert drop(dialog, what)
    assert wait_for_swatches(qtbot, dialog, 1) == ["#7c3aed"]


def test_an_empty_clipboard_says_so(qtbot, opened):
    QGuiApplication.clipboard().setMimeData(mime("text/plain", b"hello"))
    dialog = opened()
    dialog.source.paste.click()
    assert "no picture in the clipboard" in dialog.source.told.text()


@pytest.mark.parametrize(("data", "said"), [
    (b"<html>", "no PNG, JPEG or WebP"),
    (logo("#7c3aed")[:200], "no PNG, JPEG or WebP"),
    (b"x" * (LARGEST + 1), "larger than 10 MB"),
    (logo("#000000"), "black and white"),
], ids=["page", "cut", "large", "black"])  # fmt: skip
def test_a_picture_that_is_refused_says_why(qtbot, opened, tmp_path, data, said):
    file = tmp_path / "picture.png"
    file.write_bytes(data)
    dialog = opened()
    choose(qtbot, dialog, BRAND)
    dialog.source.take_file(str(file))
    qtbot.waitUntil(lambda: said in dialog.source.told.text(), timeout=15_000)
    assert dialog.source.told.text().startswith("picture.png: ")
    assert dialog.source.swatches() == []
    assert dialog.source.color() == BRAND, "what was chosen stays"
    assert dialog.use.isEnabled()


def test_a_small_file_that_unfolds_to_gigabytes_is_refused(qtbot, opened):
    content = BytesIO()
    Image.new("1", (30_000, 30_000)).save(content, "PNG")
    dialog = opened()
    dialog.source.take_data(content.getvalue())
    qtbot.waitUntil(lambda: "million pixels" in dialog.source.told.text(), timeout=15_000)


def test_what_is_no_file_is_refused_without_waiting(qtbot, opened, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    dialog = opened()
    for path in (pipe, tmp_path, tmp_path / "missing"):
        dialog.source._say("")
        dialog.source.take_file(str(path))
        qtbot.waitUntil(lambda: "This is no file." in dialog.source.told.text(), timeout=15_000)


def test_a_picture_of_another_computer_is_not_loaded(qtbot, opened):
    dialog = opened()
    assert drop(dialog, mime(urls=["https://evil.example/logo.png"]))
    assert "nothing is loaded from other computers" in dialog.source.told.text()
    assert not drop(dialog, mime("text/plain", b"hello")), "a text is no picture"


def test_a_colour_typed_while_a_picture_is_read_stays(qtbot, opened, monkeypatch):
    go, held, real = Monitor(), [True], brand_source.colors_of_data

    def slow(data):
        with go:
            while held:
                go.wait(10)
        return real(data)

    monkeypatch.setattr(brand_source, "colors_of_data", slow)
    dialog = opened()
    dialog.source.take_data(logo("#7c3aed"))
    dialog.source.editor.line().setText(BRAND)
    with go:
        held.clear()
        go.notify_all()
    wait_for_swatches(qtbot, dialog, 1)
    assert dialog.source.color() == BRAND


# --- how it behaves -----------------------------------------------------------------------------------------------


def test_closing_while_it_computes_is_harmless(qtbot, opened, jobs):
    dialog = opened(HARD)
    dialog.source.editor.line().setText(BRAND)
    dialog.source.take_data(logo("#7c3aed"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.deleteLater()
    qtbot.wait(600)


def test_cancel_takes_nothing(qtbot, opened):
    dialog = opened()
    choose(qtbot, dialog, BRAND)
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert dialog.got == []
    assert not dialog.isVisible()


def test_every_control_has_a_name_and_is_reached_by_tab(qtbot, opened):
    dialog = opened(HARD)
    dialog.source.take_data(logo("#7c3aed", "#f59e0b"))
    wait_for_swatches(qtbot, dialog, 2)
    qtbot.waitUntil(lambda: dialog.use.isEnabled(), timeout=15_000)
    dialog.activateWindow()
    dialog.source.editor.setFocus()
    start, seen = dialog.focusWidget(), []
    while not seen or dialog.focusWidget() is not start:
        seen.append(dialog.focusWidget())
        assert QAccessible.queryAccessibleInterface(seen[-1]).text(QAccessible.Text.Name), repr(seen[-1])
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert len(seen) < 40
    wanted = [dialog.source.editor.line(), dialog.source.open, dialog.source.paste, *dialog.source.swatches(),
              dialog.mode.segments()[0], dialog.footers.segments()[0], dialog.cancel, dialog.use]  # fmt: skip
    assert [each for each in seen if each in wanted] == wanted


def test_a_hostile_design_reaches_no_sketch(qtbot, opened):
    dialog = opened({"header_bg_color": "red} body{"})
    qtbot.waitUntil(lambda: bool(dialog.source.problem.text()), timeout=15_000)
    assert not dialog.use.isEnabled()
