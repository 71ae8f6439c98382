"""The page's side of the rooms: is the token good, go in, hear what happens, leave, and what a moderator may do."""

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pnm_launcher.work import Monitor

from .answers import Answer, common, shown_metadata
from .protocol import requests
from .protojson import emitted
from .rooms import DUPLICATE, REMOVED, Room, Rooms, Session, User
from .tokens import Signer, TokenRefused

SERVER_VERSION: Final = "2.4.0 (practice)"
_POLL_SECONDS: Final = 15
_BUSY_POLL_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 1
_LONGEST_STAY: Final = 64
"""Sessions that are remembered after they ended."""


class Refused(Exception):
    """The page's call ends here, with that HTTP status and answer."""

    def __init__(self, http_status: int, answer: Answer) -> None:
        super().__init__()
        self.http_status = http_status
        self.answer = answer


class Visit(NamedTuple):
    room: Room
    user: User
    session: Session


class Visits:
    """All open pages. Every method but `close` is called with the monitor held, and `events` lets go of it to wait."""

    def __init__(self, rooms: Rooms, signer: Signer, monitor: Monitor, most_polls: int) -> None:
        self._rooms = rooms
        self._signer = signer
        self._monitor = monitor
        self._most_polls = most_polls
        self._polls = 0
        self._closing = False
        self._visits: dict[str, Visit] = {}

    def close(self) -> None:
        """Answer all waiting pages now."""
        with self._monitor:
            self._closing = True
            self._monitor.notify_all()

    def verify(self, token: str, now: float) -> Answer:
        """What the page may know of its room and user; raises `Refused`."""
        room, user = self._admitted(token, now)
        return {
            "status": True,
            "msg": "token is valid",
            "server_version": SERVER_VERSION,
            "room": _shown_room(room),
            "user": _shown_user(user),
            "participants": room.participants(now, user),
        }

    def enter(self, token: str, now: float) -> Answer:
        room, user = self._admitted(token, now)
        user.disconnect(DUPLICATE)  # a page that fell asleep and was taken for gone
        session = Session(seen=now)
        user.session, user.joined = session, now
        for key in [key for key, visit in self._visits.items() if visit.session.over][:-_LONGEST_STAY]:
            del self._visits[key]
        self._visits[session.key] = Visit(room, user, session)
        return {"status": True, "session": session.key}

    def events(self, key: str, after: int, clock: Callable[[], float], gone: Callable[[], bool]) -> Answer:
        """The events after that number, as soon as there are some; none after 15 s or when the caller is gone."""
        visit = self._visit(key)
        session = visit.session
        session.events = [event for event in session.events if event["number"] > after]
        ends = time.monotonic() + (_POLL_SECONDS if self._polls < self._most_polls else _BUSY_POLL_SECONDS)
        self._polls += 1
        session.waiting += 1
        try:
            while not self._closing:
                _tell_changes(visit, clock())
                left = ends - time.monotonic()
                if session.events or session.over or left <= 0 or gone():
                    break
                self._monitor.wait(min(left, _LOOK_SECONDS))
        finally:
            self._polls -= 1
            session.waiting -= 1
            session.seen = clock()
        return {"events": list(session.events)}

    def leave(self, key: str) -> Answer:
        visit = self._visit(key)
        visit.session.over = True
        if visit.user.session is visit.session:
            visit.user.session = None
        return {"status": True, "msg": "success"}

    def end(self, key: str, now: float) -> Answer:
        self._as_admin(key).room.end(now)
        return {"status": True, "msg": "success"}

    def approve(self, key: str, user_id: str) -> Answer:
        """Let somebody in who waits for it."""
        user = self._other(self._as_admin(key), user_id)
        if user.metadata.get("wait_for_approval"):
            user.metadata["wait_for_approval"] = False
            if user.session is not None:
                user.session.tell("approved")
        return {"status": True, "msg": "success"}

    def remove(self, key: str, user_id: str, *, block: bool) -> Answer:
        """Send somebody out, and keep the id out of this sitting if asked."""
        visit = self._as_admin(key)
        user = self._other(visit, user_id)
        user.disconnect(REMOVED)
        if block:
            visit.room.blocked.add(user_id)
        return {"status": True, "msg": "success"}

    def _admitted(self, token: str, now: float) -> tuple[Room, User]:
        """Whom a token lets in where, by the checks of the server's `verifyToken` in their order."""
        if not token:
            raise _unauthorised("notifications.auth-header-missing", "MISSING_REQUIRED_PARAMETER")
        try:
            who = self._signer.identity(token, now)
        except TokenRefused as error:
            raise _unauthorised(str(error), "INVALID_TOKEN_OR_SIGNATURE") from None
        room = self._rooms.active(who.room_id, now)
        if room is None:
            raise _unauthorised("notifications.room-not-active", "ROOM_NOT_FOUND")
        user = room.users.get(who.user_id)
        if user is None:
            raise Refused(200, _no("notifications.user-info-not-found"))
        if user.is_online(now):
            raise Refused(200, _no(DUPLICATE))
        if who.user_id in room.blocked:
            raise Refused(200, _no("notifications.you-are-blocked"))
        if 0 < room.max_participants <= len(room.online(now)):
            raise Refused(200, _no("notifications.max-num-participates-exceeded"))
        return room, user

    def _visit(self, key: str) -> Visit:
        visit = self._visits.get(key)
        if visit is None:
            raise Refused(404, {**_no("notifications.user-info-not-found"), "events": []})
        return visit

    def _as_admin(self, key: str) -> Visit:
        visit = self._visit(key)
        if visit.session.over or not visit.user.is_admin:
            raise Refused(403, _no("only admin can perform this task"))
        return visit

    def _other(self, visit: Visit, user_id: str) -> User:
        user = visit.room.users.get(user_id)
        if user is None:
            raise Refused(404, _no("notifications.user-info-not-found"))
        return user


def _tell_changes(visit: Visit, now: float) -> None:
    room, user, session = visit
    if room.ended is None and room.is_over(now):
        room.end(now)
    shown = room.participants(now, user)
    if not session.over and shown != session.told:
        session.told = shown
        session.tell("participants", participants=shown)


def _unauthorised(msg: str, code: str) -> Refused:
    return Refused(401, common(False, msg, code))


def _no(msg: str) -> Answer:
    return {"status": False, "msg": msg}


def _shown_room(room: Room) -> dict[str, Any]:
    metadata = shown_metadata(room)
    return {
        "room_id": room.room_id,
        "room_title": room.title,
        "welcome_message": room.metadata.get("welcome_message", ""),
        "logout_url": room.metadata.get("logout_url", ""),
        "room_features": metadata["room_features"],
        "default_lock_settings": metadata["default_lock_settings"],
        "copyright_conf": metadata["copyright_conf"],
        "creation_time": str(int(room.created)),
    }


def _shown_user(user: User) -> dict[str, Any]:
    metadata = emitted(user.metadata, requests()["getJoinToken"].at("user_info.user_metadata"))
    return {
        "user_id": user.user_id,
        "name": user.name,
        **{name: metadata[name] for name in ("is_admin", "is_presenter", "wait_for_approval")},
        "profile_pic": metadata.get("profile_pic", ""),
        "preferred_lang": metadata.get("preferred_lang", ""),
        "record_webcam": metadata["record_webcam"],
        "lock_settings": user.locks(),
        "extra_data": metadata["extra_data"],
    }
