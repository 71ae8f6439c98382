"""The tokens of a saved account while it is used: renewed when the server says so, by one program at a time."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pnm_launcher.address import parse_address
from pnm_launcher.errors import DeadlinePassed
from pnm_launcher.matrix_saved import MatrixAccount
from pnm_launcher.paths import config_folder

from .calls import Bearer
from .faults import SignedOut
from .tokens import Tokens, TokenStore

_PATIENCE: Final = 30.0
"""Seconds that a renewal waits for another program's renewal."""


class StoredKeys:
    """The `Keys` of a client. `renew` asks the server for a new pair; threads and programs take turns, because a
    refresh token works until its successor is used."""

    def __init__(self, account: MatrixAccount, store: TokenStore, renew: Callable[[Tokens], Tokens]) -> None:
        self._account = account
        self._store = store
        self._renew = renew
        self._tokens: Tokens | None = None

    def bearer(self) -> Bearer:
        self._tokens = self._tokens or self._store.load(self._account)
        return self._tokens.bearer

    def renewed(self, refused: Bearer, fault: SignedOut) -> Bearer:
        """The pair that another program has stored meanwhile, or a new one, which is stored before it is returned.

        Where the server has ended the sign-in, the tokens are forgotten and the fault is raised. A network that fails
        leaves everything as it was.
        """
        with _one_at_a_time(self._account):
            tokens = self._store.load(self._account)
            if tokens.access == refused.token:
                tokens = self._new_pair(tokens, fault)
        self._tokens = tokens
        return tokens.bearer

    def _new_pair(self, tokens: Tokens, fault: SignedOut) -> Tokens:
        try:
            if not tokens.refresh:
                raise fault
            new = self._renew(tokens)
        except SignedOut:
            self._tokens = None
            self._store.forget(self._account)
            raise fault from None
        self._store.save(self._account, new)
        return new


@contextmanager
def _one_at_a_time(account: MatrixAccount) -> Iterator[None]:
    from filelock import FileLock, Timeout  # 20 ms, and only for renewing

    folder = config_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(account.account.encode()).hexdigest()[:16]  # a user id is never part of a file's name
    lock = FileLock(folder / f"matrix-{name}.lock", mode=0o600)
    try:
        lock.acquire(timeout=_PATIENCE, poll_interval=0.02)
    except Timeout:
        raise DeadlinePassed(host=parse_address(account.homeserver).host, seconds=f"{_PATIENCE:g}") from None
    try:
        yield
    finally:
        lock.release()
