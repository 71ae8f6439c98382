"""New meetings with everything filled in that can be known."""

import getpass
import os
from dataclasses import replace

from pnm_launcher.meetings import PRACTICE, Book, Meeting, new_id, user_id_for

from .texts import tr


def new_meeting(book: Book) -> Meeting:
    """A meeting on the server used last, with the user's name and role of the last meeting."""
    last = next((meeting for meeting in reversed(book.meetings) if meeting.server not in ("", PRACTICE)), None)
    server = last.server if last else book.servers[0].id if book.servers else PRACTICE
    room = f"room-{os.urandom(3).hex()}"
    return Meeting(new_id(), _unused(tr("New meeting"), book), server, {"room_id": room, **_who(book)})


def practice_meeting(book: Book) -> Meeting:
    return Meeting(new_id(), _unused(tr("Practice room"), book), PRACTICE, {"room_id": "practice", **_who(book)})


def copy_of(meeting: Meeting) -> Meeting:
    """A copy to change, with the same person: it is another meeting of theirs."""
    return replace(meeting, id=new_id(), title=tr("{title} (copy)").format(title=meeting.title), pinned=False)


def _who(book: Book) -> dict[str, str | bool]:
    last = next((meeting for meeting in reversed(book.meetings) if meeting.user_name), None)
    name = last.user_name if last else user_name()
    role = bool(last.join.get("user_info.is_admin")) if last else True
    return {"user_info.name": name, "user_info.user_id": user_id_for(name), "user_info.is_admin": role}


def user_name() -> str:
    """The full name of the person at this computer where the system knows it, else the login name."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError, ImportError):  # on Windows, where USERNAME is not set
        return tr("Moderator")
    try:
        import pwd  # not on Windows

        full = pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError):
        full = ""
    return full or login.capitalize()


def _unused(title: str, book: Book) -> str:
    taken = {meeting.title for meeting in book.meetings}
    number = 2
    wanted = title
    while wanted in taken:
        wanted = f"{title} {number}"
        number += 1
    return wanted
