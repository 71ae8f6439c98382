"""The API secret: in the system's keyring, or in memory for this session. It is kept nowhere else.

Each call to the keyring ends in time, and what was written is read back.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from .errors import (
    KeyringMismatch,
    KeyringMissing,
    KeyringRefused,
    KeyringTimeout,
    LauncherError,
    SecretInvalid,
    SecretMissing,
)
from .keyrings import find_keyring, in_our_words, name_of
from .texts import tr
from .work import bounded

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "pnm-launcher"
"""The first half of an entry's name in the keyring; the other is `Owner.account`."""

LONGEST: Final = 1_024
"""Characters. An entry of Windows holds 2560 bytes of UTF-16."""

_QUOTES: Final = ('""', "''", "``", "“”", "„“", "‘’", "«»")
_T = TypeVar("_T")


class Owner(Protocol):
    """Whose secret it is: a `Server` with its API secret, a `MatrixAccount` with its tokens."""

    @property
    def name(self) -> str:
        """For people."""

    @property
    def account(self) -> str:
        """The name of the entry in the keyring."""


class Secrets(Protocol):
    """Where the API secrets of servers are kept. Calls may take seconds: never make them on the GUI thread."""

    def get(self, owner: Owner) -> str:
        """Raises `SecretMissing` where there is none, or another `SecretError`."""

    def put(self, owner: Owner, secret: str) -> None:
        """Keep a secret in place of an older one; raises `SecretInvalid` or another `SecretError`."""

    def forget(self, owner: Owner) -> None:
        """Remove a secret; does nothing where there is none."""


class SessionSecrets:
    """Secrets in memory, until the program ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, owner: Owner) -> str:
        if owner.account not in self._secrets:
            raise SecretMissing(server=owner.name)
        return self._secrets[owner.account]

    def put(self, owner: Owner, secret: str) -> None:
        self._secrets[owner.account] = _checked(secret)

    def forget(self, owner: Owner) -> None:
        self._secrets.pop(owner.account, None)

    def __contains__(self, account: str) -> bool:
        return account in self._secrets


class KeyringSecrets:
    """Secrets in the system's keyring, and before them those that were typed for this session only.

    Each call ends within `seconds`, with the answer or a `SecretError`. `choose` finds the keyring.
    """

    def __init__(
        self,
        session: SessionSecrets | None = None,
        seconds: float = 5.0,
        choose: "Callable[[], KeyringBackend]" = find_keyring,
    ) -> None:
        self._session = SessionSecrets() if session is None else session
        self._seconds = seconds
        self._choose = choose

    def get(self, owner: Owner) -> str:
        with suppress(SecretMissing):
            return self._session.get(owner)
        secret = self._ask(lambda keyring: keyring.get_password(SERVICE, owner.account))
        if not secret:
            raise SecretMissing(server=owner.name)
        return _checked(secret)

    def put(self, owner: Owner, secret: str) -> None:
        """Write, read back, and drop what was typed for this session; raises `KeyringMismatch` if it was not kept."""
        _checked(secret)

        def write(keyring: "KeyringBackend") -> None:
            keyring.set_password(SERVICE, owner.account, secret)
            if keyring.get_password(SERVICE, owner.account) != secret:
                with suppress(Exception):  # the keyring is broken already
                    keyring.delete_password(SERVICE, owner.account)
                raise KeyringMismatch

        self._ask(write, secret)
        self._session.forget(owner)

    def is_for_session(self, owner: Owner) -> bool:
        """Whether the secret is in memory only. Asks no keyring."""
        return owner.account in self._session

    def put_for_session(self, owner: Owner, secret: str) -> None:
        """Keep a secret in memory only, and prefer it to the keyring's. Asks no keyring."""
        self._session.put(owner, secret)

    def forget(self, owner: Owner) -> None:
        """Remove it from memory and from the keyring; without a keyring there is nothing more to remove."""
        self._session.forget(owner)

        def remove(keyring: "KeyringBackend") -> None:
            if keyring.get_password(SERVICE, owner.account) is not None:
                keyring.delete_password(SERVICE, owner.account)

        with suppress(KeyringMissing, KeyringRefused):
            self._ask(remove)

    def backend_name(self) -> str:
        """The keyring in words, marked for translation; raises `KeyringMissing` or another `SecretError`."""
        return self._ask(name_of)

    def _ask(self, call: "Callable[[KeyringBackend], _T]", secret: str = "") -> _T:
        """One call at a time, so that a hung keyring holds one thread and never shows two windows."""
        try:
            return bounded(lambda: call(self._choose()), self._seconds, "keyring", most=1)
        except LauncherError:
            raise
        except TimeoutError:
            fault: LauncherError = KeyringTimeout(seconds=f"{self._seconds:g}")
        except Exception as error:
            fault = in_our_words(error, secret)
        raise fault  # not inside `except`: the keyring's own error, which may hold the secret, must not be attached


def clean_secret(text: str) -> tuple[str, int]:
    """A pasted secret without the white space, invisible characters and pair of quotes around it, and how many
    characters that took away. Raises `SecretInvalid` for what no API secret is."""
    if len(text) > 16 * LONGEST:
        raise SecretInvalid(reason=tr("it is too long"))
    secret = _trimmed(text)
    if len(secret) > 1 and secret[0] + secret[-1] in _QUOTES:
        secret = _trimmed(secret[1:-1])
    if any(map(_invisible, secret)):
        raise SecretInvalid(reason=tr("there is white space inside it"))
    if not secret.isascii():
        raise SecretInvalid(reason=tr("it has letters or signs that are not plain ASCII"))
    return _checked(secret), len(text) - len(secret)


def fingerprint(secret: str) -> str:
    """Three bytes such as “7F·3A·C9”, by which two people compare a secret over the phone without saying it."""
    digest = hmac.digest(secret.encode("utf-8", "surrogatepass"), b"pnm-launcher fingerprint", hashlib.sha256)
    return "·".join(f"{byte:02X}" for byte in digest[:3])


def _checked(secret: str) -> str:
    if not secret:
        raise SecretInvalid(reason=tr("it is empty"))
    if len(secret) > LONGEST:
        raise SecretInvalid(reason=tr("it is too long"))
    if any(char in "\0\r\n" or unicodedata.category(char) == "Cs" for char in secret):
        raise SecretInvalid(reason=tr("it has characters that are no text"))
    return secret


def _trimmed(text: str) -> str:
    seen = [place for place, char in enumerate(text) if not _invisible(char)]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def _invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
