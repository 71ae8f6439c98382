"""The commands that speak with a server: `join`, `link`, `check`, `room`."""

from argparse import Namespace
from dataclasses import asdict
from shlex import quote
from typing import Any, Final

from . import launch
from .address import parse_address
from .api import request_for
from .cli_meeting import described_meeting, wanted_meeting
from .cli_output import Output, WrongUsage, next_step
from .cli_server import reach, read_book_with_options
from .links import Link
from .meetings import PRACTICE, Book, Meeting
from .refusals import RoomNotActive
from .rooms import RoomState
from .texts import plain, tr

_SIGNS: Final = {"ok": "✓", "failed": "✗", "waiting": "○", "skipped": "–"}
_CURL: Final = (
    """body={body}; curl -sS {url} -H 'Content-Type: application/json' -H {key} """
    """-H "HASH-SIGNATURE: $(printf %s "$body" | openssl dgst -sha256 -hmac "$PNM_SECRET" | sed 's/.* //')" """
    """--data-binary "$body\""""
)


def join(args: Namespace, output: Output) -> None:
    from .handoff import open_in_browser

    book = read_book_with_options(args)
    meeting = wanted_meeting(args, book)
    if args.dry_run:
        _show_requests(args, book, meeting, output)
    elif meeting.server == PRACTICE:
        from .cli_practice import join_practice

        join_practice(meeting, output)
    else:
        link = _make_link(args, book, meeting, output)
        open_in_browser(link)
        output.result(link_data(link), tr("The meeting is open in your browser."))


def link(args: Namespace, output: Output) -> None:
    book = read_book_with_options(args)
    meeting = wanted_meeting(args, book)
    if args.dry_run:
        _show_requests(args, book, meeting, output)
        return
    if meeting.server == PRACTICE:
        raise WrongUsage(
            tr("A practice meeting ends with the program that runs it, so a link to it would lead nowhere."),
            tr("Use “pnm-launcher join --practice”."),
        )
    made = _make_link(args, book, meeting, output)
    output.result({"url": made.url, **link_data(made)}, made.url)
    ends = f"{made.expires_at.astimezone():%H:%M}" if made.expires_at else tr("the meeting ends")
    output.note(tr("This link is a key: whoever has it enters in your name. It works until {time}.").format(time=ends))
    if made.too_long:
        output.note(tr("It is so long that the server may refuse it: clear some values of the design."))


def link_data(made: Link) -> dict[str, Any]:
    """What may be told of a link without giving it away."""
    return {"room_id": made.room_id, "expires_at": made.expires_at and made.expires_at.isoformat()}


def _make_link(args: Namespace, book: Book, meeting: Meeting, output: Output) -> Link:
    server = book.server(meeting.server)
    page = parse_address(server.page_base)
    with reach(args, server, output) as way:
        return launch.join(meeting, way.client(), page=page, create=args.create, cancel=way.cancel)


def _show_requests(args: Namespace, book: Book, meeting: Meeting, output: Output) -> None:
    """Show what would be sent. Needs no secret: the curl line signs with the shell's own $PNM_SECRET."""
    if meeting.server == PRACTICE:
        raise WrongUsage(tr("The practice server has no address before it runs, so there is nothing to show."))
    server = book.server(meeting.server)
    calls = [("isRoomActive", {"room_id": meeting.room_id}), ("getJoinToken", launch.join_body(meeting))]
    calls[1:1] = [("create", launch.create_body(meeting))] if args.create else []
    shown: list[dict[str, Any]] = []
    lines: list[str] = []
    for name, body in calls:
        request = request_for(parse_address(server.address), name, body)
        curl = _CURL.format(
            body=quote(request.body.decode()), url=quote(request.url), key=quote(f"API-KEY: {server.api_key}")
        )
        shown.append({"call": name, "url": request.url, "body": body, "curl": curl})
        lines += [f"# {name}", curl]
    output.result({"requests": shown}, lines)


def check(args: Namespace, output: Output) -> int:
    from . import ladder

    book = read_book_with_options(args)
    if not args.server and len(book.servers) != 1:
        raise WrongUsage(tr("Which server?"), tr("“pnm-launcher servers list” shows the saved ones."))

    def show(step: ladder.Step) -> None:
        if not output.as_json:
            output.result(None, f"{_SIGNS[step.state]} {step.name}: {step.text}")
            if step.error:
                output.result(None, "  " + tr("What to do: {step}").format(step=next_step(step.error)))

    with reach(args, book.server(args.server) if args.server else book.servers[0], output) as way:
        result = ladder.check(way.server, way.secret, way.session, show, cancel=way.cancel)
    if output.as_json:
        steps = [{"name": step.name, "state": step.state, "text": step.text} for step in result.steps]
        output.result({"ok": result.ok, "steps": steps} | (output.fault(result.error) if result.error else {}), "")
    return result.error.exit_code if result.error else 0


def room_status(args: Namespace, output: Output) -> int:
    book = read_book_with_options(args)
    meeting = described_meeting(args, book)
    with reach(args, book.server(meeting.server), output) as way:
        state = launch.room_state(way.client(), meeting.room_id, meeting.user_id, cancel=way.cancel)
    since = state.since and state.since.isoformat()
    output.result({"room_id": meeting.room_id, **asdict(state), "since": since}, _in_words(state))
    return 0 if state.running else RoomNotActive.exit_code


def room_end(args: Namespace, output: Output) -> None:
    book = read_book_with_options(args)
    meeting = described_meeting(args, book)
    with reach(args, book.server(meeting.server), output) as way:
        way.client().end_room(meeting.room_id, cancel=way.cancel)
    output.result({"room_id": meeting.room_id, "ended": True}, tr("The meeting has ended for everyone."))


def _in_words(state: RoomState) -> str:
    if not state.running:
        return tr("The meeting is not running.")
    since = f"{state.since.astimezone():%Y-%m-%d %H:%M}" if state.since else "?"
    return tr("“{title}” is running since {time}; people in it: {count}.").format(
        title=plain(state.title), time=since, count=state.people
    )
