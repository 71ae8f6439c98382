"""What can go wrong with Matrix rooms, as classes of the one tree of faults (`errors`)."""

from typing import Final

from pnm_launcher.errors import LauncherError, ServerRefused
from pnm_launcher.texts import tr

from .faults import MatrixRefused

NOT_LET_IN: Final = 13
"""The exit code where a room is not open to this person."""


class NotInvited(MatrixRefused):
    sentence = tr("This room does not let you in without an invitation.")
    hint = tr("Ask to join, if the room offers that; otherwise ask somebody in the room to invite you.")
    exit_code = NOT_LET_IN


class KnockRefused(MatrixRefused):
    sentence = tr("This room takes no requests to join, or you are in it already.")
    hint = tr("Try to join. Otherwise ask somebody in the room to invite you.")
    exit_code = NOT_LET_IN


class Banned(MatrixRefused):
    sentence = tr("You were banned from this room.")
    hint = tr("Ask a moderator of the room to lift the ban.")
    exit_code = NOT_LET_IN


class GuestsKeptOut(MatrixRefused):
    sentence = tr("This room lets no guests in.")
    hint = tr("Sign in with a full account.")
    exit_code = NOT_LET_IN


class JoinNotAuthorised(MatrixRefused):
    sentence = tr("No server in this room could confirm that you may enter.")
    hint = tr("Be a member of the room or space that it belongs to, or ask somebody inside to invite you.")
    exit_code = NOT_LET_IN


class RoomBlocked(MatrixRefused):
    sentence = tr("The administrator of {host} has blocked this room.")
    hint = tr("Ask that administrator for the reason.")


class NotPermitted(MatrixRefused):
    sentence = tr("Your role in this room does not allow this.")
    hint = tr("Ask a moderator of the room.")


class RoomNotFound(MatrixRefused):
    sentence = tr("There is no room with this address, or you may not see it.")
    hint = tr("Check the spelling, also capital letters, and ask whoever gave you the address.")


class NoServerKnown(MatrixRefused):
    sentence = tr("{host} does not know any server that is in this room.")
    hint = tr("Add the name of a server that is in the room (“via”), or ask for a link that has one.")


class OtherServerSilent(MatrixRefused):
    sentence = tr("{host} could not reach the room on other servers.")
    hint = tr("Try again later, or add another server that is in the room (“via”).")


class RoomTooNew(MatrixRefused):
    sentence = tr("{host} is too old for this room.")
    hint = tr("Ask its administrator for a newer version of the server, or use an account elsewhere.")


class RoomTooLarge(MatrixRefused):
    sentence = tr("This room is too large for {host}: {message}")
    hint = tr("Use an account on a larger server.")


class ServerIsFull(MatrixRefused):
    sentence = tr("{host} has reached its own limit: {message}")
    hint = tr("Ask the administrator of that server.")


class QuotaReached(MatrixRefused):
    sentence = tr("Your account at {host} has reached a limit: {message}")
    hint = tr("The server's own page tells what can be done.")


class TooManyRequests(MatrixRefused):
    """`seconds` is how long the server wants to be left alone; 0 if it does not say."""

    sentence = tr("{host} asks to wait {wait}.")
    hint = tr("Wait that long, then try again. Each earlier try may make it longer.")
    exit_code = 12
    seconds: float = 0.0


class MessageTooLong(MatrixRefused):
    sentence = tr("The Matrix server refused this because it is too long.")
    hint = tr("Shorten the text.")


class RequestRefused(MatrixRefused):
    sentence = tr("The Matrix server could not read the request: {message}")
    hint = tr("This server may be much older or newer than this program. Send this sentence to its administrator "
              "(code {code}).")  # fmt: skip


class CallUnknown(MatrixRefused):
    """Caught where another way exists."""

    sentence = tr("The Matrix server {host} does not know this request.")
    hint = tr("The server may be much older than this program. Use your Matrix app, or ask your administrator.")


class RoomEncrypted(LauncherError):
    sentence = tr("This room is encrypted, and this program cannot write encrypted messages.")
    hint = tr("Copy the invitation and send it with your Matrix app.")
    exit_code = ServerRefused.exit_code


class NoOpener(LauncherError):
    sentence = tr("No program could be started for this room.")
    hint = tr("Set a default browser in your system's settings, or copy the link.")
