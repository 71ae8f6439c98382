"""Which versions of the client-server API a homeserver speaks, and the forms of calls that follow from that."""

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote

from pnm_launcher.strict_json import Odd, Reader
from pnm_launcher.texts import tr

PATH: Final = "/_matrix/client/versions"
_RELEASE: Final = re.compile(r"v([0-9]{1,4})\.([0-9]{1,4})(?:-.*)?", re.DOTALL)
_OLD: Final = re.compile(r"r[0-9]+\.[0-9]+\.[0-9]+(?:-.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Versions:
    """`newest` is the newest release such as (1, 15), or (0, 0) for a server from before November 2021."""

    newest: tuple[int, int] = (0, 0)

    @classmethod
    def read(cls, data: Reader) -> Self:
        """The answer of `/versions`; raises `Odd` if it names no version of Matrix."""
        listed = data.texts("versions")
        releases = [(int(found[1]), int(found[2])) for text in listed if (found := _RELEASE.fullmatch(text))]
        if not releases and not any(_OLD.fullmatch(text) for text in listed):
            raise Odd(tr("it names no version of Matrix"))
        return cls(max(releases, default=(0, 0)))

    def at_least(self, major: int, minor: int) -> bool:
        return self.newest >= (major, minor)

    @property
    def root(self) -> str:
        """Where the calls are: `v3`, and `r0` on a server that lists no release of Matrix 1."""
        return "/_matrix/client/" + ("v3" if self.at_least(1, 1) else "r0")

    def servers_query(self, via: tuple[str, ...]) -> str:
        """The servers to join through: `via` from v1.12 on (MSC4156). Older servers get `server_name` as well, and
        with the same values, because different lists could lead to different rooms."""
        names = ["via"] if self.at_least(1, 12) else ["server_name", "via"] if self.at_least(1, 1) else ["server_name"]
        return "&".join(f"{name}={quote(server, safe='')}" for name in names for server in via)
