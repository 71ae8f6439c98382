"""Everything that the real client asks of the window around it: each has a test here or elsewhere."""

import re
from pathlib import Path

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

FOLDER = Path(__file__).parent
HOST = "test_host_page.py::test_a_request_is_answered"
REQUESTS = {
    "camera and microphone": [HOST, "test_host_page.py::test_the_devices_have_names_once_one_is_in_use"],
    "share a screen": [
        "test_host_page.py::test_a_chosen_screen_is_shared",
        "test_host_page.py::test_a_cancelled_choice_of_the_screen_is_what_the_client_takes_for_no_fault",
    ],
    "local recording": ["test_host_page.py::test_a_recording_of_the_screen_is_saved"],
    "notifications": [
        HOST,
        "test_comforts.py::test_a_notification_is_the_desktops_and_a_click_brings_the_meeting_back",
    ],
    "full screen": [HOST, "test_meeting_window.py::test_full_screen_has_a_hint_and_a_way_out"],
    "picture in picture": [
        "test_host_page.py::test_the_limits_of_the_engine_are_those_the_program_speaks_of",
        "test_limits.py::test_the_menu_says_what_the_window_cannot_do_as_the_engine_itself_says_it",
    ],
    "breakout rooms": [
        "test_host_page.py::test_a_breakout_room_opens_as_a_window_with_the_meetings_cookie_and_closes_itself"
    ],
    "links": ["test_host_page.py::test_another_site_opens_in_the_browser"],
    "files behind links, downloads": ["test_host_page.py::test_a_file_is_saved"],
    "save a whiteboard": ["test_client_requests.py::test_a_whiteboard_is_saved_where_the_user_wants_it"],
    "copy": [HOST, "test_host_page.py::test_what_is_copied_is_on_the_clipboard"],
    "paste a picture": ["test_client_requests.py::test_a_picture_is_pasted_into_the_chat"],
    "uploads": [
        "test_host_page.py::test_a_chosen_file_is_sent",
        "test_client_requests.py::test_a_file_is_dropped_into_the_chat",
    ],
    "the screen stays on": ["test_comforts.py::test_the_screen_stays_on_while_the_meeting_is_shown_and_no_longer"],
    "WebAssembly, workers, WebGL": ["test_host_page.py::test_the_page_may_calculate_and_draw"],
    "encryption from end to end, storage": [HOST],
    "sound": [HOST, "test_client_requests.py::test_the_voices_of_the_others_need_no_click"],
    "shared websites": ["test_meeting_page.py::test_other_sites_may_be_shown_inside_the_page"],
    "leaving": ["test_meeting_end.py::test_the_page_is_told_that_the_window_closes"],
    "who looks elsewhere": ["test_client_requests.py::test_the_page_hears_when_the_user_looks_elsewhere"],
    "the end, its page": [
        "test_host_page.py::test_the_logout_page_is_offered_after_the_end",
        "test_leaving.py::test_a_window_that_the_meeting_closes_says_so_instead_of_vanishing",
    ],
    "a call": ["test_host_page.py::test_moving_pictures_go_from_one_meeting_window_to_another"],
}


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_request_has_its_tests(request_):
    for name in REQUESTS[request_]:
        file, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (FOLDER / file).read_text(), re.MULTILINE), name


CHAT = """<textarea id=chat style="position: fixed; inset: 0; width: 100%; height: 100%"></textarea><script>
  const chat = document.querySelector('#chat');
  const tell = ({files}) => window.got = [...files].map((file) => `${file.name} ${file.type} ${file.size > 0}`);
  chat.onpaste = (event) => tell(event.clipboardData);
  chat.ondragover = (event) => event.preventDefault();
  chat.ondrop = (event) => { event.preventDefault(); tell(event.dataTransfer); };
</script>"""


def test_a_picture_is_pasted_into_the_chat(pages, open_meeting):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(picture)
    pages.answers["/"] = HELLO + CHAT
    meeting = open_meeting().loaded()
    meeting.click("#chat")
    meeting.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    meeting.wait_js("window.got", ["image.png image/png true"])


def test_a_file_is_dropped_into_the_chat(pages, open_meeting, tmp_path):
    (tmp_path / "task.txt").write_text("Read page 12")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "task.txt"))])
    pages.answers["/"] = HELLO + CHAT
    meeting = open_meeting().loaded()
    meeting.painted()
    view, place = meeting.window.view, QPoint(100, 100)
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QDragEnterEvent(place, *how))
    QApplication.sendEvent(view, QDragMoveEvent(place, *how))
    QApplication.sendEvent(view, QDropEvent(QPointF(place), *how))
    meeting.wait_js("window.got", ["task.txt text/plain true"])
    assert meeting.js("location.pathname") == "/", "a file never takes the meeting's place"


def test_a_whiteboard_is_saved_where_the_user_wants_it(pages, open_meeting, tmp_path):
    pages.answers["/"] = HELLO + """<script>addEventListener('click', async () => {
      try {
        const handle = await showSaveFilePicker({suggestedName: 'board.excalidraw'});
        const out = await handle.createWritable();
        await out.write('{"type": "excalidraw"}');
        await out.close();
        window.got = 'saved';
      } catch (fault) { window.got = String(fault); }
    })</script>"""  # fmt: skip
    path = tmp_path / "board.excalidraw"
    meeting = open_meeting().loaded()
    choosing = QTimer(interval=20)  # the page waits for the answer inside of the dialog

    def choose():
        for dialog in meeting.dialogs(QFileDialog):
            choosing.stop()
            dialog.findChild(QLineEdit).setText(str(path))
            dialog.accept()

    choosing.timeout.connect(choose)
    choosing.start()
    meeting.click("#hello")
    meeting.wait_js("window.got", "saved")
    assert path.read_text() == '{"type": "excalidraw"}'


def test_the_voices_of_the_others_need_no_click(meeting):
    meeting.loaded().js("(sound = new AudioContext(), 1)")
    meeting.wait_js("sound.state", "running")
    assert meeting.js("'speechSynthesis' in window") is True


def test_the_page_hears_when_the_user_looks_elsewhere(qtbot, pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>seen = []; onblur = () => seen.push('blur')</script>"
    meeting = open_meeting().loaded()
    meeting.painted()
    qtbot.waitActive(meeting.window)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    meeting.wait_js("seen.includes('blur') && !document.hasFocus()", True)
    meeting.window.come_back()
    meeting.wait_js("document.hasFocus()", True)
    meeting.window.hide()
    meeting.wait_js("document.visibilityState", "hidden")
    meeting.window.come_back()
    meeting.wait_js("document.visibilityState", "visible")
