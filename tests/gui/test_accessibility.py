"""Keyboard, screen readers, large type, long translations and right-to-left writing, in all windows and pages."""

from collections.abc import Iterator

import pytest
from practice_school import activate, button, dialog, spoken_name, visible
from PySide6.QtCore import QPoint, QSize, Qt, QTranslator
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetrics, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from pnm_launcher.errors import SecretMissing
from pnm_launcher.gui.app import Program
from pnm_launcher.gui.problems import BugDialog
from pnm_launcher.gui.questions import ask
from pnm_launcher.gui.servers.secret_dialog import SecretDialog
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.gui.studio.studio import Studio
from pnm_launcher.meetings import PRACTICE, Meeting, Server
from pnm_launcher.paths import resource

SCHOOL = Server("s1", "School", "https://meet.school.example", "key")
PERSON = {"user_info.name": "Maria Weber", "user_info.user_id": "user_maria", "user_info.is_admin": True}
DESIGN = {"primary_color": "blau", "header_bg_color": "#0b7285", "custom_logo": "https://cdn.example.org/logo.png"}
ALGEBRA = Meeting("m1", "Algebra 10b", SCHOOL.id, {"room_id": "algebra-10b", **PERSON},
                  create={"max_participants": "about 20"}, design=DESIGN)  # fmt: skip
PAGES = ("you", "locks", "design", "room", "advanced", "chat room")
TOOLS = ("library", "proposals", "import", "export", "sheet", "assets")
WINDOWS = (*PAGES, *TOOLS, "welcome", "error", "busy", "server", "secret", "question", "bug")


@pytest.fixture
def show(qtbot, program):
    """Brings a part of the program onto the screen and gives its window."""
    return lambda name: shown(qtbot, program, name)


def shown(qtbot, program: Program, name: str) -> QWidget:
    parts, window = program.furniture, program.window
    if name == "welcome":
        return window
    parts.library.apply(lambda book: book.with_server(SCHOOL).with_meeting(ALGEBRA))
    parts.form.show_missing()
    if name in PAGES:
        parts.form.show_page(PAGES.index(name))
        for group in visible(QPushButton, window):
            if group.property("look") == "section" and not group.isChecked():
                group.click()
        return settled(qtbot, window)
    if name in TOOLS:
        parts.form.show_page(PAGES.index("design"))
        return settled(qtbot, parts.form.page(PAGES.index("design")).findChild(Studio).open(name))
    if name == "error":
        window.banner.show_error(SecretMissing(server="School"), ("Try again", bool), ("Type the secret…", bool))
        return settled(qtbot, window)
    if name == "busy":
        window.show_busy("Looking at the meeting…")
        return settled(qtbot, window)
    return settled(qtbot, opened(qtbot, program, name))


def opened(qtbot, program: Program, name: str) -> QDialog:
    """A dialog of the main window."""
    parts, window = program.furniture, program.window
    makers = {
        "server": (ServerDialog, lambda: parts.servers.edit("s1")),
        "secret": (SecretDialog, lambda: parts.servers.ask_secret("s1", bool)),
        "question": (QMessageBox, lambda: ask(window, "“Algebra 10b” is not running.", "Start it now?", "Start", bool)),
        "bug": (BugDialog, lambda: _bug(window)),
    }
    kind, make = makers[name]
    make()
    made = dialog(qtbot, kind, window)
    if isinstance(made, ServerDialog):
        made.fields.show_rare()
        made.fields.lines["address"].setText("https://no where")
        made.check.click()
    return made


def _bug(window: QWidget) -> None:
    BugDialog(RuntimeError("boom"), window).open()


def settled(qtbot, window: QWidget) -> QWidget:
    """The same window, once its layout has come to rest."""

    def sizes() -> list[QSize]:
        QApplication.sendPostedEvents()
        return [each.size() for each in window.findChildren(QWidget)]

    before = [None]

    def at_rest() -> bool:
        last, before[0] = before[0], sizes()
        return last == before[0]

    qtbot.waitUntil(at_rest)
    return window


def controls(window: QWidget) -> list[QWidget]:
    """All that can have the keyboard, each once."""
    found = []
    for each in window.findChildren(QWidget):
        inner = each.objectName().startswith("qt_") or isinstance(each, QScrollArea)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.focusProxy() and not inner:
            found.append(each)
    return found


class TestNames:
    @pytest.mark.parametrize("name", WINDOWS)
    def test_every_control_has_one(self, show, name):
        window = show(name)
        nameless = [repr(each) for each in controls(window) if not spoken_name(each).strip()]
        assert nameless == []
        assert controls(window)

    @pytest.mark.parametrize("name", WINDOWS)
    def test_are_told_apart(self, show, name):
        names = [spoken_name(each) for each in controls(show(name))]
        twice = {each for each in names if names.count(each) > 1}
        allowed = {"Microphone", "Recording", "Close"}
        assert {each for each in twice if name != "room"} <= allowed, sorted(twice)

    @pytest.mark.parametrize("name", ["server", "secret", "bug", "question"])
    def test_windows_have_titles(self, show, name):
        assert show(name).windowTitle()

    def test_problems_and_help_are_spoken_with_their_field(self, show):
        window = show("you")
        field = window.findChild(QLineEdit, "user_info.user_id")
        assert QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description) == (
            "Problem: The server refuses IDs that begin with “user_”.")  # fmt: skip

    def test_the_list_of_meetings_is_a_list_of_sentences(self, show):
        view = show("you").findChild(QListView, "Meetings")
        found = QAccessible.queryAccessibleInterface(view)
        assert found.role() == QAccessible.Role.List
        assert found.child(0).role() == QAccessible.Role.ListItem
        assert found.child(0).text(QAccessible.Text.Name) == "Algebra 10b, meet.school.example · algebra-10b"

    def test_a_message_is_spoken_when_it_appears(self, show, monkeypatch):
        from PySide6.QtGui import QAccessible as real

        spoken = []
        monkeypatch.setattr(real, "updateAccessibility", lambda event: spoken.append(event.message()))
        show("error")
        assert spoken == ["The API secret of School is not in your keyring. Type it once under “Server settings”. Your "
                          "administrator finds it in config.yaml (client → secret)."]  # fmt: skip


class Longer(QTranslator):
    """Every text 40 % longer, as in German, with words that can be broken as in any language."""

    def translate(self, context, text, disambiguation=None, n=-1):
        more = max(1, round(len(text) * 0.4))
        return f"{text} {('überlange ' * more)[:more].strip() or 'ü'}" if text else ""

    def isEmpty(self) -> bool:
        return False


@pytest.fixture(params=["as it is", "large type", "long texts", "German", "right to left"])
def looks(request, qapp) -> Iterator[str]:
    font = qapp.font()
    translator = QTranslator() if request.param == "German" else Longer()
    if request.param == "large type":
        larger = QFont(font)
        larger.setPointSizeF(font.pointSizeF() * 1.5)
        qapp.setFont(larger)
    if request.param == "German":
        assert translator.load("pnm-launcher_de", str(resource("i18n")))
    if request.param in ("German", "long texts"):
        qapp.installTranslator(translator)
    if request.param == "right to left":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield request.param
    qapp.setFont(font)
    qapp.removeTranslator(translator)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("name", WINDOWS)
def test_no_text_is_cut(qtbot, looks, program, name):
    program.window.resize(1280, 800)
    window = shown(qtbot, program, name)
    assert [told for each in window.findChildren(QWidget) if each.isVisible() and (told := cut(each))] == []


def cut(widget: QWidget) -> str:
    """What of a widget's text cannot be seen, in words, or nothing."""
    if isinstance(widget, QLabel) and widget.text():
        needed = (
            QSize(widget.width(), widget.heightForWidth(widget.width())) if widget.wordWrap() else widget.sizeHint()
        )
    elif isinstance(widget, QPushButton | QCheckBox):
        needed = widget.sizeHint()
        if widget.property("look") == "tab":  # bold when it is chosen
            bold = QFont(widget.font())
            bold.setWeight(QFont.Weight.DemiBold)
            needed.setWidth(QFontMetrics(bold).horizontalAdvance(widget.text()) + 24)
        if widget.property("look") == "swatch":
            return ""
    elif isinstance(widget, QComboBox):
        needed = QSize(QFontMetrics(widget.font()).horizontalAdvance(widget.currentText()) + 40, 0)
    elif isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        needed = QSize(QFontMetrics(widget.font()).horizontalAdvance(widget.placeholderText()) + 24, 0)
    else:
        return ""
    missing = needed - widget.size()
    text = widget.currentText() if isinstance(widget, QComboBox) else getattr(widget, "text", str)()
    return f"“{text}” lacks {missing}" if missing.width() > 1 or missing.height() > 1 else ""


@pytest.mark.parametrize("name", WINDOWS)
def test_nothing_overlaps(qtbot, looks, program, name):
    program.window.resize(1280, 800)
    window = shown(qtbot, program, name)
    overlaps = []
    for parent in [window, *window.findChildren(QWidget)]:
        inside = [each for each in parent.children() if isinstance(each, leaf()) and each.isVisible()]
        for number, one in enumerate(inside):
            for other in inside[number + 1 :]:
                if one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry().adjusted(1, 1, -1, -1)):
                    overlaps.append(f"{one} {getattr(one, 'text', str)()} and {other} {getattr(other, 'text', str)()}")
    assert overlaps == []


def leaf() -> tuple[type, ...]:
    return QLabel, QPushButton, QLineEdit, QComboBox, QCheckBox, QPlainTextEdit


def test_the_foot_of_the_list_shows_what_fits_and_the_rest_in_its_tooltip(qtbot, program):
    window = shown(qtbot, program, "you")
    foot = window.sidebar._foot
    window.sidebar.set_foot("1 server connected", "Secrets in " + "a very long name of a keyring " * 3)
    assert foot.text().startswith("1 server connected\nSecrets in a")
    assert foot.text().endswith("…")
    assert cut(foot) == ""
    assert foot.toolTip().endswith("keyring ")
    window.sidebar.set_foot("1 server connected", "Secrets in KWallet")
    assert foot.toolTip() == ""


def luminance(color: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG counts it, of opaque colours."""
    assert one.alpha() == other.alpha() == 255, f"{one.name(QColor.NameFormat.HexArgb)} lets something through"
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
class TestContrast:
    def test_of_every_pair_of_colours_is_enough_to_read(self, program, scheme):
        program.theme.choose(scheme)
        colors = {name: QColor(code) for name, code in program.theme.tokens.items()}
        grounds = {
            "text": ("background", "surface", "field", "soft", "hover", "danger_soft"),
            "muted": ("background", "surface", "field"),
            "accent": ("background", "surface"),
            "danger": ("background", "surface"),
            "ok": ("surface", "background"),
            "warning": ("warning_soft",),
            "on_accent": ("accent", "accent_hover"),
        }
        for name, behind in grounds.items():
            for ground in behind:
                assert contrast(colors[name], colors[ground]) >= 4.5, f"{name} on {ground}"

    def test_of_hints_in_empty_fields_is_enough_to_read(self, qtbot, program, scheme):
        program.theme.choose(scheme)
        window = shown(qtbot, program, "you")
        colors = {name: QColor(code) for name, code in program.theme.tokens.items()}
        search = window.findChild(QLineEdit, "search")
        assert contrast(search.palette().color(QPalette.ColorRole.PlaceholderText), colors["field"]) >= 4.5

    def test_of_a_tick_is_enough_to_see(self, qtbot, program, scheme):
        program.theme.choose(scheme)
        window = shown(qtbot, program, "advanced")
        hidden = window.findChild(QCheckBox, "user_info.is_hidden")
        hidden.setChecked(True)
        picture = settled(qtbot, window).grab().toImage()
        place = hidden.mapTo(window, QPoint(0, 0))
        colors = {picture.pixelColor(place.x() + x, place.y() + y).name() for x in range(20) for y in range(34)}
        assert program.theme.tokens["accent"].lower() in colors
        assert program.theme.tokens["on_accent"].lower() in colors


def test_high_contrast_keeps_the_looks_of_the_system(qtbot, qapp, program, monkeypatch):
    monkeypatch.setattr(type(program.theme), "_high_contrast", lambda self: True)
    program.theme.apply()
    try:
        window = shown(qtbot, program, "advanced")
        assert qapp.styleSheet() == ""
        assert not settled(qtbot, window).grab().isNull()
    finally:
        monkeypatch.undo()
        program.theme.apply()


def test_right_to_left_turns_the_window_round(qtbot, qapp, program):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = shown(qtbot, program, "you")
        assert window.sidebar.mapTo(window, window.sidebar.rect().center()).x() > window.width() / 2
        assert window.join.mapTo(window, window.join.rect().center()).x() < window.width() / 2
        tabs = [each for each in visible(QPushButton, window) if each.objectName().startswith("tab-")]
        assert tabs[0].x() > tabs[-1].x()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


# --- by keyboard alone ---------------------------------------------------------------------------------------------


def key(code: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    window = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    QTest.keyClick(window, code, modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier)


def tab_to(name: str) -> None:
    """Press Tab until the control of that name has the keyboard."""
    met = []
    for _ in range(80):
        focused = QApplication.focusWidget()
        met.append(spoken_name(focused) if focused else "nothing")
        if met[-1] == name:
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to “{name}”, only to {met}")


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


class TestKeyboard:
    def test_starts_at_what_the_user_most_likely_wants(self, qtbot, program):
        activate(qtbot, program.window)
        assert spoken_name(QApplication.focusWidget()) == "Open a practice room"

    def test_starts_at_join_where_there_is_a_meeting(self, qtbot, school):
        school.program.furniture.library.flush()
        again = Program(QApplication.instance())
        again.window.show()
        qtbot.waitExposed(again.window)
        again.furnish()
        activate(qtbot, again.window)
        assert spoken_name(QApplication.focusWidget()) == "Join"
        again.window.close()

    def test_tab_goes_through_the_window_as_it_is_read(self, qtbot, show):
        window = show("you")
        activate(qtbot, window)
        window.sidebar.focus_search()
        met = []
        for _ in range(20):
            met.append(spoken_name(QApplication.focusWidget()))
            key(Qt.Key.Key_Tab)
        assert met == [
            "Search meetings", "New meeting", "Meetings", "1 server connected. Secrets in your system's keyring",
            "About this program", "Title of the meeting", "You", "Server", "Room ID", "Open in: This app", "Name",
            "Role: Moderator", "User ID", "Picture", "Language", "Record my webcam",
            "Check camera and microphone…", "Not now", "Copy link…", "Open in browser",
        ]  # fmt: skip
        assert spoken_name(QApplication.focusWidget()) == "Join"

    def test_tab_stays_in_order_on_pages_made_later(self, qtbot, show):
        window = show("advanced")
        activate(qtbot, window)
        tab_to("Advanced")
        met = []
        for _ in range(9):
            met.append(spoken_name(QApplication.focusWidget()))
            key(Qt.Key.Key_Tab)
        assert met == ["Advanced", "Hidden", "External user ID", "Extra data", "What is sent when you join", "Copy",
                       "Copy link…", "Open in browser", "Join"]  # fmt: skip

    def test_a_message_comes_after_join(self, qtbot, show):
        window = show("error")
        activate(qtbot, window)
        window.join.setFocus()
        met = []
        for _ in range(4):
            key(Qt.Key.Key_Tab)
            met.append(spoken_name(QApplication.focusWidget()))
        assert met == ["Try again", "Type the secret…", "Close", "Search meetings"]

    def test_the_arrow_keys_choose_a_page_and_a_lock(self, qtbot, show):
        window = show("you")
        activate(qtbot, window)
        tab_to("You")
        key(Qt.Key.Key_Right)
        assert spoken_name(QApplication.focusWidget()) == "Locks"
        key(Qt.Key.Key_Tab)
        assert spoken_name(QApplication.focusWidget()) == "Microphone: Left to the room"
        key(Qt.Key.Key_Right)
        assert spoken_name(QApplication.focusWidget()) == "Microphone: Locked"

    def test_tab_goes_to_the_segment_that_is_chosen(self, qtbot, program, show):
        window = show("you")
        guest = ALGEBRA.with_values("join", {**ALGEBRA.join, "user_info.is_admin": False})
        program.furniture.library.apply(lambda book: book.with_meeting(guest))
        activate(qtbot, window)
        tab_to("Name")
        key(Qt.Key.Key_Tab)
        assert spoken_name(QApplication.focusWidget()) == "Role: Participant"
        key(Qt.Key.Key_Tab)
        assert spoken_name(QApplication.focusWidget()) == "User ID"
        key(Qt.Key.Key_Backtab)
        assert spoken_name(QApplication.focusWidget()) == "Role: Participant"
        key(Qt.Key.Key_Backtab)
        assert spoken_name(QApplication.focusWidget()) == "Name"

    @pytest.mark.parametrize("code", [Qt.Key.Key_Return, Qt.Key.Key_Space])
    def test_from_the_welcome_page_into_the_practice_room(self, qtbot, program, code):
        activate(qtbot, program.window)
        tab_to("Open a practice room")
        key(code)
        opening, shelf = program.furniture.opening, program.furniture.shelf
        qtbot.waitUntil(lambda: bool(shelf.meeting() and opening.window(shelf.meeting().id)), timeout=20_000)
        joined = opening.window(shelf.meeting().id)
        assert joined.isVisible()
        found = []

        def landed() -> bool:
            joined.page.runJavaScript("!!document.querySelector('.primary-button')", found.append)
            return bool(found and found[-1])

        qtbot.waitUntil(landed, timeout=20_000)

    def test_from_a_new_meeting_over_name_and_room_to_join(self, qtbot, program, practice):
        activate(qtbot, program.window)
        program.furniture.library.apply(lambda book: book.with_meeting(Meeting("p", "Practice", PRACTICE, {})))
        key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert spoken_name(QApplication.focusWidget()) == "Title of the meeting"
        write("Ethics")
        tab_to("Room ID")
        key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        write("ethics-7")
        tab_to("Name")
        key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        write("Zoe")  # QTest knows the keys of ASCII only
        tab_to("Role: Moderator")
        key(Qt.Key.Key_Right)
        assert spoken_name(QApplication.focusWidget()) == "Role: Participant"
        key(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        key(Qt.Key.Key_Backtab)
        assert spoken_name(QApplication.focusWidget()) == "Role: Participant", "the way back leads to the chosen one"
        tab_to("Copy link…")
        wished = []
        program.furniture.joining.opened.connect(lambda wish, link: wished.append(wish))
        key(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(wished), timeout=20_000)
        meeting = wished[0].meeting
        assert (meeting.title, meeting.room_id, meeting.user_name) == ("Ethics", "ethics-7", "Zoe")
        assert not meeting.join.get("user_info.is_admin")

    def test_join_has_a_key_from_everywhere(self, qtbot, program):
        activate(qtbot, program.window)
        join = {"room_id": "room-1", "user_info.name": "Zoë", "user_info.user_id": "zoe-1"}
        program.furniture.library.apply(lambda book: book.with_meeting(Meeting("p", "Practice", PRACTICE, join,
                                                                               opener="browser")))  # fmt: skip
        wished = []
        program.furniture.joining.busy.connect(wished.append)
        program.window.focus_title()
        key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: "Looking at the meeting…" in wished)
        program.furniture.joining.cancel()

    def test_enter_presses_the_button_that_has_the_keyboard(self, qtbot, show):
        window = show("server")
        activate(qtbot, window)
        tab_to("Cancel")
        key(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not any(isinstance(each, QDialog) for each in QApplication.topLevelWidgets()
                                        if each.isVisible()))  # fmt: skip

    def test_enter_in_a_field_of_a_dialog_means_its_main_button(self, qtbot, program):
        program.furniture.servers.add()
        window = dialog(qtbot, ServerDialog, program.window)
        activate(qtbot, window)
        tab_to("Address")
        write("no address")
        key(Qt.Key.Key_Return)
        assert window.fields.problems["address"].text()

    def test_a_question_is_answered_by_enter_and_by_escape(self, qtbot, program):
        answers = []
        for code in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
            ask(program.window, "Start?", "", "Start", lambda: answers.append("yes"), lambda: answers.append("no"))
            box = dialog(qtbot, QMessageBox, program.window)
            activate(qtbot, box)
            key(code)
            qtbot.waitUntil(lambda: not visible(QMessageBox, program.window))
        assert answers == ["yes", "no"]

    def test_no_text_field_keeps_the_tab_key(self, qtbot, show):
        window = show("advanced")
        for each in visible(QPlainTextEdit, window):
            assert each.tabChangesFocus(), each.accessibleName()
        assert button(window, "Join")
