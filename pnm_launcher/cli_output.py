"""What the command line writes: results on standard output, notes and faults on standard error, or JSON."""

import codecs
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

from .errors import (
    BrowserFailed,
    HandOffExpired,
    InvalidValue,
    KeyringMissing,
    LauncherError,
    SecretError,
    SecretInvalid,
    SecretMissing,
)
from .matrix.faults import MatrixRefused, SignedOut, SignInElsewhere, SignInMissing, SignInNotKept
from .matrix.room_faults import KnockRefused, NoOpener, NoServerKnown, NotInvited
from .refusals import FieldRefused, RoomNotActive, RoomVanished
from .texts import plain, tr

EXIT_CODES: Final = (
    (0, tr("everything went well")),
    (1, tr("something unexpected, or nothing could be opened")),
    (2, tr("wrong usage, or a value that is not acceptable")),
    (3, tr("the API secret or the sign-in is missing, or the keyring refuses")),
    (4, tr("no usable answer: the address, the network, the certificate, or another kind of server")),
    (5, tr("the server refused")),
    (6, tr("the meeting is not running (see --create)")),
    (7, tr("the saved meetings cannot be read or written")),
    (8, tr("the contrast of a design is too low (see --strict)")),
    (9, tr("a picture or style sheet of a design cannot be shown (see design assets)")),
    (11, tr("a design makes the join address too long (see --strict)")),
    (12, tr("a Matrix server asks to wait before the next try")),
    (13, tr("a Matrix room is not open to you: not invited, or banned")),
    (130, tr("interrupted with Ctrl+C")),
)
CONTRAST_TOO_LOW: Final = 8
ADDRESS_TOO_LONG: Final = 11
ASSET_UNUSABLE: Final = 9
INTERRUPTED: Final = 130

_HINTS: Final[tuple[tuple[type[LauncherError], str], ...]] = (
    (RoomNotActive, tr("Start it with --create, or wait for the moderator.")),
    (RoomVanished, tr("Run the command again; --create starts a new meeting.")),
    (SignInMissing, tr("Sign in with “pnm-launcher matrix login”.")),
    (SignedOut, tr("Sign in again with “pnm-launcher matrix login”.")),
    (SignInElsewhere, SignInElsewhere.hint),
    (SignInNotKept, SignInNotKept.hint),
    (
        NotInvited,
        tr("“pnm-launcher matrix knock” asks to join, if the room offers that. Otherwise ask for an invitation."),
    ),
    (KnockRefused, tr("Try “pnm-launcher matrix join”. Otherwise ask somebody in the room to invite you.")),
    (NoServerKnown, tr("Name a server that is in the room: --via example.org.")),
    (NoOpener, tr("“pnm-launcher matrix open --list” writes the addresses instead.")),
    (HandOffExpired, tr("Run the command again, or open the link that “pnm-launcher link” prints.")),
    (BrowserFailed, tr("“pnm-launcher link” prints the link instead.")),
    (SecretInvalid, SecretInvalid.hint),
    (SecretMissing, tr("Give it with --secret-stdin, or keep it: “pnm-launcher servers add … --secret-stdin”.")),
    (KeyringMissing, tr("Give the secret with --secret-stdin, or install a keyring (GNOME Keyring, KWallet).")),
    (SecretError, tr("Look at your keyring, or give the secret with --secret-stdin.")),
)
"""Next steps that differ from those of the window."""


_SPELLED: Final = {"✓": "+", "✗": "x", "○": "o", "→": "->", "…": "...", "“": '"', "”": '"', "–": "-", "·": "."}
"""Our own signs for where they cannot be shown; Windows' pipes and files have one byte for each letter."""


def show_what_can_be_shown(stream: TextIO) -> None:
    """That a terminal or pipe cannot take a letter is no reason to fail."""
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error(_spelled.__name__, _spelled)
        stream.reconfigure(errors=_spelled.__name__)


def _spelled(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(_SPELLED.get(char, "?") for char in fault.object[fault.start : fault.end]), fault.end


def _takes_all(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().startswith("utf")


class WrongUsage(LauncherError):
    """The command itself is wrong. `message` is the whole sentence, already translated."""

    sentence = tr("{message}")
    hint = tr("“pnm-launcher --help” explains the commands.")
    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message=plain(message))
        self._hint = hint

    @property
    def next_step(self) -> str:
        return self._hint or self.hint


class Output:
    """Writes the way the user asked for: plain text, or one JSON value per command with `--json`."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, data: Any, text: str | Iterable[str]) -> None:  # noqa: ANN401 - whatever JSON can hold
        """The one result of a command: `data` with `--json`, otherwise the text or its lines."""
        if self.as_json:
            text = json.dumps(data, ensure_ascii=not _takes_all(sys.stdout), indent=2)
        for line in [text] if isinstance(text, str) else text:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """Something worth knowing beside the result."""
        sys.stderr.write(f"{text}\n")

    def failure(self, error: LauncherError) -> int:
        """Say what happened and what to do; returns the exit code."""
        if self.as_json:
            self.result(self.fault(error), "")
        else:
            self.note(f"{error.path}: {error}" if isinstance(error, InvalidValue) else str(error))
            if hint := next_step(error):
                self.note(tr("What to do: {step}").format(step=hint))
            if link := _link(error):
                self.note(link)
        return error.exit_code

    @staticmethod
    def fault(error: LauncherError) -> dict[str, dict[str, str]]:
        """The JSON form of an error; `field` is there when one field is to blame, `link` when a page may help."""
        fault = {"type": type(error).__name__, "message": str(error), "next_step": next_step(error)}
        if isinstance(error, InvalidValue):
            fault["field"] = error.path
        if isinstance(error, FieldRefused) and error.violations:
            fault["field"] = error.violations[0][0]
        if link := _link(error):
            fault["link"] = link
        return {"error": fault}

    def bug(self, error: BaseException, *, verbose: bool) -> int:
        """A fault of the program; the traceback is redacted and shown only when asked for. Returns the exit code."""
        if verbose:
            from .report import bug_report

            self.note(bug_report(error))
        sentence = tr("Something unexpected happened: {kind}.").format(kind=type(error).__name__)
        hint = tr("Run the command again with --verbose, and report what it writes.")
        if self.as_json:
            self.result({"error": {"type": type(error).__name__, "message": sentence, "next_step": hint}}, "")
        else:
            self.note(f"{sentence}\n" + tr("What to do: {step}").format(step=hint))
        return LauncherError.exit_code


def _link(error: LauncherError) -> str:
    """The page that a Matrix server names for this, checked (`MatrixRefused.add_link`), or ""."""
    return error.link if isinstance(error, MatrixRefused) else ""


def next_step(error: LauncherError) -> str:
    """What to do about an error on the command line."""
    return next((hint for kind, hint in _HINTS if isinstance(error, kind)), error.next_step)


def table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Lines with the columns below each other; cells may hold any text."""
    rows = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
