"""Whether a newer version of this program exists, asked at an address that an organisation or a user chose."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from . import __version__
from .address import Address, parse_address
from .errors import InvalidValue, LauncherError
from .paths import resource
from .session import Session
from .strict_json import Odd, Reader, odd_value
from .texts import plain, tr

_FORMAT: Final = "pnm-launcher releases"
_MOST: Final = 64 * 1024
_SECONDS: Final = 15.0


class UpdateUnknown(LauncherError):
    sentence = tr("Whether there is a newer version could not be found out: {reason}.")
    hint = tr("Check the address for updates with whoever set it, or look for a new version yourself.")


@dataclass(frozen=True, slots=True)
class Release:
    """The newest version; `changes` are lines safe to show, `download` the web address of its installer for this sort
    of package, or of a page about it."""

    version: str
    changes: tuple[str, ...]
    download: str

    @property
    def is_newer(self) -> bool:
        return _numbers(self.version) > _numbers(__version__)


@cache
def form() -> str:
    """The sort of package this program came in: deb, rpm, portable …; "source" for a checkout."""
    try:
        found = json.loads(resource("package.json").read_text("utf-8"))["form"]
    except OSError:
        return "source"
    return str(found)


def newest(address: str, session: Session) -> Release:
    """Ask at the address of a JSON document. Raises `UpdateUnknown`, and of the network `ConnectionFailed` and
    `AnswerUnusable`. Nothing about the user or the computer is sent."""
    place = parse_address(address)
    answer = session.get(Address(place.scheme, place.host, place.port, ""), place.path, seconds=_SECONDS, most=_MOST)
    if answer.status != 200:
        raise UpdateUnknown(reason=tr("the server answered with code {status}").format(status=answer.status))
    try:
        return _release(Reader.of(answer.body))
    except (Odd, InvalidValue) as odd:
        raise UpdateUnknown(reason=str(odd)) from None


def _release(answer: Reader) -> Release:
    if answer.text("format") != _FORMAT:
        raise Odd(tr("the data is not a list of releases"))
    version = answer.text("version", required=True)
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4}){1,3}", version):
        raise odd_value("version")
    downloads = answer.part("downloads")
    address = downloads.text(form()) or downloads.text("page", required=True)
    if not address.startswith("https://"):
        raise odd_value("downloads")
    parse_address(address.partition("?")[0])
    changes = tuple(plain(line, 300) for line in answer.texts("changes")[:20])
    return Release(version, changes, address)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])
