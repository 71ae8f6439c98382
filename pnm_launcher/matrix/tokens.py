"""An account's tokens: one entry of the keyring for both, so that they change together; bound to one origin."""

import json
from dataclasses import dataclass, field

from pnm_launcher import log
from pnm_launcher.address import parse_address
from pnm_launcher.errors import KeyringMissing, SecretInvalid, SecretMissing
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.strict_json import Odd, Reader

from .calls import Bearer
from .faults import SignInElsewhere, SignInMissing, SignInTooLong


@dataclass(frozen=True, slots=True)
class Tokens:
    """`refresh` is "" where the access token cannot be renewed; `refresh_at` is the one OAuth address it may be sent
    to, or "" for the homeserver itself. Neither token is in any `repr`."""

    origin: str
    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    refresh_at: str = ""

    def __post_init__(self) -> None:
        for token in (self.access, self.refresh):
            log.hide(token)

    @property
    def bearer(self) -> Bearer:
        return Bearer(self.origin, self.access)


class TokenStore:
    """Tokens in the system's keyring, or for this session only. Calls may take seconds; each may raise
    `SecretError`."""

    def __init__(self, secrets: KeyringSecrets) -> None:
        self._secrets = secrets

    def load(self, account: MatrixAccount) -> Tokens:
        """Raises `SignInMissing`, also where there is no keyring, and `SignInElsewhere` if they belong to another
        origin than the account."""
        try:
            data = Reader.of(self._secrets.get(account).encode())
            tokens = Tokens(data.text("origin", required=True), data.text("access", required=True),
                            data.text("refresh"), data.text("refresh_at"))  # fmt: skip
        except (SecretMissing, SecretInvalid, KeyringMissing, Odd):
            tokens = None
        if not tokens:
            raise SignInMissing(name=account.user_id)
        if tokens.origin != (other := parse_address(account.homeserver).origin):
            raise SignInElsewhere(origin=tokens.origin, other=other)
        return tokens

    def save(self, account: MatrixAccount, tokens: Tokens, *, for_session: bool | None = None) -> None:
        """Keep tokens in place of older ones; unless told, where the older ones are: for this session or for good.

        When this returns, they were read back from the keyring. Raises `SignInTooLong` or another `SecretError`.
        """
        if for_session is None:
            for_session = self._secrets.is_for_session(account)
        values = {name: getattr(tokens, name) for name in ("origin", "access", "refresh", "refresh_at")}
        text = json.dumps({name: value for name, value in values.items() if value}, separators=(",", ":"))
        try:
            if for_session:
                self._secrets.put_for_session(account, text)
            else:
                self._secrets.put(account, text)
            return
        except SecretInvalid:
            pass
        raise SignInTooLong

    def forget(self, account: MatrixAccount) -> None:
        self._secrets.forget(account)
