"""The practice server: starts in a moment, on this computer only, with an API key and a secret of its own."""

import secrets
import time
from collections.abc import Callable
from typing import Self

from pnm_launcher.errors import PracticeFailed
from pnm_launcher.loopback import LoopbackServer, serve

from .application import THREADS, Application
from .tokens import Signer

_MOST_HEADER_BYTES = 4096
"""Request line and headers together, as on the real server."""
_MOST_BODY_BYTES = 50 * 1024 * 1024
"""More is not even read. The application itself answers 413 for bodies far below that, once they are read."""


class PracticeServer:
    """A running practice server: `address` is `http://localhost:PORT`; `secret` is never shown by `repr`."""

    def __init__(self, server: LoopbackServer, application: Application, api_key: str, secret: str) -> None:
        self._server = server
        self._application = application
        self.address = f"http://localhost:{server.port}"
        self.api_key = api_key
        self.secret = secret

    @classmethod
    def start(cls, *, token_seconds: int = 600, clock: Callable[[], float] = time.time,
              credentials: tuple[str, str] | None = None) -> Self:  # fmt: skip
        """Start one and return when it listens; raises `PracticeFailed`.

        Tokens live `token_seconds` (and the minute of leeway). `clock` gives Unix seconds. `credentials` (API key
        and secret) are random unless given.
        """
        api_key, secret = credentials or (f"practice-{secrets.token_hex(6)}", secrets.token_urlsafe(32))
        application = Application(Signer(api_key, secret, token_seconds), clock)
        try:
            server = serve(application, threads=THREADS, most_header_bytes=_MOST_HEADER_BYTES,
                           most_body_bytes=_MOST_BODY_BYTES)  # fmt: skip
        except OSError as error:
            raise PracticeFailed(reason=error.strerror or str(error)) from error
        return cls(server, application, api_key, secret)

    def __repr__(self) -> str:
        return f"PracticeServer({self.address})"

    def close(self) -> None:
        """End all meetings' pages and stop listening; may be called twice."""
        self._application.close()
        self._server.close()
