"""Which keyring of this computer is used, and what its faults mean. Only known, safe keyrings are ever loaded.

`PYTHON_KEYRING_BACKEND` and `keyringrc.cfg` may load any code, and `keyring` follows them, down to a plain-text file.
Here they are read as text only: they choose among the known keyrings and can name no other.
"""

import importlib
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from .errors import KeyringDenied, KeyringLocked, KeyringMissing, KeyringRefused, SecretError, SecretInvalid
from .texts import tr

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_FREEDESKTOP: Final = "keyring.backends.SecretService.Keyring"
_KWALLET: Final = "keyring.backends.kwallet.DBusKeyring"
_MACOS: Final = "keyring.backends.macOS.Keyring"
_WINDOWS: Final = "keyring.backends.Windows.WinVaultKeyring"
_KNOWN: Final = {"darwin": (_MACOS,), "win32": (_WINDOWS,)}
_WORDS: Final = {
    _FREEDESKTOP: tr("GNOME Keyring or another Secret Service"),
    _KWALLET: tr("KWallet"),
    _MACOS: tr("macOS Keychain"),
    _WINDOWS: tr("Windows Credential Manager"),
}
_KEEP_NOTHING: Final = ("keyring.backends.fail.", "keyring.backends.null.", "keyring.backends.chainer.")

_LOCKED: Final = {"KeyringLocked", "LockedException", "PromptDismissedException"}
_MISSING: Final = {"NoKeyringError", "InitError", "SecretServiceNotAvailableException"}
_BAD_STUB_DATA: Final = 1783
"""What Windows says to more than 2560 bytes in one entry (RPC_X_BAD_STUB_DATA)."""


def find_keyring() -> "KeyringBackend":
    """The best known keyring of this computer. May hang, like everything that asks a keyring.

    Raises `KeyringMissing` if there is none, or `KeyringRefused` if the settings of `keyring` name one that is not
    known to be safe and there is no other.
    """
    wanted = _named_in_settings()
    found: list[tuple[bool, float, str, type[KeyringBackend]]] = []
    for name in _KNOWN.get(sys.platform, (_FREEDESKTOP, _KWALLET)):
        module, _, class_name = name.rpartition(".")
        keyring: type[KeyringBackend] = getattr(importlib.import_module(module), class_name)
        with suppress(Exception):  # `priority` raises whatever it meets where the keyring cannot be used
            found.append((name == wanted, float(keyring.priority), name, keyring))
    if found:
        return max(found, key=lambda row: row[:3])[3]()
    if wanted and wanted not in _WORDS and not wanted.startswith(_KEEP_NOTHING):
        raise KeyringRefused(backend=wanted)
    raise KeyringMissing


def name_of(keyring: "KeyringBackend") -> str:
    """A keyring in words, marked for translation."""
    kind = type(keyring)
    return _WORDS.get(f"{kind.__module__}.{kind.__qualname__}", kind.__qualname__)


def _named_in_settings() -> str:
    """The keyring class that the user's settings name, or nothing. Loads no code, unlike `keyring.get_keyring()`."""
    if name := os.environ.get("PYTHON_KEYRING_BACKEND", "").strip():
        return name
    from configparser import Error, RawConfigParser  # with keyring itself, only when a secret is needed

    from keyring.util.platform_ import config_root

    settings = RawConfigParser()
    with suppress(Error, OSError, UnicodeDecodeError):
        settings.read(config_root() / "keyringrc.cfg", encoding="utf-8")
        return settings.get("backend", "default-keyring", fallback="").strip()
    return ""


def in_our_words(error: Exception, secret: str = "") -> SecretError:
    """The fault that an exception of `keyring`, or of what it builds on, means; never with the secret in its text."""
    kinds = {kind.__name__ for one in (error, error.__cause__) for kind in type(one).__mro__}
    if kinds & _LOCKED:
        return KeyringLocked()
    if kinds & _MISSING:
        return KeyringMissing()
    if getattr(error, "winerror", None) == _BAD_STUB_DATA:
        return SecretInvalid(reason=tr("it is too long"))
    if isinstance(error, UnicodeError):
        return SecretInvalid(reason=tr("it has characters that are no text"))
    reason = str(error).strip().rstrip(".")
    return KeyringDenied(reason=reason if reason and not (secret and secret in reason) else type(error).__name__)
