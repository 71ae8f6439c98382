"""Looks at a picture or style sheet that a design names, when a person asks for it and never by itself.

Nothing that proves who we are is sent: the request has no token, no cookie and no header of the person's browser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from pnm_launcher.address import Address, parse_address
from pnm_launcher.errors import AnswerTooLarge, Cancelled, InvalidValue, LauncherError, Redirected
from pnm_launcher.kinds import Resource
from pnm_launcher.session import Answer, Session
from pnm_launcher.texts import plain, tr
from pnm_launcher.work import Cancellation

from .asset_pictures import Picture, Preview, check_svg, look
from .settle import Note

AssetKind = Literal["background_image", "custom_logo", "custom_css_url"]
Level = Literal["problem", "advice", "fact"]
LEVELS: Final[tuple[Level, ...]] = ("problem", "advice", "fact")
LARGEST: Final = 10 * 1024 * 1024
"""Bytes of an asset that are read at most."""
LOGO_SIZE: Final = (120, 45)
"""Pixels that the client gives a logo at most, width and height."""
_HEAVY: Final = 1024 * 1024
_WIDE: Final = 1280
_SVG: Final = "image/svg+xml"
_TEMPLATES: Final = {
    "background_image": tr("It fills the room between header and footer, cut at its edges, in light mode only."),
    "custom_logo": tr("It stands in the room's header, at most 120 × 45 pixels, on light and on dark alike; the page "
                      "before the room does not show it."),
    "custom_css_url": tr("It is loaded after the client's own styles, in light and dark mode; the design's colours are "
                         "applied after it."),
}  # fmt: skip
_MISSING: Final = tr("The server has no such file (code {status}).")
_CLOSED: Final = tr("The server does not show this file to everybody (code {status}).")
_FAILED: Final = tr("The server did not send the file (code {status}). Try again later.")
_NOT_SENT: Final = {401: _CLOSED, 403: _CLOSED, 404: _MISSING, 410: _MISSING}


@dataclass(frozen=True, slots=True)
class Remark:
    """`problem`: the meeting would not show it. `advice`: it would, but could be better. `fact`: what happens to it."""

    level: Level
    note: Note


@dataclass(frozen=True, slots=True)
class AssetReport:
    """What was found, the most important first. `size` in bytes, 0 if nothing was read.

    `picture` and `preview` are None where there are no pixels, the latter also where there are too many of them.
    """

    kind: AssetKind
    url: str
    remarks: tuple[Remark, ...]
    content_type: str = ""
    size: int = 0
    picture: Picture | None = None
    preview: Preview | None = None

    @property
    def ok(self) -> bool:
        return all(remark.level != "problem" for remark in self.remarks)


def check_asset(kind: AssetKind, url: str, session: Session, *, cancel: Cancellation | None = None) -> AssetReport:
    """Fetch an asset and say what the meeting's page would do with it.

    Faults of the address and of the way to it are remarks; only `Cancelled` is raised.
    """
    try:
        url = Resource().parse(url, kind)
    except InvalidValue as refusal:
        return AssetReport(kind, plain(url), (_problem(refusal.template, **refusal.details),))
    address, path = _place(url)
    try:
        answer = session.get(address, path, cancel=cancel, most=LARGEST)
    except Cancelled:
        raise
    except AnswerTooLarge:
        return AssetReport(kind, url, (_problem(tr("It is larger than 10 MB and was not read to its end.")),))
    except Redirected as redirect:
        template = tr("It leads on to {target}. Open it in a browser, and use the address where it ends.")
        return AssetReport(kind, url, (_problem(template, **redirect.details),))
    except LauncherError as fault:
        return AssetReport(kind, url, (_problem(fault.sentence, **fault.details),))
    return _report(kind, url, answer)


def _report(kind: AssetKind, url: str, answer: Answer) -> AssetReport:
    content_type = plain(answer.content_type.partition(";")[0].strip().lower(), 60)
    size = len(answer.body)
    if answer.status != 200:
        found = _problem(_NOT_SENT.get(answer.status, _FAILED), status=answer.status)
        return AssetReport(kind, url, (found,), content_type, size)
    drawn = content_type == _SVG and kind != "custom_css_url"
    picture, preview, fault = _looked_at(kind, answer.body, drawn=drawn)
    remarks = [
        *_about_address(url),
        *_about_type(kind, content_type, fault if size else None),
        *_about_size(kind, size),
    ]
    if kind == "custom_logo" and picture:
        remarks += _about_logo(picture)
    if kind == "background_image" and picture and picture.width < _WIDE:
        remarks.append(_advice(tr("It is {width} pixels wide and becomes blurred on large screens; 1920 × 1080 is "
                                  "enough."), width=picture.width))  # fmt: skip
    if picture and picture.too_large:
        remarks.append(_problem(tr("It has {width} × {height} pixels, too many for a weak computer."),
                                width=picture.width, height=picture.height))  # fmt: skip
    if picture and picture.animated:
        remarks.append(_advice(tr("It moves, which distracts and takes power; nobody can stop it.")))
    remarks.append(Remark("fact", Note(_TEMPLATES[kind])))
    if drawn and not fault:
        remarks.append(Remark("fact", Note(tr("It is drawn from shapes, so that it is sharp in every size."))))
    remarks.sort(key=lambda remark: LEVELS.index(remark.level))
    return AssetReport(kind, url, tuple(remarks), content_type, size, picture, preview)


def _looked_at(kind: AssetKind, body: bytes, *, drawn: bool) -> tuple[Picture | None, Preview | None, Remark | None]:
    """What the pixels are like, and why a browser shows none."""
    try:
        if drawn:
            check_svg(body)
        elif kind != "custom_css_url":
            return *look(body, "logo" if kind == "custom_logo" else "background"), None
    except InvalidValue as refusal:
        return None, None, _problem(refusal.template, **refusal.details)
    return None, None, None


def _about_address(url: str) -> Iterator[Remark]:
    if not url.startswith("https:"):
        yield _advice(tr("Only this computer can load it. Put it on a server with https:// for the others."))


def _about_type(kind: AssetKind, content_type: str, fault: Remark | None) -> Iterator[Remark]:
    named = content_type or "?"
    if kind == "custom_css_url":
        if content_type != "text/css":
            yield _problem(tr("It is sent as {type}: browsers apply a style sheet only as text/css."), type=named)
    elif not content_type.startswith("image/"):
        yield _problem(tr("It is sent as {type} and not as a picture."), type=named)
    elif fault:
        yield fault


def _about_size(kind: AssetKind, size: int) -> Iterator[Remark]:
    if not size:
        yield _problem(tr("It is empty."))
    if size > _HEAVY:
        yield _advice(tr("It has {size} MB, which everybody loads when they enter. Make it smaller."),
                      size=f"{size / 1024 / 1024:.1f}")  # fmt: skip


def _about_logo(logo: Picture) -> Iterator[Remark]:
    width, height = LOGO_SIZE
    if logo.width < width and logo.height < height:
        yield _advice(tr("It has only {width} × {height} pixels, and sharp screens show twice as many."),
                      width=logo.width, height=logo.height)  # fmt: skip
    if not logo.transparent:
        yield _advice(tr("Nothing of it is transparent, so that it stands in a box on light or on dark."))


def _place(url: str) -> tuple[Address, str]:
    """Where to ask, and for what; the part after `#` is for the browser alone."""
    parts = urlsplit(url)
    host = parse_address(f"https://{parts.netloc}").host
    query = f"?{parts.query}" if parts.query else ""
    return Address(parts.scheme, host, parts.port, ""), (parts.path or "/") + query


def _problem(template: str, **details: str | int) -> Remark:
    return Remark("problem", Note(template, **details))


def _advice(template: str, **details: str | int) -> Remark:
    return Remark("advice", Note(template, **details))
