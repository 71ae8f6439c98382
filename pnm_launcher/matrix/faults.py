"""What can go wrong with a Matrix server or a sign-in, as classes of the one tree of faults (`errors`).

Which answer of a homeserver becomes which class is the table in `refusals`.
"""

from pnm_launcher.address import Address, parse_address
from pnm_launcher.errors import AnswerUnusable, InvalidValue, SecretError, ServerRefused
from pnm_launcher.texts import tr

# --- no answer of a homeserver -----------------------------------------------------------------------------------


class NotMatrix(AnswerUnusable):
    sentence = tr("{host} answered with a web page, not as a Matrix server.")
    hint = tr("You may have to sign in to the network first. Otherwise check the address of the server.")


class MatrixNotUnderstood(AnswerUnusable):
    sentence = tr("{host} sent an answer this program does not understand: {reason}.")
    hint = tr("Check that the address belongs to a Matrix server. If it does, send this sentence to its administrator.")


class HomeserverUnknown(AnswerUnusable):
    sentence = tr("{name} does not tell where its Matrix server is: {reason}.")
    hint = tr("Ask your administrator for the server's address, and type it with https:// in front.")


class HomeserverBroken(AnswerUnusable):
    sentence = tr("{name} names a Matrix server that does not work: {reason}.")
    hint = tr("Tell your administrator. Do not sign in at a guessed address.")


class TooOldServer(AnswerUnusable):
    sentence = tr("The Matrix server {host} does not offer this: {what}.")
    hint = tr("Use your Matrix app for it, or ask your administrator for a newer version of the server.")


# --- the sign-in -------------------------------------------------------------------------------------------------


class SignInMissing(SecretError):
    sentence = tr("You are not signed in as {name} on this computer.")
    hint = tr("Sign in to this Matrix account again.")


class SignInElsewhere(SecretError):
    sentence = tr("This sign-in belongs to {origin}, and was not sent to {other}.")
    hint = tr("Sign in at the other server, if it is yours.")


class SignInNotKept(SecretError):
    sentence = tr("The sign-in could not be kept: {reason}")
    hint = tr(
        "It was ended again. Unlock your keyring, or install one (GNOME Keyring, KWallet), then sign in once more."
    )


class SignInTooLong(SecretError):
    sentence = tr("The server's sign-in is too long for your keyring.")
    hint = tr("Sign in for this session only.")


class MatrixRefused(ServerRefused):
    """A no that has no class of its own. `code` and `status` are the server's, `link` a web page it names or ""."""

    sentence = tr("The Matrix server refused: {message}")
    hint = tr("If the sentence does not help, send it to your administrator (code {code}).")
    status: int = 0
    link: str = ""

    def add_link(self, text: str, server: Address) -> None:
        """Keep the page that an answer names, if it is a correct https address."""
        try:
            parse_address(text.partition("?")[0].partition("#")[0])
        except InvalidValue:
            return
        if text.startswith("https://") and text.isascii() and text.isprintable() and " " not in text:
            self.link = text


class SignedOut(MatrixRefused):
    sentence = tr("You are no longer signed in at {host}.")
    hint = tr("Sign in to this Matrix account again.")
    exit_code = SecretError.exit_code


class SignInExpired(SignedOut):
    sentence = tr("Your sign-in at {host} has expired.")
    hint = tr("Sign in to this Matrix account again. This computer keeps its place in your list of devices.")


class LoginRefused(MatrixRefused):
    sentence = tr("The Matrix server did not accept this user name and password.")
    hint = tr("Check both, also capital letters. If you sign in through your organisation, use its web page.")


class CodeRefused(MatrixRefused):
    sentence = tr("The Matrix server did not accept the sign-in from your browser.")
    hint = tr("Start again: what the browser brings back works for a few seconds only.")


class NoSuchLogin(MatrixRefused):
    sentence = tr("{host} does not let you sign in this way.")
    hint = tr("It offers: {ways}.")


class SignInDeclined(MatrixRefused):
    sentence = tr("The sign-in was declined in the browser.")
    hint = tr("Start again if that was a mistake.")


class SignInTimedOut(MatrixRefused):
    sentence = tr("Nobody confirmed the sign-in in the browser within {minutes} min.")
    hint = tr("Start again, and confirm it on the web page.")


class AccountLocked(MatrixRefused):
    sentence = tr("Your account at {host} is locked.")
    hint = tr("Ask the administrator of that server. You stay signed in meanwhile.")


class AccountSuspended(MatrixRefused):
    sentence = tr("Your account at {host} is suspended: it may read, and enter no rooms.")
    hint = tr("Ask the administrator of that server.")


class AccountDeactivated(MatrixRefused):
    sentence = tr("This account was closed.")
    hint = tr("Use another account, or ask the administrator of {host}.")


class AccountExpired(MatrixRefused):
    sentence = tr("Your account at {host} has run out.")
    hint = tr("Renew it with the link that the server sends by e-mail, or ask its administrator.")


class AccountAwaitsApproval(MatrixRefused):
    sentence = tr("Your account at {host} is waiting for its approval.")
    hint = tr("Try again when the administrator has approved it.")


class TermsNotAccepted(MatrixRefused):
    """`link` is the page with the terms, only if it is on the homeserver itself."""

    sentence = tr("{host} wants you to accept its terms first: {message}")
    hint = tr("Open the page with the terms in your browser, accept them, and try again.")

    def add_link(self, text: str, server: Address) -> None:
        super().add_link(text, server)
        if self.link and parse_address(self.link.partition("?")[0].partition("#")[0]).host != server.host:
            self.link = ""
