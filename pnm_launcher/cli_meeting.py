"""The meeting that a command speaks of: a saved one changed by the options, or one made of the options alone."""

import difflib
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .cli_output import WrongUsage
from .errors import InvalidValue, UnknownField
from .fields import Field
from .launch import problems
from .meetings import PRACTICE, Book, Meeting, new_id, user_id_for
from .schema import CREATE, DESIGN_ALIASES, JOIN, SCHEMAS
from .texts import tr

_SHORT: Final = (
    ("room", "join", "room_id"),
    ("name", "join", "user_info.name"),
    ("user_id", "join", "user_info.user_id"),
    ("moderator", "join", "user_info.is_admin"),
    ("title", "create", "metadata.room_title"),
)
"""Options that are short for `--set`."""
_MOST_SHOWN: Final = 6
_Place = tuple[str, Field]


def wanted_meeting(args: Namespace, book: Book) -> Meeting:
    """The meeting, complete and without problems. Raises `InvalidValue`, `UnknownMeeting`, or `WrongUsage`."""
    meeting = described_meeting(args, book)
    for problem in problems(meeting):
        raise _named(problem.table, problem.error)
    return meeting


def described_meeting(args: Namespace, book: Book) -> Meeting:
    """The same as far as the options tell, for commands that need no more than its room."""
    meeting = _basis(args, book)
    for option, table, path in _SHORT:
        if (text := getattr(args, option, None)) is not None:
            meeting = _assign(meeting, (table, _field(table, path)), text)
    for assignment in getattr(args, "set", ()):
        path, equals, text = assignment.partition("=")
        if not equals:
            raise WrongUsage(tr("Write --set PATH=VALUE, for example --set preferred_lang=de-DE."))
        meeting = _assign(meeting, find_field(path.strip()), text)
    if meeting.user_name and not meeting.user_id:
        meeting = _assign(meeting, ("join", JOIN.field("user_info.user_id")), user_id_for(meeting.user_name))
    return meeting


def _basis(args: Namespace, book: Book) -> Meeting:
    server = PRACTICE if getattr(args, "practice", False) else book.server(args.server).id if args.server else ""
    if args.meeting:
        meeting = book.meeting(args.meeting)
        return replace(meeting, server=server or meeting.server)
    if not server or not args.room:
        raise WrongUsage(
            tr("Name a saved meeting, or a server with --server and a room with --room."),
            tr("“pnm-launcher meetings list” and “pnm-launcher servers list” show what is saved."),
        )
    return Meeting(new_id(), args.room, server, {})


def _assign(meeting: Meeting, place: _Place, text: str) -> Meeting:
    table, row = place
    try:
        value = row.parse(text)
    except InvalidValue as error:
        raise _named(table, error) from None
    return meeting.with_values(table, {**meeting.values(table), row.path: value})


def find_field(typed: str) -> _Place:
    """The table and the row that a path, or a unique ending of one, names. Raises `UnknownField` or `WrongUsage`."""
    typed = DESIGN_ALIASES.get(typed.removeprefix("design."), typed)
    places = list(_settable())
    found = [place for place in places if typed in (place[1].path, _name(place))]
    found = found or [place for place in places if _ends_with(place, typed)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownField(path=typed, nearest=_nearest(typed, places))
    shown = ", ".join(map(_name, found[:_MOST_SHOWN])) + (", …" if len(found) > _MOST_SHOWN else "")
    raise WrongUsage(
        tr("“{path}” fits {count} fields: {fields}").format(path=typed, count=len(found), fields=shown),
        tr("Write more of the path, so that only one fits."),
    )


def _settable() -> Iterator[_Place]:
    """All rows but create's room ID, which is always the one that is joined."""
    for schema in SCHEMAS:
        yield from ((schema.name, row) for row in schema if (schema, row.path) != (CREATE, "room_id"))


def _field(table: str, path: str) -> Field:
    return next(schema for schema in SCHEMAS if schema.name == table).field(path)


def _name(place: _Place) -> str:
    return f"{place[0]}.{place[1].path}"


def _ends_with(place: _Place, typed: str) -> bool:
    """`lock_chat`, `lock_settings.lock_chat` and `join.lock_chat` all name the same row."""
    table, path = place[0], f".{place[1].path}"
    ending = typed.removeprefix(f"{table}.")
    return bool(ending) and path.endswith(f".{ending}")


def _nearest(typed: str, places: list[_Place]) -> str:
    """The row with an ending most like what was typed."""
    depth = typed.count(".") + 1
    names = {".".join(_name(place).split(".")[-depth:]): _name(place) for place in places}
    return names[difflib.get_close_matches(typed[:100], names, 1, 0.0)[0]]


def _named(table: str, error: InvalidValue) -> InvalidValue:
    """The same fault with the table before the field's path, as the command line writes it."""
    return InvalidValue(f"{table}.{error.path}", error.template, **error.details)
