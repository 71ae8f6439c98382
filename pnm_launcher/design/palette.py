"""From one brand colour to a whole design: proposals for what is still empty, and all that is proposed can be read."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pnm_launcher.kinds import Color
from pnm_launcher.texts import tr
from pnm_launcher.values import Values

from .audit import audit_checked, pairs_of
from .contrast import ratio
from .fix import fix_all_checked
from .pairs import NEEDED
from .pictures import from_picture
from .regions import checked
from .tones import GREY, Tone, distance, shade, to_color, tone_of

__all__ = ["Proposal", "from_color", "from_picture", "proposals"]

_NEIGHBOUR: Final = 35.0
"""Degrees to the hue of the secondary colour: near enough to belong to the brand's, far enough to be told apart."""
_DEEP: Final = 0.11
"""The most chroma of dark grounds."""
_OTHER: Final = 0.1
"""Footers less different than this (OKLab) are no choice."""
_ON_BRAND: Final = ("#ffffff", "#0c131a", "#000000")
"""One of them can be read on any colour."""


class Proposal(NamedTuple):
    """One of several. `name` says what sets it apart, marked for translation; `values` are the proposed parameters."""

    name: str
    values: dict[str, str]


def from_color(color: str, design: Values | None = None) -> dict[str, str]:
    """Proposals for the parameters that a design leaves empty, from any CSS colour; its alpha is left aside.

    With an empty design every pair of the audit passes, but for the client's own faults. Otherwise no proposal makes
    fail what passes without it. The primary button gets the brand's very colour. Raises `InvalidValue`.
    """
    return proposals(color, design)[0].values


def proposals(color: str, design: Values | None = None) -> tuple[Proposal, ...]:
    """What `from_color` proposes, and after it those that are no harder to read and have another footer.

    One alone where the design has a footer of its own. Raises `InvalidValue`.
    """
    brand = Color().parse(color, "brand_color")[:7]
    given = checked(design or {})
    made = [(Proposal(name, _proposal(given, wishes)), wishes["footer_bg_color"]) for name, wishes in _variants(brand)]
    made.sort(key=lambda one: len(_failing({**given, **one[0].values})))
    least = len(_failing({**given, **made[0][0].values}))
    best, *others = made
    chosen, footers = [best[0]], [best[1]]
    for proposal, footer in others:
        as_wished = proposal.values.get("footer_bg_color") == footer
        other = all(distance(footer, known) > _OTHER for known in footers)
        if as_wished and other and len(_failing({**given, **proposal.values})) == least:
            chosen.append(proposal)
            footers.append(footer)
    return tuple(chosen)


def _proposal(given: Mapping[str, str], wishes: Mapping[str, str]) -> dict[str, str]:
    covered = {"side_panel_bg_color": "right_side_bg_color", "background_color": "background_image"}
    empty = {
        name: color for name, color in wishes.items() if name not in given and covered.get(name, name) not in given
    }
    return _harmless(given, {**empty, **fix_all_checked({**given, **empty}, only=empty)})


def _harmless(given: Mapping[str, str], proposal: dict[str, str]) -> dict[str, str]:
    """Without the proposals that make fail what passes when nothing is proposed."""
    failing = _failing(given)
    while broken := [id for id in _failing({**given, **proposal}) if id not in failing]:
        proposal = {name: color for name, color in proposal.items() if pairs_of(name).isdisjoint(broken)}
    return proposal


def _failing(values: Mapping[str, str]) -> list[str]:
    return [found.pair for found in audit_checked(values) if not found.passes and not found.own]


def _variants(brand: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What would look well, by name; the nearest that can be read is taken."""
    pale, deep = shade(brand, 0.97, 0.02), shade(brand, 0.33, _DEEP)
    common = {
        "primary_color": brand,
        "secondary_color": _neighbour(brand),
        "background_color": shade(brand, 0.94, 0.025),
        "header_bg_color": shade(brand, 0.98, 0.012),
        "side_panel_bg_color": shade(brand, 0.985, 0.008),
        "primary_btn_bg_color": brand,
        "primary_btn_text_color": next(text for text in _ON_BRAND if ratio(text, brand) >= NEEDED["text"]),
        "secondary_btn_bg_color": pale,
        "secondary_btn_text_color": deep,
    }
    dark_icons = {"footer_icon_bg_color": deep, "footer_icon_color": "#ffffff"}
    light_icons = {"footer_icon_bg_color": pale, "footer_icon_color": deep}
    on_brand = light_icons if ratio(pale, brand) >= ratio(deep, brand) else dark_icons
    yield tr("Dark footer"), common | {"footer_bg_color": deep} | light_icons
    yield tr("Light footer"), common | {"footer_bg_color": pale} | dark_icons
    yield tr("Brand footer"), common | {"footer_bg_color": brand} | on_brand


def _neighbour(brand: str) -> str:
    lightness, chroma, hue = tone_of(brand)
    if chroma < GREY:
        return shade(brand, 0.45)
    return to_color(Tone(min(0.65, max(0.45, lightness)), chroma, (hue + _NEIGHBOUR) % 360))
