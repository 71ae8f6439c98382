"""The link that opens a meeting. Whoever has it is in: its token is in no `repr` and asked for only to open it."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from .address import Address
from .schema import DESIGN
from .values import Values

LONGEST: Final = 2_000
"""Characters of a link that surely fit: plugNmeet refuses requests whose line and headers pass 4,096 bytes, and the
browser repeats the link in its `Referer` header and the token beside it (server `pkg/router`, fiber 3.5)."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a meeting opens, and as whom. `page` is the address of the meeting's page, `design` compact JSON or ""."""

    page: Address
    token: str = field(repr=False)
    design: str
    room_id: str
    expires_at: datetime | None

    @property
    def url(self) -> str:
        """The whole link, token included: for the clipboard and the hand-off to a browser, never for a log."""
        return self._page(f"access_token={quote(self.token, safe='')}")

    @property
    def url_without_token(self) -> str:
        """For a page that finds the token in the cookie `pnm_access_token`."""
        return self._page()

    @property
    def too_long(self) -> bool:
        """Whether the server may refuse it for its length."""
        return len(self.url) > LONGEST

    def _page(self, *query: str) -> str:
        if self.design:
            query += (f"custom_design={quote(self.design, safe='')}",)
        return f"{self.page}/" + (f"?{'&'.join(query)}" if query else "")


def make_link(page: Address, token: str, design: Values, room_id: str) -> Link:
    """Put a link together; raises `InvalidValue` for a design the page could not read."""
    return Link(page, token, design_json(design), room_id, _expiry(token))


def design_json(values: Values) -> str:
    """The value of `custom_design`, "" for no design: compact JSON without white space, which recordings remove.

    The empty text matters: any design in the link, even one without keys, replaces the server's own.
    """
    chosen = {row.path: row.parse(str(values[row.path])) for row in DESIGN if row.path in values}
    return json.dumps(DESIGN.payload(chosen), separators=(",", ":")) if chosen else ""


def _expiry(token: str) -> datetime | None:
    """The token's `exp`, unverified (only the server has the key for that); None when it has none we can read."""
    try:
        claims = token.split(".")[1]
        expires = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"]
        return datetime.fromtimestamp(expires, UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError, RecursionError):
        return None
