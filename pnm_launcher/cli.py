"""The command line: reads the arguments, runs one command, and ends with a documented exit code. Knows no Qt."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NoReturn

from . import __version__
from .cli_output import EXIT_CODES, INTERRUPTED, Output, WrongUsage, show_what_can_be_shown
from .design.shots import TakePictures, no_pictures
from .errors import LauncherError
from .paths import APP
from .texts import tr


class _Parser(argparse.ArgumentParser):
    """Raises `WrongUsage` instead of ending the program; takes no shortened options (`--secret` is not another one)."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}.")


class _RefuseSecret(argparse.Action):
    """`--secret X` exists only to say why it does not."""

    def __call__(self, *_: object) -> NoReturn:
        raise WrongUsage(
            tr("An API secret on the command line could be read by every program of this computer, and your shell "
               "would keep it."),
            tr("Use --secret-stdin and pipe the secret in, and make a new one for the server if this was a real one."),
        )  # fmt: skip


def main(arguments: Sequence[str] | None = None, take: TakePictures = no_pictures) -> int:
    """Run one command; returns its exit code. `take` is how pictures of designs are taken, which needs Qt."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        show_what_can_be_shown(stream)
    output = Output(as_json="--json" in typed)
    verbose = "--verbose" in typed
    try:
        return _run(typed, output, take, verbose=verbose)
    except LauncherError as error:
        return output.failure(error)
    except KeyboardInterrupt:
        output.note(tr("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:  # the program that reads our output has ended
        return LauncherError.exit_code
    except Exception as error:
        return output.bug(error, verbose=verbose)


def _run(typed: list[str], output: Output, take: TakePictures, *, verbose: bool) -> int:
    try:
        args = _parse(typed)
    except SystemExit:  # --help and --version have been answered
        return 0
    if verbose:
        import logging

        from . import log

        log.start(logging.DEBUG, stderr=True)
    return _command(args, take)(args, output) or 0


def _command(args: argparse.Namespace, take: TakePictures) -> Callable[[argparse.Namespace, Output], int | None]:
    """The function of a command; only its own module is imported, for speed."""
    if args.command in ("servers", "meetings", "fields"):
        from . import cli_saved as module
    elif args.command == "design" and args.action in ("dark", "length"):
        from . import cli_handover as module  # type: ignore[no-redef]
    elif args.command == "design" and args.action == "assets":
        from . import cli_assets as module  # type: ignore[no-redef]
    elif args.command == "design":
        from . import cli_design as module  # type: ignore[no-redef]
    elif args.command == "practice":
        from . import cli_practice as module  # type: ignore[no-redef]
    elif args.command == "matrix":
        from . import cli_matrix as module  # type: ignore[no-redef]
    else:
        from . import cli_commands as module  # type: ignore[no-redef]
    action = getattr(args, "action", "")
    if args.command == "design" and action in ("preview", "sheet"):
        from . import cli_preview

        return partial(getattr(cli_preview, f"design_{action}"), take=take)
    command: Callable[[argparse.Namespace, Output], int | None]
    command = getattr(module, f"{args.command}_{action}" if action else args.command)
    return command


def _parse(typed: list[str]) -> argparse.Namespace:
    args, unknown = build_parser(typed[0] if typed else "").parse_known_args(typed)
    if unknown:  # never quotes a value: it may be a secret
        options = ", ".join(word.partition("=")[0] for word in unknown if word.startswith("-"))
        raise WrongUsage(
            tr("There is no option {options} here.").format(options=options) if options else tr("Too many arguments.")
        )
    return args


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of all arguments, or of those of one command alone, which takes a tenth of the time."""
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES)
    parser = _Parser(
        prog=APP,
        description=tr("Opens plugNmeet meetings. Without arguments the window opens."),
        epilog=tr("exit codes:") + f"\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{APP} {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (text, describe) in _COMMANDS.items():
        if command == name or command not in _COMMANDS:
            describe(commands.add_parser(name, help=text, description=text))
    return parser


def _output_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("write one JSON value"))
    parser.add_argument("--verbose", action="store_true", help=tr("log to standard error, without secrets"))


def _way_options(parser: argparse.ArgumentParser) -> None:
    """How a server is reached."""
    _output_options(parser)
    parser.add_argument("--api-key", metavar="KEY", help=tr("for a server that is not saved: its API key"))
    parser.add_argument("--secret-stdin", action="store_true", help=tr("read the API secret from standard input"))
    parser.add_argument("--secret", nargs="?", action=_RefuseSecret, help=argparse.SUPPRESS)
    parser.add_argument("--timeout", type=_seconds, metavar="SECONDS", help=tr("give up after this time altogether"))


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise ValueError
    return seconds


_seconds.__name__ = "number of seconds"  # argparse names it in its error


def _room_options(parser: argparse.ArgumentParser) -> None:
    _way_options(parser)
    parser.add_argument("meeting", nargs="?", metavar="MEETING", help=tr("title or id of a saved meeting"))
    parser.add_argument("--server", help=tr("name of a saved server, or with --api-key an address"))
    parser.add_argument("--room", metavar="ID", help=tr("room ID"))


def _meeting_options(parser: argparse.ArgumentParser) -> None:
    _room_options(parser)
    parser.add_argument("--name", help=tr("your name"))
    parser.add_argument("--user-id", metavar="ID", help=tr("your user ID (made from the name unless given)"))
    parser.add_argument("--moderator", action="store_const", const="true", help=tr("join as moderator"))
    parser.add_argument("--title", help=tr("title of the room, if it is started"))
    parser.add_argument("--create", action="store_true", help=tr("start the meeting if it is not running"))
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE",
                        help=tr("set any field (“pnm-launcher fields” lists them); may be repeated"))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=tr("show the requests and send nothing"))


def _describe_join(parser: argparse.ArgumentParser) -> None:
    _meeting_options(parser)
    parser.add_argument("--open", choices=["browser"], default="browser", help=tr("where to open it (browser)"))
    parser.add_argument("--practice", action="store_true", help=tr("join on a practice server that runs until Ctrl+C"))


def _describe_check(parser: argparse.ArgumentParser) -> None:
    _way_options(parser)
    parser.add_argument(
        "server", nargs="?", metavar="SERVER", help=tr("name of a saved server, or with --api-key an address")
    )


def _describe_servers(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _output_options(actions.add_parser("list", help=tr("list the saved servers")))
    remove = actions.add_parser("remove", help=tr("remove a server and its secret"))
    _output_options(remove)
    remove.add_argument("server", metavar="NAME")
    add = actions.add_parser("add", help=tr("save a server"))
    _output_options(add)
    add.add_argument("server", metavar="NAME")
    add.add_argument("address", metavar="ADDRESS", help=tr("for example https://meet.example.org"))
    add.add_argument("api_key", metavar="API_KEY")
    add.add_argument("--page", metavar="URL", help=tr("where the meeting's page is, if not at the address"))
    add.add_argument("--ca-file", metavar="FILE", help=tr("PEM file with your organisation's certificates"))
    add.add_argument("--secret-stdin", action="store_true",
                     help=tr("read the API secret from standard input and keep it in the keyring"))  # fmt: skip
    add.add_argument("--session-only", action="store_true", help=tr("keep no secret; give it with each command"))
    add.add_argument("--secret", nargs="?", action=_RefuseSecret, help=argparse.SUPPRESS)


def _describe_meetings(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _output_options(actions.add_parser("list", help=tr("list the saved meetings")))
    show = actions.add_parser("show", help=tr("show what is saved of a meeting"))
    _output_options(show)
    show.add_argument("meeting", metavar="MEETING")


def _describe_fields(parser: argparse.ArgumentParser) -> None:
    _output_options(parser)
    parser.add_argument(
        "words", nargs="?", default="", metavar="WORDS", help=tr("only fields that mention these words")
    )


def _describe_room(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _room_options(actions.add_parser("status", help=tr("is it running, since when, with how many people")))
    _room_options(actions.add_parser("end", help=tr("end the meeting for everyone")))


def _describe_design(parser: argparse.ArgumentParser) -> None:
    from .cli_design_arguments import describe

    describe(parser, _output_options)


def _describe_matrix(parser: argparse.ArgumentParser) -> None:
    from .cli_matrix_arguments import describe

    describe(parser, _output_options, _seconds)


_COMMANDS: Final[dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "join": (tr("open a meeting in your browser"), _describe_join),
    "link": (tr("write a meeting's link, which is a key to it"), _meeting_options),
    "check": (tr("check the connection to a server, step by step"), _describe_check),
    "room": (tr("look at a meeting, or end it"), _describe_room),
    "servers": (tr("list, add and remove servers"), _describe_servers),
    "meetings": (tr("list and show the saved meetings"), _describe_meetings),
    "design": (tr("check, convert, propose and keep custom designs"), _describe_design),
    "matrix": (tr("sign in to Matrix, and join rooms"), _describe_matrix),
    "fields": (tr("list everything that --set can set"), _describe_fields),
    "practice": (tr("run a practice server until Ctrl+C"), _output_options),
}
