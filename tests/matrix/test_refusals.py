"""Which fault each answer of a homeserver becomes: the rows of the contract, and texts that cannot do harm."""

import json
import re
import string
import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.address import parse_address
from pnm_launcher.cli_output import EXIT_CODES, Output
from pnm_launcher.errors import AnswerUnusable, GatewayFailed, LauncherError, ServerCrashed
from pnm_launcher.matrix import faults, room_faults
from pnm_launcher.matrix.calls import accepted
from pnm_launcher.matrix.refusals import _TABLE, refusal, with_jitter
from pnm_launcher.session import Answer

SERVER = parse_address("https://matrix.example.org")


def answer(status: int, errcode: str = "", message: str = "", retry_after: str = "", **more: object) -> Answer:
    body = {"errcode": errcode, "error": message} | more
    return Answer(status, json.dumps(body).encode(), "application/json", "", retry_after)


ROWS = [
    ("", 401, "M_MISSING_TOKEN", {}, faults.SignedOut),
    ("", 401, "M_UNKNOWN_TOKEN", {"soft_logout": False}, faults.SignedOut),
    ("", 401, "M_UNKNOWN_TOKEN", {"soft_logout": "yes"}, faults.SignedOut),
    ("", 401, "M_UNKNOWN_TOKEN", {"soft_logout": True}, faults.SignInExpired),
    ("join", 401, "M_USER_LOCKED", {"soft_logout": True}, faults.AccountLocked),
    ("join", 403, "M_USER_SUSPENDED", {}, faults.AccountSuspended),
    ("password", 403, "M_USER_DEACTIVATED", {}, faults.AccountDeactivated),
    ("password", 403, "M_FORBIDDEN", {"error": "This account has been deactivated"}, faults.AccountDeactivated),
    ("password", 403, "M_FORBIDDEN", {}, faults.LoginRefused),
    ("code", 403, "M_FORBIDDEN", {}, faults.CodeRefused),
    ("refresh", 403, "M_FORBIDDEN", {}, faults.SignedOut),
    ("refresh", 401, "M_UNKNOWN_TOKEN", {}, faults.SignedOut),
    ("join", 403, "M_FORBIDDEN", {}, room_faults.NotInvited),
    ("knock", 403, "M_FORBIDDEN", {}, room_faults.KnockRefused),
    ("state", 403, "M_FORBIDDEN", {}, room_faults.NotPermitted),
    ("join", 403, "M_BAD_STATE", {"error": "Cannot join user who was banned"}, room_faults.Banned),
    ("join", 403, "M_FORBIDDEN", {"error": "This room has been blocked on this server"}, room_faults.RoomBlocked),
    ("join", 403, "M_UNKNOWN", {"error": "This room has been blocked on this server"}, room_faults.RoomBlocked),
    ("join", 403, "M_CONSENT_NOT_GIVEN", {}, faults.TermsNotAccepted),
    ("", 404, "M_NOT_FOUND", {}, room_faults.RoomNotFound),
    ("join", 404, "M_UNKNOWN", {}, room_faults.NoServerKnown),
    ("join", 502, "M_UNKNOWN", {}, room_faults.OtherServerSilent),
    ("join", 400, "M_UNKNOWN", {}, room_faults.RequestRefused),
    ("join", 400, "M_INVALID_PARAM", {}, room_faults.RequestRefused),
    ("join", 400, "M_INCOMPATIBLE_ROOM_VERSION", {"room_version": "99"}, room_faults.RoomTooNew),
    ("join", 400, "M_UNSUPPORTED_ROOM_VERSION", {}, room_faults.RoomTooNew),
    ("join", 400, "M_UNABLE_TO_AUTHORISE_JOIN", {}, room_faults.JoinNotAuthorised),
    ("join", 400, "M_UNABLE_TO_GRANT_JOIN", {}, room_faults.JoinNotAuthorised),
    ("join", 400, "M_RESOURCE_LIMIT_EXCEEDED", {}, room_faults.RoomTooLarge),
    ("join", 403, "M_RESOURCE_LIMIT_EXCEEDED", {"admin_contact": "mailto:x"}, room_faults.ServerIsFull),
    ("join", 400, "M_USER_LIMIT_EXCEEDED", {}, room_faults.QuotaReached),
    ("join", 403, "M_GUEST_ACCESS_FORBIDDEN", {}, room_faults.GuestsKeptOut),
    ("join", 403, "M_FORBIDDEN", {"error": "Guest access not allowed"}, room_faults.GuestsKeptOut),
    ("join", 429, "M_LIMIT_EXCEEDED", {}, room_faults.TooManyRequests),
    ("", 400, "M_NOT_JSON", {}, room_faults.RequestRefused),
    ("", 400, "M_BAD_JSON", {}, room_faults.RequestRefused),
    ("", 400, "M_MISSING_PARAM", {}, room_faults.RequestRefused),
    ("", 413, "M_TOO_LARGE", {}, room_faults.MessageTooLong),
    ("", 404, "M_UNRECOGNIZED", {}, room_faults.CallUnknown),
    ("", 405, "M_UNRECOGNIZED", {}, room_faults.CallUnknown),
    ("", 403, "ORG_MATRIX_EXPIRED_ACCOUNT", {}, faults.AccountExpired),
    ("password", 403, "ORG.MATRIX.MSC3866_USER_AWAITING_APPROVAL", {}, faults.AccountAwaitsApproval),
    ("", 403, "M_INVITE_BLOCKED", {}, room_faults.NotPermitted),
    ("", 403, "M_SERVER_NOT_TRUSTED", {}, faults.MatrixRefused),
    ("", 400, "M_WEAK_PASSWORD", {}, faults.MatrixRefused),
    ("", 418, "ORG.EXAMPLE.TEAPOT", {}, faults.MatrixRefused),
]  # fmt: skip


@pytest.mark.parametrize(("purpose", "status", "errcode", "more", "kind"), ROWS,
                         ids=lambda value: str(value) if isinstance(value, str | int) else "")  # fmt: skip
def test_each_row_of_the_contract_is_its_own_fault(purpose, status, errcode, more, kind):
    texts = {"message": more.get("error", "Words")}
    rest = {name: value for name, value in more.items() if name != "error"}
    found = refusal(answer(status, errcode, **texts, **rest), SERVER, purpose)
    assert type(found) is kind
    assert found.status == status
    if kind is faults.MatrixRefused:
        assert "Words" in str(found)
        assert errcode in found.next_step


def test_every_row_of_the_table_is_tested():
    told = {(row.errcode, row.kind) for row in _TABLE if row.errcode}
    assert told <= {(errcode, kind) for _, _, errcode, _, kind in ROWS} | {("M_UNKNOWN_TOKEN", faults.SignedOut)}


# --- what is said ------------------------------------------------------------------------------------------------


def tree(kind: type[LauncherError] = LauncherError) -> set[type[LauncherError]]:
    return {kind}.union(*(tree(child) for child in kind.__subclasses__()))


OURS = sorted((kind for kind in tree() if kind.__module__ in (faults.__name__, room_faults.__name__)),
              key=lambda kind: kind.__name__)  # fmt: skip


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_each_fault_says_what_happened_and_what_to_do(kind):
    names = {name for text in (kind.sentence, kind.hint) for _, name, _, _ in string.Formatter().parse(text) if name}
    error = kind(**dict.fromkeys(names, "something"))
    for text in (str(error), error.next_step):
        assert 10 <= len(text) < 250
        assert "{" not in text
        assert text[-1] in ".”)" or text.endswith("something")
        assert not re.search(r"(?i)\b(invalid|illegal|failed to|exception|null|JSON|HTTP \d|oops|sorry|token)\b", text)
    assert kind.exit_code in dict(EXIT_CODES)


def test_no_two_faults_share_a_sentence():
    sentences = [kind.sentence for kind in OURS]
    assert len(sentences) == len(set(sentences))


@given(st.text(max_size=400), st.text(max_size=40), st.integers(400, 599), st.text(max_size=20))
def test_any_text_of_a_server_becomes_a_short_sentence(message, code, status, header):
    found = refusal(answer(status, code or "X", message, header), SERVER)
    assert 0 < len(str(found)) < 600
    assert str(found).isprintable() or not message.isprintable()


def test_a_servers_text_is_one_plain_line():
    found = refusal(answer(418, "X", "a\n\x1b[31m\u202eb\u2066" + "x" * 1000), SERVER)
    assert str(found).startswith("The Matrix server refused: a [31mbx")
    assert len(str(found)) < 400


@pytest.mark.parametrize(
    ("link", "kept"),
    [("https://matrix.example.org/terms?u=1#x", True), ("http://matrix.example.org/terms", False),
     ("https://evil.org/terms", False), ("https://matrix.example.org.evil.org/", False),
     ("https://matrix.example.org@evil.org/", False), ("javascript:alert(1)", False),
     ("https://matrix.example.org/a b", False), ("", False), (5, False)],
)  # fmt: skip
def test_a_page_with_terms_is_offered_only_on_the_server_itself(link, kept):
    found = refusal(answer(403, "M_CONSENT_NOT_GIVEN", "Please", consent_uri=link), SERVER)
    assert found.link == (link if kept else "")


def test_a_page_about_a_quota_may_be_elsewhere():
    found = refusal(answer(400, "M_USER_LIMIT_EXCEEDED", "Full", info_uri="https://shop.example.org/more"), SERVER)
    assert found.link == "https://shop.example.org/more"


def test_the_command_line_writes_such_a_page(capsys):
    link = "https://matrix.example.org/terms?u=1"
    found = refusal(answer(403, "M_CONSENT_NOT_GIVEN", "Please", consent_uri=link), SERVER)
    assert Output(as_json=False).failure(found) == 5
    assert capsys.readouterr().err.splitlines()[-1] == link
    Output(as_json=True).failure(found)
    assert json.loads(capsys.readouterr().out)["error"]["link"] == link


# --- waiting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "milliseconds", "seconds"),
    [("5", 4796, 5), ("", 4796, 4.796), ("2", 4796, 4.796), ("5", None, 5), ("", None, 0), ("-5", -5, 0),
     ("soon", None, 0), ("5", "x", 5)],
)  # fmt: skip
def test_the_longer_of_both_waits_counts(header, milliseconds, seconds):
    more = {} if milliseconds is None else {"retry_after_ms": milliseconds}
    assert refusal(answer(429, "M_LIMIT_EXCEEDED", "", header, **more), SERVER).seconds == seconds


def test_a_wait_may_be_a_date():
    header = formatdate(time.time() + 30, usegmt=True)
    assert 25 < refusal(answer(429, "M_LIMIT_EXCEEDED", "", header), SERVER).seconds <= 30


def test_a_proxy_may_ask_to_wait_too():
    found = refusal(Answer(429, b"<html>Slow down", "text/html", "", "7"), SERVER)
    assert (type(found), found.seconds) == (room_faults.TooManyRequests, 7)
    assert "wait 7 s." in str(found)


def test_a_wait_is_never_shorter_and_hardly_longer():
    waits = {with_jitter(10) for _ in range(100)}
    assert min(waits) > 10
    assert max(waits) < 12
    assert len(waits) > 50


# --- answers of others -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "body", "expected"),
    [
        (200, "text/html", b"<html>Sign in to this network", faults.NotMatrix),
        (200, "application/json", b"[]", faults.MatrixNotUnderstood),
        (200, "application/json", b'{"a":1,"a":2}', faults.MatrixNotUnderstood),
        (404, "text/html", b"<h1>Not found", faults.NotMatrix),
        (404, "application/json", b"{}", faults.NotMatrix),
        (511, "text/html", b"", faults.NotMatrix),
        (502, "text/html", b"<h1>Bad gateway", GatewayFailed),
        (504, "", b"", GatewayFailed),
        (522, "text/html", b"", GatewayFailed),
        (500, "text/plain", b"oops", ServerCrashed),
        (500, "application/json", b'{"errcode":"M_UNKNOWN","error":"Internal server error"}', ServerCrashed),
        (400, "text/plain", b"no", faults.MatrixNotUnderstood),
    ],
)
def test_what_is_no_homeservers_answer_is_told(status, kind, body, expected):
    with pytest.raises((AnswerUnusable, LauncherError)) as caught:
        accepted(Answer(status, body, kind, ""), SERVER)
    assert type(caught.value) is expected
