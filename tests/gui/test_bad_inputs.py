"""Everything that can be typed wrong: each ends in its own message beside its field, and nothing is lost."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from practice_school import visible
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from pnm_launcher.gui.app import Program
from pnm_launcher.gui.form.color_editor import ColorEditor
from pnm_launcher.gui.form.form import Form
from pnm_launcher.kinds import Choice, Toggle
from pnm_launcher.meetings import PRACTICE, Meeting, new_id
from pnm_launcher.schema import SCHEMAS

FIELDS = {f"{schema.name}.{field.path}": field for schema in SCHEMAS for field in schema}
TABLE = json.loads((Path(__file__).parent.parent / "data" / "bad-inputs.json").read_text(encoding="utf-8"))
HELD_BY_A_LINE = 1_000_000


MADE = ("metadata.room_title", "user_info.user_id")
"""Without these the room has the meeting's title, and the user an ID made from the name."""


def can_be_typed(row) -> bool:
    """Of a choice nothing wrong can be chosen, half a letter is on no keyboard, and what is left empty is wrong only
    where it is needed."""
    field, typed = FIELDS[row["field"]], row["typed"]
    needed = field.required and field.path not in MADE
    return not isinstance(field.kind, Toggle | Choice) and (bool(typed.strip()) or needed) and typed != "\ud83d"


ROWS = [
    pytest.param(FIELDS[row["field"]], row["field"].partition(".")[0], row["typed"], row["words"],
                 id=f"{row['field']}-{row['typed'][:20]!a}")
    for row in TABLE if can_be_typed(row)
]  # fmt: skip


@pytest.fixture(scope="module")
def running(qapp, tmp_path_factory):
    """One program for the whole table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PNM_LAUNCHER_HOME", str(tmp_path_factory.mktemp("config")))
        program = Program(qapp)
        program.window.show()
        program.furnish()
        for index in (0, 2, 3, 4):
            program.furniture.form.page(index)
        yield program
        program.window.close()


@pytest.fixture
def program(running):
    """With a fresh meeting that could be joined, and two others that must stay as they are."""
    join = {"room_id": "algebra", "user_info.name": "Maria", "user_info.user_id": "maria-1"}
    other = Meeting(
        "other", "Other", PRACTICE, join, create={"max_participants": 7}, design={"header_bg_color": "#fff"}
    )
    made = Meeting(new_id(), "Algebra", PRACTICE, {**join, "user_info.user_metadata.extra_data": {"class": "10b"}})
    running.furniture.library.apply(
        lambda book: replace(book, meetings=()).with_meeting(other).with_meeting(made))  # fmt: skip
    running.furniture.shelf.choose(made.id)
    yield running
    running.furniture.joining.cancel()


def line_of(program, path):
    """What is typed into for a field."""
    forms = program.furniture.form.findChildren(Form)
    editor = next(each.editor(path) for each in forms if each.has(path))
    return editor.line() if isinstance(editor, ColorEditor) else editor


def paste(line, text) -> None:
    """As a person does: what cannot be typed comes from the clipboard."""
    clipboard = QApplication.clipboard()
    clipboard.setText(f"x{text}")  # PySide takes a mark of the encoding away from the beginning of a text
    line.selectAll()
    line.paste()
    if isinstance(line, QPlainTextEdit):
        line.moveCursor(QTextCursor.MoveOperation.Start)
        line.textCursor().deleteChar()
    else:
        line.home(False)
        line.del_()
    clipboard.clear()


def typed_in(line) -> str:
    return line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()


def test_the_table_is_long_enough():
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("field", "table", "typed", "words"), ROWS)
def test_is_told_beside_its_field_and_nothing_is_lost(program, field, table, typed, words):
    shelf, window = program.furniture.shelf, program.window
    before, others = shelf.meeting(), program.furniture.library.book.meetings[0]
    line = line_of(program, field.path)
    paste(line, typed)
    held = typed_in(line)
    window.join.click()

    assert not program.furniture.joining.under_way, "nothing is sent"
    found = next(problem for problem in program.furniture.form.problems() if problem.path == field.path)
    assert words in str(found)
    shown = [each.text() for each in visible(QLabel, window)]
    assert str(found) in shown
    assert window.status().endswith(("needs your attention.", "need your attention."))
    assert typed_in(line) == held

    saved = shelf.meeting()
    expected = {**before.values(table)}
    if held:
        expected[field.path] = saved.values(table)[field.path]
    else:
        expected.pop(field.path, None)
    assert saved == before.with_values(table, expected), "all other fields are as they were"
    shelf.choose("other")
    assert shelf.meeting() == others
    shelf.choose(before.id)
    assert typed_in(line) == held.removeprefix("\ufeff"), "PySide takes that mark away"
    assert str(found) in [each.text() for each in visible(QLabel, window)]


@pytest.mark.parametrize(("field", "table", "typed", "words"), ROWS)
def test_is_kept_as_it_was_typed(program, field, table, typed, words):
    line = line_of(program, field.path)
    paste(line, typed)
    if isinstance(line, QPlainTextEdit) or not any(char in typed for char in "\n\r\t\x00\u2028"):
        assert typed_in(line) == typed
    assert len(typed_in(line)) <= HELD_BY_A_LINE
