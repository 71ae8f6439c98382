"""The arguments of the `matrix` commands."""

from argparse import ArgumentParser
from collections.abc import Callable

from .texts import tr

OPENERS = ("element-desktop", "matrix", "element-web", "matrix.to")


def describe(parser: ArgumentParser, output_options: Callable[[ArgumentParser], None],
             seconds: Callable[[str], float]) -> None:  # fmt: skip
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, text: str, *, online: bool = True, room: bool = False) -> ArgumentParser:
        made = actions.add_parser(name, help=text, description=text)
        output_options(made)
        if online:
            made.add_argument(
                "--timeout", type=seconds, metavar="SECONDS", help=tr("give up after this time altogether")
            )
        if room:
            made.add_argument("room", metavar="ROOM", help=tr("#name:server, an id, a matrix: or matrix.to link"))
            made.add_argument(
                "--via", default="", metavar="SERVERS", help=tr("servers that know the room, with commas")
            )
        return made

    login = action("login", tr("sign in to an account"))
    login.add_argument("homeserver", metavar="WHERE", help=tr("@name:server, a server's name, or https://…"))
    _describe_login(login)
    logout = action("logout", tr("sign out, and remove the account from this computer"))
    logout.add_argument("account", nargs="?", default="", metavar="ACCOUNT", help=tr("user id or id of the account"))
    action("accounts", tr("list the accounts"), online=False)
    for name, text in (("join", tr("join a room")), ("knock", tr("ask to be let into a room"))):
        made = action(name, text, room=True)
        _account_option(made)
        made.add_argument("--reason", default="", metavar="TEXT", help=tr("a sentence for the people in the room"))
        if name == "join":
            _describe_join(made)
    _describe_invites(action("invites", tr("list, accept and decline invitations")))
    _describe_open(action("open", tr("open a room in another program"), online=False, room=True))


def _describe_join(join: ArgumentParser) -> None:
    signed = tr("the signed invitation of an identity server, JSON; - is standard input")
    join.add_argument("--third-party", metavar="FILE", help=signed)
    join.add_argument("--dry-run", action="store_true", help=tr("show what is known of the room, and join nothing"))


def _describe_invites(invites: ArgumentParser) -> None:
    _account_option(invites)
    answer = invites.add_mutually_exclusive_group()
    answer.add_argument("--accept", metavar="ID", help=tr("accept the invitation to the room with this id"))
    answer.add_argument("--decline", metavar="ID", help=tr("decline it, or take back your own request to join"))


def _describe_open(opening: ArgumentParser) -> None:
    _account_option(opening)
    opening.add_argument("--with", dest="opener", choices=OPENERS, help=tr("the program (the best that is there)"))
    opening.add_argument(
        "--list", action="store_true", help=tr("list the programs with their addresses, and open none")
    )


def _describe_login(login: ArgumentParser) -> None:
    login.add_argument("--user", metavar="NAME", help=tr("user name, if WHERE is not @name:server"))
    way = login.add_mutually_exclusive_group()
    way.add_argument("--password-stdin", action="store_true", help=tr("read the password from standard input"))
    way.add_argument("--token-stdin", action="store_true", help=tr("read an access token from standard input"))
    way.add_argument("--browser", action="store_true", help=tr("sign in on the server's web page, in your browser"))
    way.add_argument("--device", action="store_true", help=tr("sign in with a code, in the browser of any device"))
    login.add_argument("--provider", default="", metavar="ID", help=tr("with --browser: the organisation's id"))
    login.add_argument(
        "--ca-file", default="", metavar="FILE", help=tr("PEM file with your organisation's certificates")
    )
    login.add_argument("--web-client", default="", metavar="URL", help=tr("your organisation's own Element Web"))


def _account_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--account", default="", metavar="ACCOUNT", help=tr("user id or id, if there are several accounts")
    )
