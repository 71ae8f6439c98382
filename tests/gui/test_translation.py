"""No window shows a sentence half in English: every word of our own is translated, and no word of others is."""

import http.client
import json
import re
import ssl
from collections.abc import Callable, Iterator

import pytest
from hostile_openings import FILES, LINKS
from own_words import Bracketed, left_over, shown_texts
from practice_school import JOIN, dialog, visible
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from test_accessibility import ALGEBRA, SCHOOL, WINDOWS, shown

from pnm_launcher import diagnosis, invitations, product, refusals, site_file, store, updates, verdict
from pnm_launcher.address import parse_address
from pnm_launcher.design.handover import WAYS, hand_over
from pnm_launcher.errors import InvalidValue, KeyringLocked, LauncherError, StoreUnreadable, UnknownMeeting
from pnm_launcher.gui.faults import next_step, sentence
from pnm_launcher.gui.managed_library import _differences
from pnm_launcher.gui.matrix.link_dialog import LinkDialog
from pnm_launcher.gui.reception import Reception
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.gui.texts import translate
from pnm_launcher.keychain import clean_secret
from pnm_launcher.matrix import discovery, third_party
from pnm_launcher.matrix import refusals as matrix_refusals
from pnm_launcher.matrix.calls import accepted
from pnm_launcher.matrix.faults import SignInNotKept
from pnm_launcher.matrix.room_address import parse_room
from pnm_launcher.meetings import Book
from pnm_launcher.schema import LANGUAGES
from pnm_launcher.session import Answer
from pnm_launcher.texts import clause, tr

PLACE = parse_address("https://meet.school.example")
WITHOUT_OURS = ("question", "busy", "error")
"""What these windows show, the tests write themselves."""
FOREIGN = (
    product.NAME,
    SCHOOL.name,
    ALGEBRA.title,
    ALGEBRA.user_name,
    *(name for _, name in LANGUAGES),
    "via",
    "localhost",
)
"""Not ours to translate: names of people, places and languages (each in itself), and technical words."""

SEEN = ("Schule am See", *map(str, JOIN.values()))
"""What the practice school is called, and who joins there."""


@pytest.fixture(autouse=True)
def in_brackets(qapp) -> Iterator[None]:
    """From before the program starts, every text of ours is translated into brackets."""
    translator = Bracketed()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


# --- a text and its details ----------------------------------------------------------------------------------------


def test_details_in_our_own_words_are_translated_and_those_of_others_are_not():
    reason = tr("the answer is {status}").format(status="Join")
    assert translate(tr("{field}: {problem}").format(field="Join", problem=reason)) == "Join⟦: ⟧⟦the answer is ⟧Join"


def test_a_name_that_is_spelt_like_a_text_of_ours_stays():
    assert translate("Join") == "Join"
    assert translate(tr("Join")) == "⟦Join⟧"
    assert sentence(UnknownMeeting(name="Join")) == "⟦There is no saved meeting called “⟧Join⟦”⟧."


def test_a_fault_within_a_fault_keeps_its_words():
    inner = InvalidValue("x", tr("“{host}” is not the name of a computer."), host="Join")
    outer = StoreUnreadable(reason=str(inner), copy="/x")
    assert str(outer) == "Your saved meetings could not be read: “Join” is not the name of a computer.."
    assert "⟦“⟧Join⟦” is not the name of a computer⟧." in sentence(outer)
    assert clause(str(inner)) == "“Join” is not the name of a computer"
    assert translate(clause(tr("Done."))) == "⟦Done⟧"


def test_braces_of_others_are_no_places():
    assert sentence(UnknownMeeting(name="{x}")) == "⟦There is no saved meeting called “⟧{x}⟦”⟧."
    assert translate(tr("in {curly} braces")) == "⟦in ⟧{curly}⟦ braces⟧"


# --- what the core says --------------------------------------------------------------------------------------------


def answer(status: int, body: object = b"", kind: str = "application/json") -> Answer:
    return Answer(status, body if isinstance(body, bytes) else json.dumps(body).encode(), kind, "")


class Always:
    """A session in which every call is answered in the same way."""

    def __init__(self, given: Answer | LauncherError) -> None:
        self.given = given

    def get(self, *_args: object, **_options: object) -> Answer:
        if isinstance(self.given, LauncherError):
            raise self.given
        return self.given

    send = get


def failing(call: Callable[[], object]) -> LauncherError:
    with pytest.raises(LauncherError) as caught:
        call()
    return caught.value


def assert_translated(error: LauncherError, *foreign: str) -> None:
    """All of it, and without the brackets it is what the command line says."""
    for english, words in ((str(error), sentence(error)), (error.next_step, next_step(error))):
        assert left_over(words, *foreign) == "", words
        assert re.sub("[⟦⟧]", "", words) == english


@pytest.mark.parametrize("opened", LINKS, ids=lambda text: ascii(text)[:60])
def test_refused_links_are_told_in_one_language(opened):
    error = failing(lambda: invitations.read(opened, "/nowhere"))
    assert_translated(error, *quoted(error))


@pytest.mark.parametrize("data", FILES, ids=lambda data: ascii(data[:60]))
def test_refused_files_are_told_in_one_language(data):
    error = failing(lambda: invitations.from_file(data))
    assert_translated(error, *quoted(error))


def quoted(error: LauncherError) -> list[str]:
    """What a sentence quotes of others: between quotes, or the system's reason."""
    return [part for found in re.findall(r"“([^”]+)”|cannot be read \((.+)\)\.", str(error)) for part in found if part]


@pytest.mark.parametrize(
    "content",
    [
        {"secret": "x"}, {"version": 9}, {"servers": {}}, {"servers": ["a"]}, {"servers": [{"id": "a"}]},
        {"servers": [{"id": "a", "name": "A", "address": "ftp:x", "api_key": "k"}]},
        {"meetings": [{"id": "a", "title": "A", "server": "other"}]},
        {"meetings": [{"id": "a", "title": "A", "server": "practice", "join": {}}]},
        {"meetings": [{"id": "a", "title": "A", "server": "practice", "create": {"nothing": 1}}]},
        {"designs": [{"id": "a", "name": "A", "values": {"primary_color": "url(x)"}}]},
        {"fixed": {"secret": True}}, {"updates": 1}, None,
    ],
    ids=str,
)  # fmt: skip
def test_refused_settings_of_an_organisation_are_told_in_one_language(content, tmp_path):
    path = tmp_path / "site.json"
    head = {"format": "pnm-launcher site", "version": 1}
    path.write_text("x" if content is None else json.dumps(head | content))
    error = failing(lambda: site_file.load(path))
    assert_translated(error, *quoted(error), str(path), "address")


REASONS = {
    "not https": lambda: diagnosis.translate(_encryption("WRONG_VERSION_NUMBER"), "h.example"),
    "old encryption": lambda: diagnosis.translate(_encryption("UNSUPPORTED_PROTOCOL"), "h.example"),
    "other encryption": lambda: diagnosis.translate(_encryption("X"), "h.example"),
    "not HTTP": lambda: diagnosis.translate(http.client.BadStatusLine("x"), "h.example"),
    "not JSON": lambda: failing(lambda: verdict.accepted(answer(200, b"{"), PLACE)),
    "a list": lambda: failing(lambda: verdict.accepted(answer(200, b"[]"), PLACE)),
    "odd status": lambda: failing(lambda: verdict.accepted(answer(302, {"status": True}), PLACE)),
    "a crash without words": lambda: failing(lambda: verdict.accepted(answer(500), PLACE)),
    "no health": lambda: failing(lambda: verdict.check_health(answer(200, b"x", "text/plain"), PLACE)),
    "no reason": lambda: refusals.refusal("", ""),
    "an update elsewhere": lambda: failing(lambda: updates.newest(str(PLACE), Always(answer(403)))),
    "an odd update": lambda: failing(lambda: updates.newest(str(PLACE), Always(answer(200, {"format": "x"})))),
    "an empty secret": lambda: failing(lambda: clean_secret("")),
    "a broken secret": lambda: failing(lambda: clean_secret("a b")),
    "a secret with accents": lambda: failing(lambda: clean_secret("é")),
    "a long secret": lambda: failing(lambda: clean_secret("x" * 100_000)),
    "sign-in not kept": lambda: SignInNotKept(reason=str(KeyringLocked())),
    "no homeserver": lambda: failing(lambda: discovery.find_homeserver("a.example", Always(answer(503)))),
    "an odd homeserver": lambda: failing(lambda: discovery.find_homeserver("a.example", Always(answer(200, [])))),
    "a homeserver at http": lambda: failing(lambda: discovery.find_homeserver("a.example", Always(answer(200, {
        "m.homeserver": {"base_url": "http://b.example"}})))),
    "a homeserver at nothing": lambda: failing(lambda: discovery.find_homeserver("a.example", Always(answer(200, {
        "m.homeserver": {"base_url": "https://a b"}})))),
    "a Matrix code": lambda: failing(lambda: accepted(answer(418), PLACE)),
    "a Matrix crash": lambda: failing(lambda: accepted(answer(500, b"{}"), PLACE)),
    "wait": lambda: matrix_refusals.refusal(answer(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 5}), PLACE),
    "wait a moment": lambda: matrix_refusals.refusal(answer(429, {"errcode": "M_LIMIT_EXCEEDED"}), PLACE),
    "no invitation": lambda: failing(lambda: third_party.parse_third_party("[]", "@a:b")),
}  # fmt: skip


def _encryption(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "x")
    error.reason = reason
    return error


@pytest.mark.parametrize("name", REASONS)
def test_reasons_are_told_in_the_language_of_their_sentence(name):
    assert_translated(REASONS[name](), "M_LIMIT_EXCEEDED")


def test_a_damaged_list_is_told_in_one_language(tmp_path):
    path = tmp_path / "book.json"
    path.write_bytes(b"[]")
    _, problem = store.load(path)
    assert_translated(problem)
    (tmp_path / "folder").mkdir()
    assert_translated(failing(lambda: store.update(tmp_path / "folder", lambda _: Book())))


# --- what the windows show -----------------------------------------------------------------------------------------


def untranslated(window: QWidget, *foreign: str) -> list[str]:
    return sorted({f"{place}: {left}   in   {text}" for place, text in shown_texts(window)
                   if (left := left_over(text, *FOREIGN, *foreign))})  # fmt: skip


def assert_all_translated(*foreign: str) -> None:
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert windows
    found = [text for each in windows for text in untranslated(each, *foreign)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("name", [each for each in WINDOWS if each not in WITHOUT_OURS])
def test_every_text_of_ours_is_translated(qtbot, program, name):
    assert shown(qtbot, program, name)
    assert_all_translated("boom", ALGEBRA.room_id)


LINK = "pnm-launcher:meeting?server=https://meet.other.example&room=maths&title=Maths&design.primary_color=%23010203"
DESIGNS = {
    "a good one": '{"primary_color": "#0a66c2", "header_color": "#ffffff", "colour": "x"}',
    "refused values": '{"primary_color": "blau", "custom_logo": "http://x.example/a.png"}',
    "no design": "primary_color",
}


def test_the_check_of_a_connection_is_told_in_one_language(qtbot, program, school):
    program.furniture.servers.edit("school")
    found = dialog(qtbot, ServerDialog, program.window)
    seen = []
    show_step = found.ladder.show_step
    found.ladder.show_step = lambda step: (show_step(step), seen.append(step.state), assert_all_translated(*SEEN))
    found.check.click()
    qtbot.waitUntil(lambda: len(seen) == 6, timeout=30_000)
    assert {"ok", "skipped"} <= set(seen)


def test_a_failed_check_is_told_in_one_language(qtbot, program, school):
    program.furniture.servers.edit("school")
    found = dialog(qtbot, ServerDialog, program.window)
    found.fields.lines["api_key"].setText("other")
    found.check.click()
    qtbot.waitUntil(lambda: found._under_way is None, timeout=30_000)
    assert_all_translated(*SEEN)


def test_a_fault_of_joining_is_told_in_one_language(qtbot, program, school):
    school.counter.answers["/auth/room/isRoomActive"] = {"status": False, "msg": ""}
    program.window.join.click()
    qtbot.waitUntil(lambda: school.banner.text() != "", timeout=20_000)
    assert_all_translated(*SEEN)


def test_an_invitation_is_shown_in_one_language(qtbot, program):
    reception = Reception(program)
    reception.receive(LINK)
    qtbot.waitUntil(lambda: reception.dialog is not None, timeout=10_000)
    assert_all_translated("Maths", "maths")
    reception.dialog.reject()


@pytest.mark.parametrize("name", ["about", "chat link", "accounts", "sign in", "devices"])
def test_other_dialogs_are_in_one_language(qtbot, program, name):
    parts = program.furniture
    parts.library.apply(lambda book: book.with_server(SCHOOL).with_meeting(ALGEBRA))
    {
        "about": parts.about.show,
        "chat link": lambda: LinkDialog(parse_room("#team:chat.example"), "", program.window).open(),
        "accounts": parts.chats.accounts.open,
        "sign in": lambda: parts.chats.accounts.sign_in(None),
        "devices": parts.devices.check,
    }[name]()
    qtbot.waitUntil(lambda: bool(visible(QDialog, program.window)), timeout=10_000)
    assert_all_translated(ALGEBRA.room_id, "Chromium", updates.form())


@pytest.mark.parametrize("name", DESIGNS)
def test_what_is_found_in_a_foreign_design_is_told_in_one_language(qtbot, program, name):
    found = shown(qtbot, program, "import")
    found.text.setPlainText(DESIGNS[name])
    qtbot.waitUntil(lambda: found._reading is not None and not found._pause.isActive(), timeout=15_000)
    assert_all_translated(ALGEBRA.room_id, "colour", "blau")


@pytest.mark.parametrize("way", WAYS)
def test_a_design_is_handed_over_in_one_language(qtbot, program, way):
    found = shown(qtbot, program, "export")
    found.ways.setCurrentRow(list(WAYS).index(way))
    qtbot.waitUntil(lambda: translate(WAYS[way]) in found.text.accessibleName(), timeout=15_000)
    assert_all_translated(ALGEBRA.room_id)


def test_comments_for_a_form_are_in_the_language_of_the_window():
    design = {"primary_color": "#0a66c2", "custom_logo": "https://cdn.example.org/logo.png"}
    lines = hand_over(design, "moodle", say=translate).text.splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert comments[0] == "# ⟦Moodle form⟧"
    assert [left_over(line, "customLogo") for line in comments] == [""] * len(comments)
    assert hand_over(design, "moodle").text.startswith("# Moodle form")


def test_fields_that_an_organisation_has_set_are_named_in_one_language(qtbot, program):
    program.furniture.library.held.emit(_differences(Book(meetings=(ALGEBRA,)), Book(meetings=(
        ALGEBRA.with_values("design", {}),))))  # fmt: skip
    assert_all_translated()
