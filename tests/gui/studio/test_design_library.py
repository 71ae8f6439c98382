"""The library of named designs: choosing, saving, renaming, versions, deleting with Undo, and another program."""

import json
import stat
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace

import pytest
from practice_school import activate, button, dialog, spoken_name
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu

from pnm_launcher import store
from pnm_launcher.gui.studio.design_compare import CompareDialog
from pnm_launcher.gui.studio.design_library import DesignLibrary
from pnm_launcher.gui.studio.design_naming import DesignNaming
from pnm_launcher.gui.studio.named_designs import MOST_NAME
from pnm_launcher.meetings import MOST_VERSIONS, PRACTICE, Book, Design, DesignVersion, Meeting
from pnm_launcher.paths import meetings_file
from pnm_launcher.schema import DESIGN

BLUE = {"primary_color": "#0b3d66", "header_bg_color": "#1234ff", "side_panel_bg_color": "#dcecf7"}
GREEN = {"primary_color": "#14532d", "footer_bg_color": "#14532d80"}
NOW = {"primary_color": "#c81e5a", "custom_logo": "https://school.example/logo.svg"}
JOIN = {"room_id": "maths", "user_info.name": "A", "user_info.user_id": "a"}
OLDER = DesignVersion("2026-01-02T08:00:00+00:00", GREEN, "Greener")
SAVED = "2026-05-02T08:30:00+00:00"
DESIGNS = (
    Design("a", "School blue", BLUE, "For all", SAVED, (OLDER,)),
    Design("b", "Autumn", GREEN, "", SAVED),
    Design("c", "Chess club", {"primary_color": "#000000"}, "Knights", ""),
)
HOSTILE = ("\u202egnp.exe\u202c", "x" * 10_000, "Two\nlines\r\nand\ttabs", "\x00\x1b[31m", "", "\u2066" * 5_000)


class Opened:
    """The library's dialog over the program's window, with what it gave back."""

    def __init__(self, qtbot, program, designs=DESIGNS, current=NOW, title="Maths 9b"):
        self.qtbot, self.program, self.parts = qtbot, program, program.furniture
        maths = Meeting("m1", "Maths 9b", PRACTICE, JOIN, design=NOW)
        art = Meeting("m2", "Art", PRACTICE, JOIN, design={**BLUE, "primary_color": "#0B3D66"})
        self.library.apply(lambda book: replace(book.with_meeting(maths).with_meeting(art), designs=tuple(designs)))
        self.dialog = DesignLibrary(program.window, self.library, current, title=title, jobs=self.parts.jobs,
                                    practice=self.parts.connections.practice)  # fmt: skip
        self.taken = []
        self.dialog.taken.connect(self.taken.append)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)
        activate(qtbot, self.dialog)

    @property
    def library(self):
        return self.parts.library

    @property
    def view(self):
        return self.dialog.list.view

    @property
    def details(self):
        return self.dialog.details

    def book(self, design_id) -> Design:
        return next(each for each in self.library.book.designs if each.id == design_id)

    def names(self):
        return [each.name for each in self.library.book.designs]

    def shown(self):
        return [self.view.model().index(row, 0).data() for row in range(self.view.model().rowCount())]

    def choose(self, *ids):
        self.dialog.browser.refresh(ids)

    def place(self, name):
        return self.view.visualRect(self.view.model().index(self.shown().index(name), 0)).center()

    def naming(self) -> DesignNaming:
        return dialog(self.qtbot, DesignNaming, self.dialog)

    def on_disk(self) -> Book:
        self.qtbot.waitUntil(lambda: not self.library.unsaved, timeout=10_000)
        book, problem = store.load(meetings_file())
        assert problem is None
        return book

    def press(self, key, *, times=1):
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget(), key)

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def opened(qtbot, program):
    return Opened(qtbot, program)


def command(*arguments, text=""):
    """The command line, as another program at the same time."""
    done = subprocess.run([sys.executable, "-m", "pnm_launcher", "design", *arguments], input=text, timeout=60,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr


class TestUsing:
    def test_gives_every_parameter_with_empty_text_for_what_is_not_set(self, opened):
        opened.choose("a")
        opened.dialog.use.click()
        assert opened.taken == [{field.path: BLUE.get(field.path, "") for field in DESIGN}]
        assert len(opened.taken[0]) == 15
        assert not opened.dialog.isVisible()

    def test_enter_in_the_list_uses_it_once(self, opened):
        opened.choose("b")
        opened.view.setFocus()
        opened.press(Qt.Key.Key_Return)
        assert [each["primary_color"] for each in opened.taken] == ["#14532d"]

    def test_a_double_click_uses_it_once(self, opened):
        QTest.mouseClick(opened.view.viewport(), Qt.MouseButton.LeftButton, pos=opened.place("Chess club"))
        QTest.mouseDClick(opened.view.viewport(), Qt.MouseButton.LeftButton, pos=opened.place("Chess club"))
        assert [each["primary_color"] for each in opened.taken] == ["#000000"]

    def test_words_find_a_design_by_name_or_note_and_enter_uses_it(self, opened):
        opened.dialog.list.search.setFocus()
        opened.type("knig")
        assert opened.shown() == ["Chess club"]
        opened.press(Qt.Key.Key_Return)
        assert [each["primary_color"] for each in opened.taken] == ["#000000"]

    def test_the_arrow_keys_lead_from_the_search_into_the_list(self, opened):
        opened.choose("b")
        opened.dialog.list.search.setFocus()
        opened.press(Qt.Key.Key_Down)
        assert QApplication.focusWidget() is opened.view
        assert opened.details.name.text() == "Chess club"

    def test_words_that_nothing_has_say_so_and_nothing_can_be_used(self, opened):
        opened.dialog.list.search.setText("zebra")
        assert "No design has these words." in [each.text() for each in opened.dialog.findChildren(QLabel)
                                                if each.isVisible()]  # fmt: skip
        assert not opened.dialog.use.isEnabled()
        opened.dialog.list.search.setText("")
        assert opened.shown() == ["Autumn", "Chess club", "School blue"]
        assert opened.dialog.use.isEnabled()

    def test_what_is_no_colour_is_left_out_and_named(self, qtbot, program):
        bad = {**BLUE, "footer_bg_color": "red}body{background:url(//evil.example)", "odd\u202e": "x", "custom_logo": 7}
        opened = Opened(qtbot, program, [Design("x", "From a stranger", bad)])
        words = opened.details.unusable.text()
        assert words == "Values that cannot be used, and are left out (3): footer_bg_color, odd, custom_logo."
        opened.dialog.use.click()
        assert opened.taken == [{field.path: BLUE.get(field.path, "") for field in DESIGN}]

    def test_closing_gives_nothing(self, opened):
        opened.press(Qt.Key.Key_Escape)
        assert not opened.dialog.isVisible()
        assert opened.taken == []


class TestWhatIsShown:
    def test_the_meetings_with_equal_values_are_named(self, opened):
        opened.choose("a")
        assert "Used in “Art”." in opened.details.used.text(), "#0B3D66 is #0b3d66"
        opened.choose("b")
        assert "No meeting has this design now." in opened.details.used.text()

    def test_the_design_that_the_meeting_has_is_marked_and_cannot_be_saved_again(self, qtbot, program):
        opened = Opened(qtbot, program, current=BLUE)
        found = QAccessible.queryAccessibleInterface(opened.view)
        spoken = [found.child(row).text(QAccessible.Text.Name) for row in range(found.childCount())]
        assert [("in this meeting" in each) for each in spoken] == [False, False, True]
        opened.choose("a")
        assert not opened.details.save_version.isEnabled()
        opened.choose("b")
        assert opened.details.save_version.isEnabled()

    def test_a_row_is_painted_with_its_colours_side_by_side(self, opened):
        opened.choose("b")
        picture = opened.view.grab().toImage()
        area = opened.view.visualRect(opened.view.model().index(2, 0))
        corner = opened.view.viewport().mapTo(opened.view, area.topLeft())
        line = [picture.pixelColor(corner + QPoint(x, area.height() - 16)).name() for x in range(area.width())]
        assert [color for color in dict.fromkeys(line) if color in BLUE.values()] == list(BLUE.values())
        wide = [line.count(color) for color in BLUE.values()]
        assert max(wide) - min(wide) <= 2
        assert sum(wide) > area.width() - 40

    def test_the_values_have_their_names_and_swatches(self, opened):
        opened.choose("a")
        model = opened.details.values.model()
        rows = [[model.index(row, column).data() for column in range(2)] for row in range(model.rowCount())]
        assert rows == [["Primary", "#0b3d66"], ["Header", "#1234ff"], ["Side panels", "#dcecf7"]]
        swatch = model.index(1, 1).data(Qt.ItemDataRole.DecorationRole).pixmap(16, 16).toImage()
        assert swatch.pixelColor(swatch.rect().center()).name() == "#1234ff"

    def test_everything_has_a_name_and_is_reached_by_tab(self, opened):
        opened.choose("a")
        opened.dialog.list.search.setFocus()
        reached = set()
        for _ in range(60):
            reached.add(QApplication.focusWidget())
            opened.press(Qt.Key.Key_Tab)
        details, dialog = opened.details, opened.dialog
        wanted = {opened.view, details.name, details.note, details.save_version, details.compare, details.duplicate,
                  details.delete, details.values, details.versions.view, dialog.save_as, dialog.close_button,
                  dialog.use}  # fmt: skip
        assert wanted <= reached
        assert all(spoken_name(each) for each in reached)

    def test_an_empty_library_says_what_it_is_for_and_begins_it(self, qtbot, program):
        opened = Opened(qtbot, program, designs=())
        assert not opened.view.isVisible()
        assert button(opened.dialog, "Save this meeting's design as…") is opened.dialog.browser.save_first
        opened.press(Qt.Key.Key_Return)
        naming = opened.naming()
        assert naming.name.text() == "Maths 9b"
        naming.save.click()
        assert opened.names() == ["Maths 9b"]
        assert opened.view.isVisible()
        assert opened.dialog.use.isVisible()

    def test_a_meeting_without_a_design_has_nothing_to_save_and_is_told_so(self, qtbot, program):
        opened = Opened(qtbot, program, designs=(), current={})
        assert not opened.dialog.browser.save_first.isEnabled()
        assert any("Set a colour first" in each.text() for each in opened.dialog.findChildren(QLabel))

    def test_the_menu_of_a_design_offers_what_the_buttons_do(self, opened):
        opened.choose("c")
        opened.view.customContextMenuRequested.emit(opened.place("Chess club"))
        opened.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        texts = [action.text() for action in menu.actions()]
        assert texts == ["Use for this meeting", "Save a new version…", "Duplicate", "Compare with this meeting…",
                         "Delete", "Rename"]  # fmt: skip
        menu.actions()[4].trigger()
        menu.close()
        assert "Chess club" not in opened.names()


class TestSaving:
    def test_a_new_name_makes_a_new_design(self, opened):
        opened.dialog.save_as.click()
        naming = opened.naming()
        assert naming.name.text() == "Maths 9b"
        naming.name.setText("  Sports\u202e day ")
        naming.note.setText("For July")
        naming.save.click()
        made = next(each for each in opened.library.book.designs if each.name == "Sports day")
        assert (dict(made.values), made.note, made.versions) == (NOW, "For July", ())
        assert made.saved
        assert opened.details.name.text() == "Sports day", "and it is shown"
        assert made in opened.on_disk().designs

    def test_a_name_that_is_there_makes_a_new_version_of_it_after_saying_so(self, opened):
        opened.dialog.save_as.click()
        naming = opened.naming()
        assert naming.hint.text() == ""
        naming.name.setText("SCHOOL BLUE")
        assert "“School blue” already" in naming.hint.text()
        assert naming.save.text() == "Save as a new version"
        naming.note.setText("Pink now")
        QTest.keyClick(naming.note, Qt.Key.Key_Return)
        design = opened.book("a")
        assert (design.name, dict(design.values), design.note) == ("School blue", NOW, "Pink now")
        assert [(version.saved, version.values, version.note) for version in design.versions] == [
            (SAVED, BLUE, "For all"), (OLDER.saved, GREEN, "Greener")]  # fmt: skip
        assert len(opened.names()) == 3

    def test_a_design_needs_a_name(self, opened):
        opened.dialog.save_as.click()
        naming = opened.naming()
        for text in ("", "  ", "\u202e\u200b"):
            naming.name.setText(text)
            assert not naming.save.isEnabled()
        naming.reject()
        assert opened.names() == [each.name for each in DESIGNS]

    def test_a_new_version_of_the_chosen_one_asks_for_its_note_only(self, opened):
        opened.choose("c")
        opened.details.save_version.click()
        naming = opened.naming()
        assert not naming.name.isVisible()
        opened.qtbot.waitUntil(lambda: QApplication.focusWidget() is naming.note)
        naming.note.setText("New queen")
        naming.save.click()
        assert opened.book("c").note == "New queen"
        assert dict(opened.book("c").values) == NOW
        assert [version.note for version in opened.book("c").versions] == ["Knights"]
        assert opened.details.versions.heading.text() == "Versions (2)"

    def test_a_duplicate_has_a_name_of_its_own_and_waits_for_another(self, opened):
        opened.choose("a")
        opened.details.duplicate.click()
        copy = opened.library.book.designs[-1]
        assert (copy.name, copy.values, copy.versions) == ("School blue (2)", BLUE, ())
        assert QApplication.focusWidget() is opened.details.name
        opened.type("Sea")
        opened.press(Qt.Key.Key_Return)
        assert opened.names()[-1] == "Sea"
        assert opened.names()[0] == "School blue"

    def test_restoring_a_version_keeps_the_state_before_it(self, opened):
        opened.choose("a")
        versions = opened.details.versions
        assert not versions.restore.isEnabled(), "the present state is chosen"
        versions.view.setFocus()
        opened.press(Qt.Key.Key_Down)
        versions.restore.click()
        design = opened.book("a")
        assert (design.values, design.note) == (GREEN, "Greener")
        assert [version.values for version in design.versions] == [BLUE, GREEN]
        opened.press(Qt.Key.Key_Down)
        versions.restore.click()
        assert opened.book("a").values == BLUE
        assert [version.values for version in opened.on_disk().design("a").versions] == [GREEN, BLUE, GREEN]

    def test_says_before_the_oldest_version_goes(self, qtbot, program):
        versions = tuple(replace(OLDER, note=f"State {number}") for number in range(MOST_VERSIONS - 1))
        opened = Opened(qtbot, program, [Design("x", "Old", BLUE, "", SAVED, versions)])
        heading = opened.details.versions.heading
        assert heading.text() == f"Versions ({MOST_VERSIONS})"
        opened.details.save_version.click()
        opened.naming().save.click()
        assert heading.text() == f"Versions ({MOST_VERSIONS + 1}; the oldest goes next)"
        assert [each.note for each in opened.book("x").versions[-1:]] == [f"State {MOST_VERSIONS - 2}"]

    def test_enter_on_a_version_compares_it_and_uses_nothing(self, opened):
        opened.choose("a")
        opened.details.versions.view.setFocus()
        opened.press(Qt.Key.Key_Return)
        assert opened.dialog.isVisible()
        assert opened.taken == []
        opened.press(Qt.Key.Key_Down)
        opened.press(Qt.Key.Key_Return)
        compare = dialog(opened.qtbot, CompareDialog, opened.dialog)
        assert compare.left.design == GREEN
        assert compare.right.design == BLUE
        compare.reject()
        assert opened.taken == []

    def test_a_note_is_written_in_its_place(self, opened):
        opened.choose("b")
        opened.details.note.setFocus()
        opened.type("Leaves")
        opened.press(Qt.Key.Key_Return)
        assert opened.book("b").note == "Leaves"
        assert opened.book("b").versions == ()
        assert QApplication.focusWidget() is opened.view
        assert opened.taken == []


class TestRenaming:
    def begin(self, opened, design_id="b"):
        opened.choose(design_id)
        opened.view.setFocus()
        opened.press(Qt.Key.Key_F2)
        assert QApplication.focusWidget() is opened.details.name

    def test_f2_and_enter_rename_it(self, opened):
        self.begin(opened)
        opened.type("Winter")
        opened.press(Qt.Key.Key_Return)
        assert opened.book("b").name == "Winter"
        assert opened.shown() == ["Chess club", "School blue", "Winter"]
        assert opened.details.name.text() == "Winter"
        assert QApplication.focusWidget() is opened.view
        assert opened.taken == []
        assert opened.on_disk().design("b").name == "Winter"

    def test_leaving_the_line_or_closing_keeps_the_name(self, opened):
        self.begin(opened)
        opened.type("Winter")
        opened.press(Qt.Key.Key_Tab)
        assert opened.book("b").name == "Winter"
        self.begin(opened)
        opened.type("Spring")
        opened.dialog.close()
        assert opened.book("b").name == "Spring"

    def test_escape_brings_the_name_back_and_only_then_closes(self, opened):
        self.begin(opened)
        opened.type("Winter")
        opened.press(Qt.Key.Key_Escape)
        assert opened.details.name.text() == "Autumn"
        assert opened.book("b").name == "Autumn"
        assert opened.dialog.isVisible()
        opened.press(Qt.Key.Key_Escape)
        assert not opened.dialog.isVisible()

    @pytest.mark.parametrize(("typed", "reason"), [("school BLUE", "is called “School blue”"), ("", "needs a name")])
    def test_a_name_that_cannot_be_is_refused_and_stays_to_be_mended(self, opened, typed, reason):
        self.begin(opened)
        opened.press(Qt.Key.Key_Backspace)
        opened.type(typed)
        opened.press(Qt.Key.Key_Return)
        assert reason in opened.details.problem.text()
        assert opened.details.problem.isVisible()
        assert opened.details.name.text() == typed
        assert QApplication.focusWidget() is opened.details.name
        assert opened.book("b").name == "Autumn"
        opened.choose("c")
        assert not opened.details.problem.isVisible()

    def test_other_letters_of_its_own_name_are_no_clash(self, opened):
        self.begin(opened)
        opened.type("AUTUMN")
        opened.press(Qt.Key.Key_Return)
        assert opened.book("b").name == "AUTUMN"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_name_is_made_safe_or_refused(self, opened, text):
        self.begin(opened)
        QApplication.clipboard().setText(text)
        opened.details.name.paste()
        opened.press(Qt.Key.Key_Return)
        name = opened.book("b").name
        assert safe(name)
        assert safe(opened.shown()[0])


def safe(text) -> bool:
    return 0 < len(text) <= MOST_NAME and not any(unicodedata.category(each).startswith("C") for each in text)


class TestDeleting:
    def test_is_done_at_once_and_undone_with_its_versions_in_its_place(self, opened):
        opened.choose("a")
        opened.view.setFocus()
        opened.press(Qt.Key.Key_Delete)
        assert opened.names() == ["Autumn", "Chess club"]
        assert opened.dialog.banner.text() == "“School blue” was deleted."
        assert opened.details.name.text() == "Chess club", "what is beside it is chosen"
        assert [each.id for each in opened.on_disk().designs] == ["b", "c"]
        button(opened.dialog.banner, "Undo").click()
        assert opened.library.book.designs == DESIGNS
        assert opened.details.name.text() == "School blue"
        assert not opened.dialog.banner.isVisible()
        assert opened.on_disk().designs == DESIGNS

    def test_one_after_the_other_comes_back_the_other_way_round(self, opened):
        opened.choose("a")
        opened.details.delete.click()
        opened.choose("b")
        opened.details.delete.click()
        QTest.keyClick(opened.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert sorted(opened.names()) == ["Autumn", "Chess club"]
        assert opened.dialog.banner.text() == "“School blue” was deleted."
        QTest.keyClick(opened.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert opened.library.book.designs == DESIGNS
        QTest.keyClick(opened.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert opened.library.book.designs == DESIGNS

    def test_several_go_and_come_together(self, opened):
        opened.view.setFocus()
        opened.choose("b")
        QTest.keyClick(opened.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        opened.press(Qt.Key.Key_Delete)
        assert opened.names() == ["School blue"]
        assert opened.dialog.banner.text() == "2 designs were deleted."
        button(opened.dialog.banner, "Undo").click()
        assert opened.library.book.designs == DESIGNS

    def test_the_last_one_leaves_the_empty_library_and_undo(self, qtbot, program):
        opened = Opened(qtbot, program, DESIGNS[:1])
        opened.view.setFocus()
        opened.press(Qt.Key.Key_Delete)
        assert opened.dialog.browser.save_first.isVisible()
        button(opened.dialog.banner, "Undo").click()
        assert opened.library.book.designs == DESIGNS[:1]

    def test_the_delete_key_in_a_text_deletes_letters_only(self, opened):
        opened.choose("b")
        opened.press(Qt.Key.Key_F2)
        opened.press(Qt.Key.Key_Delete)
        opened.press(Qt.Key.Key_Escape)
        assert len(opened.names()) == 3

    def test_undo_does_not_make_a_name_twice(self, opened):
        opened.choose("b")
        opened.details.delete.click()
        opened.dialog.shelf.save_as("Autumn", "", NOW)
        button(opened.dialog.banner, "Undo").click()
        assert sorted(opened.names()) == ["Autumn", "Autumn (2)", "Chess club", "School blue"]


class TestComparing:
    def test_the_meeting_with_the_chosen_one(self, opened):
        opened.choose("a")
        opened.details.compare.click()
        compare = dialog(opened.qtbot, CompareDialog, opened.dialog)
        assert compare.left.name.text() == "“Maths 9b” now"
        assert compare.right.name.text() == "School blue"
        assert (compare.left.design, compare.right.design) == (NOW, BLUE)
        compare.reject()

    def test_two_chosen_ones(self, opened):
        opened.choose("b", "a")
        assert opened.details.compare.text() == "Compare the two…"
        assert not opened.dialog.use.isEnabled(), "which one?"
        opened.details.compare.click()
        compare = dialog(opened.qtbot, CompareDialog, opened.dialog)
        assert (compare.left.name.text(), compare.right.name.text()) == ("Autumn", "School blue")
        compare.reject()
        opened.choose("a", "b", "c")
        assert not opened.details.compare.isEnabled()


class TestAnotherProgram:
    def test_that_saves_a_design_meanwhile_loses_nothing_and_nothing_of_ours(self, opened):
        opened.on_disk()
        command("save", "From the terminal", "-", text=json.dumps(GREEN))
        opened.dialog.shelf.save_as("From the window", "", NOW)
        names = [each.name for each in opened.on_disk().designs]
        assert sorted(names) == ["Autumn", "Chess club", "From the terminal", "From the window", "School blue"]

    def test_that_takes_the_same_name_keeps_it_and_ours_gets_a_number(self, opened):
        opened.on_disk()
        command("save", "Sports", "-", text=json.dumps(GREEN))
        opened.dialog.shelf.save_as("Sports", "", NOW)
        found = {each.name: dict(each.values) for each in opened.on_disk().designs}
        assert found["Sports"] == GREEN
        assert found["Sports (2)"] == NOW

    def test_that_saves_a_version_of_the_same_design_finds_it_below_ours(self, opened):
        opened.on_disk()
        command("save", "School blue", "-", text=json.dumps({"primary_color": "#00ff00"}))
        opened.dialog.shelf.save_version(opened.book("a"), "", NOW)
        design = opened.on_disk().design("a")
        assert dict(design.values) == NOW
        assert [dict(version.values) for version in design.versions] == [{"primary_color": "#00ff00"}, BLUE, GREEN]

    def test_that_removes_a_design_does_not_take_our_new_version_with_it(self, opened):
        opened.on_disk()
        command("remove", "Autumn")
        opened.dialog.shelf.save_version(opened.book("b"), "", NOW)
        assert dict(opened.on_disk().design("b").values) == NOW

    def test_whose_version_we_delete_gets_it_back_with_undo(self, opened):
        opened.on_disk()
        command("save", "Autumn", "-", text=json.dumps({"primary_color": "#00ff00"}))
        opened.choose("b")
        opened.details.delete.click()
        assert "Autumn" not in [each.name for each in opened.on_disk().designs]
        button(opened.dialog.banner, "Undo").click()
        assert dict(opened.on_disk().design("b").values) == {"primary_color": "#00ff00"}
        assert dict(opened.book("b").values) == {"primary_color": "#00ff00"}

    def test_that_locks_the_folder_loses_nothing_and_is_told(self, opened):
        opened.on_disk()
        folder = meetings_file().parent
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            opened.dialog.shelf.save_as("Not yet", "", NOW)
            opened.qtbot.waitUntil(lambda: "could not be saved" in opened.dialog.banner.text(), timeout=10_000)
            assert "Not yet" in opened.shown()
        finally:
            folder.chmod(stat.S_IRWXU)
        opened.dialog.shelf.save_as("And this", "", NOW)
        assert {"Not yet", "And this"} <= {each.name for each in opened.on_disk().designs}


class TestMany:
    def designs(self, count=300):
        for number in range(count):
            colors = {field.path: f"#{(number * 7919 + place * 104729) % 0xFFFFFF:06x}"
                      for place, field in enumerate(list(DESIGN)[:12])}  # fmt: skip
            versions = tuple(DesignVersion(SAVED, colors, f"State {each}") for each in range(MOST_VERSIONS))
            yield Design(f"d{number}", f"Design {number:03}", colors, f"Note {number}", SAVED, versions)

    def test_three_hundred_designs_are_quick(self, qtbot, program, record_property):
        began = time.perf_counter()
        opened = Opened(qtbot, program, tuple(self.designs()))
        opened.view.grab()
        seconds = {"open": time.perf_counter() - began}
        for name, act in (
            ("search", lambda: opened.dialog.list.search.setText("29")),
            ("clear", lambda: opened.dialog.list.search.setText("")),
            ("end", lambda: QTest.keyClick(opened.view, Qt.Key.Key_End)),
            ("up", lambda: QTest.keyClick(opened.view, Qt.Key.Key_Up)),
            ("rename", lambda: opened.dialog.shelf.rename(opened.book("d7"), "Aardvark")),
            ("delete", opened.details.delete.click),
        ):
            began = time.perf_counter()
            act()
            QApplication.sendPostedEvents()
            opened.view.grab()
            seconds[name] = time.perf_counter() - began
        print({name: f"{1000 * value:.0f} ms" for name, value in seconds.items()})
        assert len(opened.shown()) == 299
        assert seconds.pop("open") < 3, "with the window manager's part"
        assert max(seconds.values()) < 0.5, seconds


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_notes_from_a_file_are_shown_safely(qtbot, program, text):
    design = Design("x", text, {text[:50] or "y": "red", **BLUE}, text, text, (DesignVersion(text, BLUE, text),))
    opened = Opened(qtbot, program, [design, *DESIGNS])
    opened.choose("x")
    opened.view.grab()
    opened.dialog.grab()
    texts = [each.text() for kind in (QLabel, QLineEdit, QAbstractButton) for each in opened.dialog.findChildren(kind)]
    models = (opened.view.model(), opened.details.versions.view.model(), opened.details.values.model())
    texts += [str(model.index(row, 0).data(role)) for model in models for row in range(model.rowCount())
              for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)]  # fmt: skip
    for shown in texts:
        assert len(shown) < 800
        assert not any(unicodedata.category(each) in ("Cc", "Cf") for each in shown.replace("\n\n", " ")), repr(shown)
    assert opened.book("x").name == text, "what is not changed stays as it is"
    opened.dialog.use.click()
    assert opened.taken[0]["primary_color"] == "#0b3d66"
