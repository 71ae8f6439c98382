"""The form over the table: names, problems beside their fields, and nothing lost on the way between meetings."""

import pytest
from practice_school import spoken_name
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QScrollArea

from pnm_launcher.errors import InvalidValue
from pnm_launcher.gui.form.color_editor import ColorEditor
from pnm_launcher.gui.form.form import Form
from pnm_launcher.gui.form.meeting_form import MeetingForm
from pnm_launcher.kinds import Choice, Color, Number, Pairs, Resource, Toggle, Url, Words
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.schema import CREATE, DESIGN, JOIN, SCHEMAS

FIELDS = {f"{schema.name}.{field.path}": field for schema in SCHEMAS for field in schema}
FIELDS.pop("create.room_id")  # the same as the join's, which stands on the first page
ROWS = [pytest.param(field, id=name) for name, field in FIELDS.items()]
WRONG = {Number: "about 20", Url: "my page", Resource: "ftp://x", Color: "blau", Words: "jpg png", Pairs: "class"}
IDS = ("room_id", "user_info.user_id")
TYPED = [
    pytest.param(field, WRONG.get(type(field.kind), "a b" if field.path in IDS else "a\u202eb"), id=name)
    for name, field in FIELDS.items()
    if not isinstance(field.kind, Toggle | Choice)
]
ALGEBRA = Meeting(
    "m1", "Algebra", PRACTICE, {"room_id": "algebra", "user_info.name": "Maria", "user_info.user_id": "m"}
)
STAFF = Meeting("m2", "Staff", PRACTICE, {"room_id": "staff", "user_info.name": "Maria", "user_info.user_id": "m"})


@pytest.fixture
def form(qtbot):
    """The whole form with a meeting, all pages made."""
    made = MeetingForm()
    qtbot.addWidget(made)
    for index in range(5):
        made.page(index)
    made.show_meeting(ALGEBRA)
    made.resize(1000, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def row(form, path):
    """The editor of a field and the label below it."""
    for index in range(5):
        for each in form.page(index).findChildren(Form):
            if each.has(path):
                return each.editor(path), each._rows[path].message
    raise AssertionError(f"no page has {path}")


def type_into(editor, text) -> None:
    line = editor.line() if isinstance(editor, ColorEditor) else editor
    (line.setPlainText if isinstance(line, QPlainTextEdit) else line.setText)(text)


def typed_in(editor) -> str:
    line = editor.line() if isinstance(editor, ColorEditor) else editor
    return line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()


class TestEachRow:
    @pytest.mark.parametrize("field", ROWS)
    def test_is_on_a_page_with_its_name_its_help_and_its_path(self, form, field):
        editor, message = row(form, field.path)
        focused = editor.focusProxy() or editor
        assert field.label in spoken_name(focused)
        assert field.path in editor.toolTip()
        assert message.text() == field.help
        if field.help:
            assert field.help in editor.toolTip()
            assert QAccessible.queryAccessibleInterface(focused).text(QAccessible.Text.Description) == field.help

    @pytest.mark.parametrize(("field", "typed"), TYPED)
    def test_shows_its_problem_beside_it_and_keeps_what_was_typed(self, form, field, typed):
        editor, message = row(form, field.path)
        edited = []
        form.edited.connect(edited.append)
        type_into(editor, typed)
        problem = next(problem for problem in form.problems() if problem.path == field.path)
        assert message.text() == str(problem)
        assert message.property("look") == "problem"
        focused = editor.focusProxy() or editor
        assert focused.property("wrong") is True
        assert str(problem) in QAccessible.queryAccessibleInterface(focused).text(QAccessible.Text.Description)
        assert typed_in(editor) == typed

        form.show_meeting(STAFF)
        assert typed_in(editor) != typed
        assert message.text() == field.help, "the other meeting has no problem"
        form.show_meeting(edited[-1])
        assert typed_in(editor) == typed
        assert message.text() == str(problem)

    @pytest.mark.parametrize(("field", "typed"), TYPED)
    def test_loses_its_problem_when_it_is_corrected(self, form, field, typed):
        editor, message = row(form, field.path)
        before = typed_in(editor)
        type_into(editor, typed)
        type_into(editor, before)
        assert message.text() == field.help
        assert message.property("look") == "small"


def test_every_row_of_the_tables_is_on_exactly_one_page(form):
    paths = [path for index in range(5) for each in form.page(index).findChildren(Form) for path in each.paths()]
    assert len(paths) == len(set(paths))
    assert set(paths) == {field.path for field in FIELDS.values()}


def test_a_change_on_one_page_keeps_the_values_of_the_others(form):
    full = ALGEBRA.with_values("join", {**ALGEBRA.join, "from.a.newer.version": "kept"})
    full = full.with_values("create", {"max_participants": 20, "metadata.extra_data": {"a": "b"}})
    full = full.with_values("design", {"primary_color": "#11223344"})
    form.show_meeting(full)
    edited = []
    form.edited.connect(edited.append)
    type_into(row(form, "user_info.name")[0], "Maria W")
    assert edited == [full.with_values("join", {**full.join, "user_info.name": "Maria W"})]


def test_showing_a_meeting_announces_nothing(form):
    edited = []
    form.edited.connect(edited.append)
    form.show_meeting(STAFF)
    form.show_meeting(ALGEBRA)
    assert edited == []


def test_undo_does_not_bring_the_text_of_another_meeting(qtbot, form):
    editor = row(form, "user_info.name")[0]
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "Secret name")
    form.show_meeting(STAFF)
    editor.undo()
    assert editor.text() == "Maria"


class TestMissingFields:
    def test_are_no_problem_before_the_user_wants_to_join(self, form):
        form.show_meeting(Meeting("m3", "New", PRACTICE, {}))
        assert row(form, "room_id")[1].text() == JOIN.field("room_id").help
        assert {problem.path for problem in form.problems()} == {"room_id", "user_info.name", "user_info.user_id"}

    def test_are_told_from_then_on(self, form):
        form.show_meeting(Meeting("m3", "New", PRACTICE, {}))
        form.show_missing()
        assert row(form, "room_id")[1].text() == "This is needed."
        type_into(row(form, "user_info.name")[0], "Maria")
        assert row(form, "room_id")[1].text() == "This is needed."
        assert row(form, "user_info.name")[1].text() == JOIN.field("user_info.name").help

    def test_of_another_meeting_stay_untold(self, form):
        form.show_meeting(Meeting("m3", "New", PRACTICE, {}))
        form.show_missing()
        form.show_meeting(Meeting("m4", "Newer", PRACTICE, {}))
        assert row(form, "room_id")[1].text() == JOIN.field("room_id").help


class TestFocus:
    @pytest.mark.parametrize("field", ROWS)
    def test_goes_to_any_field_and_brings_it_into_sight(self, qtbot, form, field):
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        assert form.focus(field.path)
        editor, _ = row(form, field.path)
        qtbot.waitUntil(lambda: QApplication.focusWidget() in (editor, editor.focusProxy()))
        area = next(each for each in form.findChildren(QScrollArea) if each.isAncestorOf(editor))

        def in_sight() -> bool:
            top = editor.mapTo(area.viewport(), editor.rect().topLeft()).y()
            return top >= 0 and top + min(editor.height(), 100) <= area.viewport().height()

        qtbot.waitUntil(in_sight)

    def test_finds_a_setting_that_the_filter_hides(self, qtbot, form):
        form.show_page(3)
        search = form.page(3).findChild(QLineEdit)
        search.setText("telephone")
        form.focus("max_participants")
        assert row(form, "max_participants")[0].isVisible()

    def test_of_an_unknown_field_says_no(self, form):
        assert not form.focus("user_info.shoe_size")


class TestRefusedByTheServer:
    def test_is_shown_beside_the_fields_and_the_first_has_the_cursor(self, qtbot, form):
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        assert form.refuse([InvalidValue("user_info.name", "{text}", text="must match {2,5}"),
                            InvalidValue("metadata.room_title", "{text}", text="too rude")])  # fmt: skip
        assert row(form, "user_info.name")[1].text() == "must match {2,5}"
        assert row(form, "metadata.room_title")[1].text() == "too rude"
        qtbot.waitUntil(lambda: QApplication.focusWidget() is row(form, "user_info.name")[0])

    def test_of_fields_that_are_not_in_the_form_is_not_swallowed(self, form):
        assert not form.refuse([InvalidValue("user_info.shoe_size", "{text}", text="too small")])


class TestRoomPage:
    @pytest.fixture
    def page(self, form):
        form.show_page(3)
        return form.page(3)

    def shown(self, page) -> set[str]:
        return {path for each in page.findChildren(Form) for path in each.paths() if each.editor(path).isVisible()}

    def test_opens_with_the_first_group_only(self, page):
        assert self.shown(page) == {field.path for field in CREATE.sections[0].fields if field.path != "room_id"}

    def test_finds_settings_by_all_words_of_name_help_or_path(self, page):
        search = page.findChild(QLineEdit)
        search.setText("CHAT file")
        assert self.shown(page) == {
            "metadata.default_lock_settings.lock_chat_file_share",
            "metadata.room_features.chat_features.is_allow_file_upload",
            "metadata.room_features.chat_features.allowed_file_types",
            "metadata.room_features.chat_features.max_file_size",
        }
        search.setText("")
        assert self.shown(page) == {field.path for field in CREATE.sections[0].fields if field.path != "room_id"}

    def test_what_the_filter_hides_stays_hidden_while_typing(self, form, page):
        page.findChild(QLineEdit).setText("most participants")
        type_into(row(form, "max_participants")[0], "0")
        captions = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        assert "Most participants" in captions
        assert "Use a number from 1 to 4294967295." in captions
        assert CREATE.field("empty_timeout").help not in captions

    def test_groups_open_and_close_by_the_keyboard(self, qtbot, page):
        title = next(each for each in page.findChildren(QLabel) + page.findChildren(type(page._groups[1][1]))
                     if each.accessibleName() == "Locks for everyone")  # fmt: skip
        qtbot.keyClick(title, Qt.Key.Key_Space)
        assert "metadata.default_lock_settings.lock_chat" in self.shown(page)
        qtbot.keyClick(title, Qt.Key.Key_Space)
        assert "metadata.default_lock_settings.lock_chat" not in self.shown(page)


class TestServer:
    @pytest.fixture
    def server(self, form):
        form.set_servers((("s1", "School"), ("s2", "Other"), (PRACTICE, "Practice")))
        return form.page(0).findChild(QComboBox, "server")

    def test_one_that_is_gone_is_not_replaced_by_another_unasked(self, form, server):
        form.show_meeting(
            Meeting("m5", "Old", "gone", {"room_id": "r", "user_info.name": "M", "user_info.user_id": "m"})
        )
        edited = []
        form.edited.connect(edited.append)
        assert server.currentIndex() == -1
        assert server.placeholderText() == "Choose a server"
        form.set_servers((("s1", "School"), (PRACTICE, "Practice")))
        type_into(row(form, "user_info.name")[0], "Maria")
        assert server.currentIndex() == -1
        assert edited[-1].server == "gone"
        server.setCurrentIndex(0)
        assert edited[-1].server == "s1"

    def test_connecting_another_one_is_a_wish_and_no_choice(self, qtbot, form, server):
        with qtbot.waitSignal(form.servers_requested):
            server.setCurrentIndex(server.count() - 1)
        assert server.currentData() == PRACTICE
        assert form.meeting.server == PRACTICE

    def test_stays_chosen_when_the_list_changes(self, form, server):
        form.set_servers((("s3", "New one"), ("s1", "School"), (PRACTICE, "Practice")))
        assert server.currentData() == PRACTICE


def test_a_name_is_shown_as_it_is_typed_and_never_as_markup(form):
    type_into(row(form, "user_info.name")[0], "<img src='file:///etc/passwd'> & <b>Zoë</b>")
    label = next(each for each in form.findChildren(QLabel) if "as participant" in each.text())
    shown = QTextDocumentFragment.fromHtml(label.text()).toPlainText()
    assert "You enter algebra as participant <img src='file:///etc/passwd'> & <b>Zoë</b>." in shown


def test_segments_are_rounded_outside_for_both_writings(form):
    role = row(form, "user_info.is_admin")[0]
    assert [segment.property("place") for segment in role.segments()] == ["first", "last"]
    role.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.sendPostedEvents(role, QEvent.Type.LayoutDirectionChange)
    assert [segment.property("place") for segment in role.segments()] == ["last", "first"]


def test_the_design_page_says_when_a_preview_is_wanted(qtbot, form):
    form.show_page(4 - 2)
    button = form.page(2).findChild(type(form.page(3)._groups[0][1]), "preview")
    with qtbot.waitSignal(form.preview_requested):
        button.click()
    assert DESIGN.sections[0].title
