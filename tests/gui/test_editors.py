"""Every row of the three tables: its editor, what goes in, what comes out, and what is kept when it is wrong."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from pnm_launcher.gui.form.color_editor import ColorEditor, from_qcolor, to_qcolor
from pnm_launcher.gui.form.editors import CheckEditor, ChoiceEditor, SegmentedEditor, editor_for
from pnm_launcher.gui.form.text_editors import LineEditor, LinesEditor
from pnm_launcher.kinds import Choice, Color, Number, Pairs, Resource, Text, Toggle, Url, Words
from pnm_launcher.schema import CREATE, DESIGN, JOIN

ROWS = [pytest.param(field, id=f"{schema.name}.{field.path}") for schema in (JOIN, CREATE, DESIGN) for field in schema]
GOOD = {
    Toggle: (True, False),
    Number: (130, 16),
    Text: ("room-1", "Zoë_日本"),
    Url: ("https://example.org/a%20b?c=d#e",),
    Resource: ("https://cdn.example.org/x.png",),
    Color: ("#0a66c2", "#12345680"),
    Choice: ("de-DE", "ar-SA"),
    Words: (("pdf", "tar.gz"),),
    Pairs: ({"class": "10b", "empty": ""},),
}


def good_values(field):
    """Values of the field's kind that its own rules accept."""
    found = []
    for value in GOOD[type(field.kind)]:
        try:
            field.kind.check(value, field.path)
        except Exception:
            continue
        found.append(value)
    assert found, field.path
    return found


@pytest.fixture
def editor(qtbot):
    def make(field):
        made = editor_for(field)
        made.setAccessibleName(field.label)  # as the form does
        qtbot.addWidget(made)
        return made

    return make


@pytest.mark.parametrize("field", ROWS)
class TestEachRow:
    def test_is_unset_at_first(self, editor, field):
        assert editor(field).value() is None

    def test_gives_back_what_it_was_given(self, editor, field):
        made = editor(field)
        for value in good_values(field):
            made.set_value(value)
            expected = None if value == field.default else value
            assert made.value() == expected
            assert type(made.value()) is type(expected)

    def test_can_be_unset_again(self, editor, field):
        made = editor(field)
        for value in good_values(field):
            made.set_value(value)
            made.set_value(None)
            assert made.value() is None

    def test_announces_a_change_once_for_each(self, editor, field):
        made, changes = editor(field), []
        value = next(value for value in good_values(field) if value != field.default)
        made.changed.connect(lambda: changes.append(made.value()))
        made.set_value(value)
        assert changes == [value]
        made.set_value(value)
        assert changes == [value], "the same value is no change"

    def test_keeps_a_value_of_another_kind_until_the_user_changes_it(self, editor, field):
        made = editor(field)
        made.set_value("\N{SNOWMAN} none of its values")
        assert made.value() == "\N{SNOWMAN} none of its values"


def editors_of(kind, editor, schema=(JOIN, CREATE, DESIGN)):
    return [(field, editor(field)) for table in schema for field in table if isinstance(editor(field), kind)]


def test_each_kind_has_the_editor_meant_for_it(editor):
    kinds = {type(field.kind): set() for table in (JOIN, CREATE, DESIGN) for field in table}
    for table in (JOIN, CREATE, DESIGN):
        for field in table:
            kinds[type(field.kind)].add(type(editor(field)))
    assert kinds == {
        Toggle: {CheckEditor, SegmentedEditor, ChoiceEditor},
        Number: {LineEditor},
        Text: {LineEditor, LinesEditor},
        Url: {LineEditor},
        Resource: {LineEditor},
        Color: {ColorEditor},
        Choice: {ChoiceEditor},
        Words: {LineEditor},
        Pairs: {LinesEditor},
    }


class TestLocks:
    @pytest.fixture
    def lock(self, editor):
        return editor(JOIN.field("user_info.user_metadata.lock_settings.lock_chat"))

    def test_have_three_states_in_words(self, lock):
        assert [segment.text() for segment in lock.segments()] == ["Left to the room", "Locked", "Allowed"]

    @pytest.mark.parametrize(("segment", "value"), [(0, None), (1, True), (2, False)])
    def test_each_segment_means_its_value(self, lock, segment, value):
        lock.segments()[1 if segment != 1 else 2].click()
        lock.segments()[segment].click()
        assert lock.value() is value

    def test_allowed_is_not_unset(self, lock):
        lock.set_value(False)
        assert lock.value() is False
        assert lock.index() == 2

    def test_a_value_that_is_no_state_is_replaced_by_pressing_what_is_shown(self, lock):
        changes = []
        lock.set_value("maybe")
        lock.changed.connect(lambda: changes.append(lock.value()))
        lock.segments()[0].click()
        assert changes == [None]


def test_a_toggle_with_a_default_is_unset_at_it(editor):
    for field, made in editors_of(CheckEditor, editor):
        made.click()
        assert made.value() is (not field.default)
        made.click()
        assert made.value() is None


class TestLine:
    def test_keeps_what_is_no_number_as_it_was_typed(self, editor):
        made = editor(CREATE.field("max_participants"))
        made.setText("about 20 ")
        assert made.value() == "about 20 "
        made.setText(" 20 ")
        assert made.value() == 20

    def test_is_not_rewritten_while_it_says_the_same(self, editor):
        made = editor(CREATE.field("max_participants"))
        made.setText("007")
        made.set_value(7)
        assert made.text() == "007", "the cursor would jump"

    def test_takes_a_picture_of_64_kilobytes_whole(self, editor):
        made = editor(JOIN.field("user_info.user_metadata.profile_pic"))
        picture = "data:image/png;base64," + "A" * 65_000
        made.setText(picture)
        assert made.value() == picture

    def test_takes_what_is_too_long_whole_too(self, editor):
        made = editor(JOIN.field("room_id"))
        made.setText("r" * 200_000)
        assert made.value() == "r" * 200_000

    def test_blanks_alone_are_nothing_but_in_a_field_that_is_needed(self, editor):
        made = editor(JOIN.field("user_info.user_metadata.ex_user_id"))
        made.setText("   ")
        assert made.value() is None
        assert made.text() == "   "
        made = editor(JOIN.field("user_info.name"))
        made.setText("   ")
        assert made.value() == "   ", "its own problem is told"


class TestLines:
    def test_keeps_what_is_no_pair_as_it_was_typed(self, editor):
        made = editor(JOIN.field("user_info.user_metadata.extra_data"))
        made.setPlainText("class\nroom=1")
        assert made.value() == "class\nroom=1"
        made.setPlainText("class=10b\nroom=1")
        assert made.value() == {"class": "10b", "room": "1"}

    def test_keeps_line_breaks_of_a_welcome_message(self, editor):
        made = editor(CREATE.field("metadata.welcome_message"))
        made.set_value("Welcome!\n\nTurn your camera on.\n")
        assert made.value() == "Welcome!\n\nTurn your camera on.\n"

    def test_the_tab_key_leaves_the_field(self, editor):
        assert editor(CREATE.field("metadata.welcome_message")).tabChangesFocus()


class TestColour:
    @pytest.fixture
    def colour(self, editor):
        return editor(DESIGN.field("primary_color"))

    @pytest.mark.parametrize(("typed", "value"), [
        ("#11223344", "#11223344"), ("rgba(17, 34, 51, 0.26667)", "#11223344"), ("RED", "#ff0000"),
        ("hsl(120 100% 25%)", "#008000"), ("#abc", "#aabbcc"), ("transparent", "#00000000"),
    ])  # fmt: skip
    def test_is_kept_with_alpha_last_as_in_css(self, colour, typed, value):
        colour.line().setText(typed)
        assert colour.value() == value

    def test_never_takes_the_alpha_for_a_colour(self):
        color = to_qcolor("#11223344")
        assert (color.red(), color.green(), color.blue(), color.alpha()) == (0x11, 0x22, 0x33, 0x44)
        assert from_qcolor(color) == "#11223344"

    @pytest.mark.parametrize("alpha", [0, 1, 127, 128, 254, 255])
    def test_survives_the_way_through_qt(self, alpha):
        for code in ("#000000", "#ffffff", "#0a66c2", "#fe01fd"):
            color = QColor(code)
            color.setAlpha(alpha)
            assert to_qcolor(from_qcolor(color)) == color

    def test_no_colour_is_kept_as_typed_and_not_painted(self, colour):
        colour.line().setText("blau")
        assert colour.value() == "blau"
        assert to_qcolor("blau") is None

    def test_the_picker_writes_css(self, qtbot, colour):
        colour.show()
        picker = open_picker(qtbot, colour)
        chosen = QColor(0x11, 0x22, 0x33, 0x44)
        picker.setCurrentColor(chosen)
        assert colour.value() == "#11223344"
        picker.accept()
        assert colour.value() == "#11223344"

    def test_cancelling_the_picker_brings_back_what_was_typed(self, qtbot, colour):
        colour.line().setText("rebeccapurple")
        colour.show()
        picker = open_picker(qtbot, colour)
        picker.setCurrentColor(QColor("#0a66c2"))
        picker.reject()
        assert colour.line().text() == "rebeccapurple"

    def test_opening_the_picker_changes_nothing(self, qtbot, colour):
        colour.show()
        open_picker(qtbot, colour).accept()
        assert colour.value() is None

    def test_clear_unsets_it(self, colour):
        colour.set_value("#0a66c2")
        clear = next(each for each in colour.findChildren(QWidget) if each.accessibleName().startswith("Clear"))
        clear.click()
        assert colour.value() is None
        assert not clear.isEnabled()

    def test_a_colour_can_be_taken_from_the_screen(self, qtbot, editor):
        made = editor(DESIGN.field("primary_color"))
        other = QWidget()
        qtbot.addWidget(other)
        other.setStyleSheet("background: #12ab56")
        other.setGeometry(20, 20, 300, 300)
        other.show()
        qtbot.waitExposed(other)
        dialog = open_picker(qtbot, made)
        dialog.move(500, 200)
        eyedropper = next(each for each in dialog.findChildren(QPushButton) if "Screen" in each.text())

        def seen() -> bool:
            """The window manager has put the windows beside each other, and they are drawn."""
            place = other.mapToGlobal(QPoint(20, 280))
            pixel = other.screen().grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0)
            return pixel == QColor("#12ab56")

        qtbot.waitUntil(seen, timeout=20_000)
        place = other.mapToGlobal(QPoint(20, 280))
        eyedropper.click()
        QTest.mouseMove(dialog, dialog.mapFromGlobal(place))
        QTest.mouseClick(dialog, Qt.MouseButton.LeftButton, pos=dialog.mapFromGlobal(place))
        assert made.value() == "#12ab56"
        dialog.accept()
        assert made.value() == "#12ab56"


def open_picker(qtbot, colour) -> QColorDialog:
    next(each for each in colour.findChildren(QWidget) if each.accessibleName().startswith("Choose")).click()
    qtbot.waitUntil(lambda: bool(colour.findChildren(QColorDialog)))
    return colour.findChildren(QColorDialog)[-1]


class TestChoice:
    def test_a_code_that_is_not_in_the_list_is_offered_only_while_it_is_chosen(self, editor):
        made = editor(JOIN.field("user_info.user_metadata.preferred_lang"))
        before = made.count()
        made.set_value("xx-YY")
        assert (made.currentText(), made.value()) == ("xx-YY", "xx-YY")
        made.set_value("de-DE")
        assert made.count() == before
        assert made.value() == "de-DE"

    def test_scrolling_the_page_does_not_change_it(self, qtbot, editor):
        made = editor(JOIN.field("user_info.user_metadata.preferred_lang"))
        made.show()
        made.clearFocus()
        wheel(made)
        assert made.value() is None


def wheel(widget) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    place = QPointF(widget.rect().center())
    event = QWheelEvent(place, widget.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_every_sort_of_qt_editor_is_covered(editor):
    bases = (QLineEdit, QPlainTextEdit, QComboBox, CheckEditor, SegmentedEditor, ColorEditor)
    assert all(isinstance(editor(row.values[0]), bases) for row in ROWS)
