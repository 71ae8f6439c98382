"""Every fault a person can meet, as one tree. Each class carries a sentence and the next step.

    LauncherError
    ├── InvalidValue               a field's value, with the field's path
    ├── UnknownField  UnknownMeeting  UnknownServer  UnknownDesign  UnknownMatrixAccount
    ├── StoreError                 StoreUnreadable  StorePartlyRead  StoreTooNew  StoreNotSaved
    ├── SecretError                KeyringMissing  KeyringRefused  KeyringLocked  KeyringTimeout  KeyringDenied
    │                              KeyringMismatch  SecretMissing  SecretInvalid
    ├── ConnectionFailed           AddressNotFound  HostUnreachable  ConnectionRefused  ConnectionBroken
    │   │                          DeadlinePassed  CertificatesUnreadable  Cancelled
    │   ├── ProxyUnsupported       ProxyAddressWrong
    │   ├── ProxyFailed            ProxyNeedsPassword
    │   └── CertificateRefused     CertificateExpired  CertificateNotYetValid  CertificateForOtherName
    │                              CertificateUntrusted
    ├── AnswerUnusable             Redirected  NotPlugNmeet  PageNotFound  BodyTooLarge  HeadersTooLarge
    │                              ServerCrashed  GatewayFailed  ServerUnhealthy  AnswerTooLarge  UnexpectedAnswer
    ├── ServerRefused              one class for each refusal of the server, in `refusals`
    └── PracticeFailed  BrowserFailed  HandOffExpired  MeetingWindowUnavailable

`str(error)` is the sentence, `error.next_step` what to do about it. Both are marked for translation as templates;
`error.details` holds what fills them, cleaned for showing. No secret or token may ever be a detail. A detail in our
own words stays `Worded`, so that the window can translate it too.
"""

from typing import ClassVar

from .texts import Worded, shown_details, tr


class LauncherError(Exception):
    """The root. `exit_code` is what the command line ends with (documented in `docs/command-line.md`)."""

    sentence: ClassVar[Worded] = Worded("")
    hint: ClassVar[Worded] = Worded("")
    exit_code: ClassVar[int] = 1

    def __init__(self, **details: str | int) -> None:
        super().__init__()
        self.details = shown_details(details)

    def __str__(self) -> str:
        return self.sentence.format_map(self.details)

    @property
    def next_step(self) -> str:
        return self.hint.format_map(self.details)


# --- what the user typed -----------------------------------------------------------------------------------------


class InvalidValue(LauncherError):
    """One field's value is not acceptable. `template` is the sentence of this very fault, `path` names the field."""

    exit_code = 2

    def __init__(self, path: str, template: str, **details: str | int) -> None:
        super().__init__(**details)
        self.path = path
        self.template = template

    def __str__(self) -> str:
        return self.template.format_map(self.details)


class UnknownField(LauncherError):
    sentence = tr("There is no field called “{path}”.")
    hint = tr("Did you mean {nearest}? “pnm-launcher fields” lists all of them.")
    exit_code = 2


class UnknownMeeting(LauncherError):
    sentence = tr("There is no saved meeting called “{name}”.")
    hint = tr("“pnm-launcher meetings list” shows the saved ones.")
    exit_code = 2


class UnknownServer(LauncherError):
    sentence = tr("There is no server called “{name}”.")
    hint = tr("Add it first: in the window with “Connect your server”, or with “pnm-launcher servers add”.")
    exit_code = 2


class UnknownDesign(LauncherError):
    sentence = tr("There is no saved design called “{name}”.")
    hint = tr("“pnm-launcher design list” shows the saved ones.")
    exit_code = 2


class UnknownMatrixAccount(LauncherError):
    sentence = tr("There is no Matrix account called “{name}” here.")
    hint = tr("Sign in to it first: in the window, or with “pnm-launcher matrix login”.")
    exit_code = 2


# --- the meetings file -------------------------------------------------------------------------------------------


class StoreError(LauncherError):
    exit_code = 7


class StoreUnreadable(StoreError):
    sentence = tr("Your saved meetings could not be read: {reason}.")
    hint = tr("The file is kept at {copy}. The launcher goes on with an empty list.")


class StorePartlyRead(StoreError):
    sentence = tr("Some of your saved meetings or servers could not be read ({count}).")
    hint = tr("They stay as they are in {path}, and everything else works. Correct them there, or remove them.")


class StoreTooNew(StoreError):
    sentence = tr("Your saved meetings were written by a newer version of this program.")
    hint = tr("Install the newer version again. The file {path} is left untouched, and nothing is saved meanwhile.")


class StoreNotSaved(StoreError):
    sentence = tr("Your changes could not be saved: {reason}.")
    hint = tr("They stay in the window. Free some space or make {folder} writable, then change something again.")


# --- the secret --------------------------------------------------------------------------------------------------


class SecretError(LauncherError):
    exit_code = 3


class KeyringMissing(SecretError):
    sentence = tr("This computer offers no keyring to keep the API secret in.")
    hint = tr("Type the secret for this session only, or install a keyring (GNOME Keyring, KWallet) and sign in to "
              "your computer again.")  # fmt: skip


class KeyringRefused(SecretError):
    sentence = tr("The keyring “{backend}” is not one that keeps secrets safely.")
    hint = tr("Type the secret for this session only, or switch to the keyring of your system.")


class KeyringLocked(SecretError):
    sentence = tr("Your keyring is locked.")
    hint = tr("Unlock it with your login password, then try again. You can also type the secret for this session only.")


class KeyringTimeout(SecretError):
    sentence = tr("Your keyring did not answer within {seconds} seconds.")
    hint = tr("Look for a window that asks for your password, then try again. You can also type the secret for this "
              "session only.")  # fmt: skip


class KeyringDenied(SecretError):
    sentence = tr("Your keyring refused: {reason}.")
    hint = tr("Allow this program in the keyring's settings, then try again.")


class KeyringMismatch(SecretError):
    sentence = tr("The keyring did not keep the secret as it was given.")
    hint = tr("Nothing was saved. Type the secret for this session only, and check the keyring's settings.")


class SecretMissing(SecretError):
    sentence = tr("The API secret of {server} is not in your keyring.")
    hint = tr("Type it once under “Server settings”. Your administrator finds it in config.yaml (client → secret).")


class SecretInvalid(SecretError):
    sentence = tr("This is not an API secret: {reason}.")
    hint = tr("Copy it again from the server's config.yaml (client → secret).")


# --- the way to the server ---------------------------------------------------------------------------------------


class ConnectionFailed(LauncherError):
    exit_code = 4


class AddressNotFound(ConnectionFailed):
    sentence = tr("No computer called {host} was found.")
    hint = tr("Check the address for typing errors, and that this computer is online.")


class HostUnreachable(ConnectionFailed):
    sentence = tr("This computer has no way to {host}.")
    hint = tr("Check that you are online. Some servers can be reached from their own network or through a VPN only.")


class ConnectionRefused(ConnectionFailed):
    sentence = tr("{host} does not accept connections.")
    hint = tr("The server may be switched off or starting. Try again in a minute, or ask your administrator.")


class ConnectionBroken(ConnectionFailed):
    sentence = tr("The connection to {host} broke off before the answer was complete.")
    hint = tr("Check your network and try again.")


class CertificateRefused(ConnectionFailed):
    sentence = tr("The connection to {host} is not safe: {reason}.")
    hint = tr("Check this computer's date. Otherwise ask your administrator: the server's certificate must be valid "
              "for this address.")  # fmt: skip


class CertificateExpired(CertificateRefused):
    sentence = tr("The certificate of {host} has expired; this computer's date is {today}.")
    hint = tr("If that date is wrong, correct it. Otherwise ask your administrator to renew the certificate.")


class CertificateNotYetValid(CertificateRefused):
    sentence = tr("The certificate of {host} is not valid yet; this computer's date is {today}.")
    hint = tr("Correct the date of this computer. If it is right, ask your administrator.")


class CertificateForOtherName(CertificateRefused):
    sentence = tr("The server at {host} shows the certificate of another name.")
    hint = tr("Check the address. If it is right, ask your administrator for a certificate with this name.")


class CertificateUntrusted(CertificateRefused):
    sentence = tr("This computer does not trust who issued the certificate of {host}.")
    hint = tr("If your organisation issues its own certificates, ask your administrator for the certificate file, "
              "and name it in the server's settings. Otherwise do not go on: somebody may be listening.")  # fmt: skip


class DeadlinePassed(ConnectionFailed):
    sentence = tr("{host} did not answer within {seconds} s.")
    hint = tr("Try again. If it happens often, tell your administrator that the server is slow.")


class ProxyFailed(ConnectionFailed):
    sentence = tr("The proxy {proxy} did not let the connection to {host} through.")
    hint = tr("Check the proxy in your system's network settings (HTTPS_PROXY).")


class ProxyNeedsPassword(ProxyFailed):
    sentence = tr("The proxy {proxy} asks for a user name and a password.")
    hint = tr("Ask your administrator for them, and write HTTPS_PROXY as http://name:password@proxy.")


class ProxyUnsupported(ConnectionFailed):
    sentence = tr("The proxy {proxy} is of a kind this program cannot use.")
    hint = tr("Use an http:// proxy address, or add the server to NO_PROXY.")


class ProxyAddressWrong(ProxyUnsupported):
    """The address is not shown: it may have a password in it."""

    sentence = tr("The address of the proxy of this computer cannot be understood.")
    hint = tr("Correct it in your system's network settings (HTTPS_PROXY), or add the server to NO_PROXY.")


class CertificatesUnreadable(ConnectionFailed):
    sentence = tr("The file with your organisation's certificates cannot be read: {path}.")
    hint = tr("Correct the path in the server's settings, or remove it to use the system's certificates.")


class Cancelled(ConnectionFailed):
    sentence = tr("Cancelled.")
    hint = tr("Nothing was changed.")


# --- an answer that is not the server's JSON ---------------------------------------------------------------------


class AnswerUnusable(LauncherError):
    exit_code = 4


class Redirected(AnswerUnusable):
    """`location` is where the answer leads, as the server wrote it, or "": never shown, and never followed unasked."""

    location: str = ""
    sentence = tr("{host} sends visitors on to {target}.")
    hint = tr("If that is your server, put this address into the server settings. Nothing was sent there.")


class NotPlugNmeet(AnswerUnusable):
    sentence = tr("{host} answered with a web page, not as a plugNmeet server.")
    hint = tr("You may have to sign in to the network first. Otherwise check the address: it is the one your meetings "
              "open at.")  # fmt: skip


class PageNotFound(AnswerUnusable):
    sentence = tr("There is no plugNmeet server at {address}.")
    hint = tr("Check the address, also the part after the host name.")


class BodyTooLarge(AnswerUnusable):
    sentence = tr("The server refused the request because it is too long.")
    hint = tr("Shorten the longest texts, such as the welcome message or the extra data.")


class HeadersTooLarge(AnswerUnusable):
    sentence = tr("The server refused the request because its address is too long.")
    hint = tr("A design makes the join link longer: clear some of its values.")


class ServerCrashed(AnswerUnusable):
    sentence = tr("The server failed while working on this: {message}")
    hint = tr("Try again. If it stays, send this sentence to your administrator.")


class GatewayFailed(AnswerUnusable):
    sentence = tr("The server behind {host} is not running (code {status}).")
    hint = tr("It may be restarting. Try again in a minute, or ask your administrator.")


class ServerUnhealthy(AnswerUnusable):
    sentence = tr("The server is not healthy: {message}")
    hint = tr("Tell your administrator: the server itself names the part that fails.")


class AnswerTooLarge(AnswerUnusable):
    sentence = tr("{host} sent more data than any plugNmeet answer has.")
    hint = tr("Check the address. The connection was cut for safety.")


class UnexpectedAnswer(AnswerUnusable):
    sentence = tr("{host} sent an answer this program does not understand: {reason}.")
    hint = tr("Check that the address belongs to a plugNmeet server. If it does, send this sentence to your "
              "administrator.")  # fmt: skip


# --- refusals of the server: the classes are in `refusals` -------------------------------------------------------


class ServerRefused(LauncherError):
    """The server understood and said no. Also stands for a refusal that this program does not know by name."""

    sentence = tr("The server refused: {message}")
    hint = tr("If the sentence does not help, send it to your administrator (code {code}).")
    exit_code = 5


# --- opening the meeting -----------------------------------------------------------------------------------------


class PracticeFailed(LauncherError):
    sentence = tr("The practice server could not start: {reason}.")
    hint = tr("Close programs that use many network connections, then try again.")


class BrowserFailed(LauncherError):
    sentence = tr("No web browser could be opened.")
    hint = tr("Set a default browser in your system's settings, or join in this app.")


class HandOffExpired(LauncherError):
    sentence = tr("The browser did not fetch the meeting within {seconds} seconds.")
    hint = tr("Press “Open in browser” again.")


class MeetingWindowUnavailable(LauncherError):
    sentence = tr("The meeting window cannot be used here: {reason}.")
    hint = tr("Use “Open in browser” instead.")
