"""Accounts and the Matrix rooms of meetings in the meetings file: read, written, and nothing of anybody's lost."""

import json
from dataclasses import replace

import pytest

from pnm_launcher.book_file import decode, encode
from pnm_launcher.errors import UnknownMatrixAccount
from pnm_launcher.matrix_saved import MatrixAccount, MatrixRoom
from pnm_launcher.meetings import Book, Meeting

ACCOUNT = MatrixAccount("a1", "https://matrix.example.org", "@ana:example.org", "DEVICE", "client", "/ca.pem",
                        "https://chat.example.org/element")  # fmt: skip
MEETING = Meeting("m1", "Maths", "s1", {"room_id": "maths"}, matrix=MatrixRoom("a1", "matrix:r/maths:example.org"))


def reread(book: Book) -> Book:
    again, unread = decode(encode(book))
    assert unread == 0
    return again


def test_accounts_and_rooms_are_read_as_they_were_written():
    book = Book(meetings=(MEETING,), matrix_accounts=(ACCOUNT, replace(ACCOUNT, id="a2", device_id="", other={"x": 1})))
    assert reread(book) == book


def test_a_book_without_matrix_is_written_as_before():
    text = encode(Book(meetings=(replace(MEETING, matrix=None),))).decode()
    assert "matrix" not in text


def test_an_account_is_found_by_its_id_and_by_its_user_id():
    book = Book().with_matrix_account(ACCOUNT)
    assert book.matrix_account("a1") == book.matrix_account("@ana:example.org") == ACCOUNT
    with pytest.raises(UnknownMatrixAccount, match="ben"):
        book.matrix_account("@ben:example.org")
    assert book.with_matrix_account(replace(ACCOUNT, device_id="")).matrix_accounts[0].device_id == ""
    assert book.without_matrix_account("a1") == Book()


def test_tokens_written_in_by_hand_are_ignored_and_wiped():
    raw = {"id": "a1", "homeserver": "https://hs.test", "user_id": "@ana:hs.test", "access_token": "canary", "x": 1}
    book, unread = decode(json.dumps({"matrix_accounts": [raw]}).encode())
    assert (unread, book.matrix_accounts[0].other) == (0, {"x": 1})
    assert b"canary" not in encode(book)


BROKEN = [
    "text", {}, {"homeserver": "http://hs.test", "user_id": "@a:b"}, {"homeserver": "https://hs.test", "user_id": "a"},
    {"homeserver": 5, "user_id": "@a:b"}, {"homeserver": "https://hs.test", "user_id": "@a:b", "web_client": "x y"},
]  # fmt: skip


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_account_is_put_aside_and_kept(raw):
    book, unread = decode(json.dumps({"matrix_accounts": [raw]}).encode())
    assert (book.matrix_accounts, unread) == ((), 1)
    assert json.loads(encode(book))["matrix_accounts"] == [raw]


@pytest.mark.parametrize(
    "raw", ["x", {"account": "a1"}, {"account": 1, "room": "x"}, {"account": "", "room": "", "z": 1}]
)
def test_a_room_of_another_form_is_kept(raw):
    content = {"meetings": [{"id": "m1", "title": "", "server": "", "join": {}, "matrix": raw}]}
    book, _ = decode(json.dumps(content).encode())
    assert book.meetings[0].matrix is None
    assert json.loads(encode(book))["meetings"][0]["matrix"] == raw


def test_two_accounts_never_have_one_id():
    raw = {"id": "a1", "homeserver": "https://hs.test", "user_id": "@ana:hs.test"}
    book, _ = decode(json.dumps({"matrix_accounts": [raw, raw]}).encode())
    assert [account.id for account in book.matrix_accounts] == ["a1", "a1-2"]


def test_accounts_of_one_person_at_two_servers_have_two_entries_in_the_keyring():
    assert ACCOUNT.account != replace(ACCOUNT, homeserver="https://other.example.org").account
