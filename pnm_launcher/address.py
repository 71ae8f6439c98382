"""One strict parser for the addresses people give us: servers, pages, pictures.

URL parsers disagree on odd addresses (`https://evil\\@good/`, `127.1`, invisible characters), so that a check made
by one can be passed and the connection made by another to a different host. Only the canonical text that this module
returns is ever stored, shown or connected to.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from .errors import InvalidValue
from .texts import tr

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_SAFE = re.compile(r"[!-~]+")
_PATH = re.compile(r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*")
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A canonical web address without user, query or fragment. `path` has no slash at its end and may be empty."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`, as browsers and `QWebEnginePermission.origin()` write it."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host

    def __str__(self) -> str:
        return self.origin + self.path


def parse_address(text: str, field: str = "address") -> Address:
    """Read a server's address; `https://` may be left out, and white space around it is dropped.

    Plain http is accepted for `localhost` only: plugNmeet's page refuses it everywhere else. Raises `InvalidValue`
    for the field named `field`.
    """
    text = text.strip()
    if not text:
        raise InvalidValue(field, tr("Type the address of the server, for example https://meet.example.org."))
    if "\\" in text or not text.isprintable() or " " in text:
        raise InvalidValue(field, tr("An address has no spaces, backslashes or invisible characters."))
    if text.endswith(("?", "#")):
        raise InvalidValue(field, tr("Leave out everything from the “?” or “#” on."))
    text = text if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) else f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InvalidValue(field, tr("This address is not complete or has a wrong port number.")) from None
    _check_parts(parts, field)
    host = _host(parts.hostname or "", field, bracketed="[" in parts.netloc)
    if parts.scheme == "http" and host != "localhost":
        raise InvalidValue(field, tr("plugNmeet needs https:// (http:// works for localhost only)."))
    standard = {"https": 443, "http": 80}[parts.scheme]
    return Address(parts.scheme, host, None if port == standard else port, parts.path.rstrip("/"))


def _check_parts(parts: SplitResult, field: str) -> None:
    if parts.scheme not in ("https", "http"):
        raise InvalidValue(field, tr("An address begins with https://."))
    if "@" in parts.netloc:
        raise InvalidValue(field, tr("Leave the user name and password out of the address."))
    if parts.query or parts.fragment:
        raise InvalidValue(field, tr("Leave out everything from the “?” or “#” on."))
    if not parts.hostname or re.search(r":0\d*$|:$", parts.netloc.rpartition("]")[2]):
        raise InvalidValue(field, tr("This address is not complete or has a wrong port number."))
    if not _PATH.fullmatch(parts.path) or "//" in parts.path or _DOTS.search(parts.path):
        raise InvalidValue(field, tr("The part after the host name has characters that an address cannot have."))


def _host(host: str, field: str, *, bracketed: bool) -> str:
    """The canonical host: an IP address as such, a name in lower case and its ASCII form."""
    try:
        return str(ipaddress.ip_address(host.replace("%", "/")))  # no zones: they name a port of this computer
    except ValueError:
        if bracketed:
            raise InvalidValue(field, tr("“{host}” is not the name of a computer."), host=host) from None
    if not host.isascii() or "xn--" in host:
        host = _ascii_host(host, field)
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidValue(field, tr("“{host}” is not the name of a computer."), host=host)
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        raise InvalidValue(
            field, tr("Write an IP address as four numbers from 0 to 255, or an IPv6 address in brackets.")
        )
    return ".".join(labels)


def _ascii_host(host: str, field: str) -> str:
    import idna  # only for the few addresses that need it: 13 ms

    try:
        if re.search("[。．｡]", host):  # the other full stops that IDNA knows: nobody types them by intention
            raise idna.IDNAError
        return idna.encode(unicodedata.normalize("NFC", host), uts46=False).decode("ascii")
    except idna.IDNAError:
        raise InvalidValue(field, tr("“{host}” is not the name of a computer."), host=host) from None


def check_resource(text: str, field: str) -> None:
    """Check the address of a picture or style sheet that a design names: https, or http on this computer.

    plugNmeet's page pastes it unescaped into CSS, so quotes, brackets, backslashes and white space are refused.
    """
    parts = re.fullmatch(r"(https?)://([^/?#@]+)([/?#].*)?", text, re.DOTALL)
    if not parts:
        raise InvalidValue(field, tr("Use a complete address that begins with https://."))
    if not _SAFE.fullmatch(text) or re.search(r"""["'()<>{}\\;`]""", text):
        raise InvalidValue(field, tr("Use an address without spaces, quotes, brackets, semicolons or backslashes."))
    if parts[1] == "http" and not re.fullmatch(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", parts[2]):
        raise InvalidValue(field, tr("Use https://: browsers block http:// inside a meeting."))
    parse_address("https://" + parts[2], field)
