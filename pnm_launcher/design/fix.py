"""Mends what the audit finds: the nearest tone of the same hue that passes, and nothing that passed may fail for it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pnm_launcher.values import Values

from .audit import Finding, audit_checked, judge, pairs_of, passes, seen
from .pairs import PAIR, Pair
from .regions import REGIONS, checked, color_of, region
from .tones import distance, nearest

Changes = dict[str, str]
_BRIEF: Final = 0.25
"""How much a change counts that shows below the pointer only."""


class _Button(NamedTuple):
    """A kind of button: the parameters of its ground, its fall-back and its text, and its regions at rest."""

    ground: str
    fall_back: str
    text: str
    ground_region: str
    text_region: str


_BUTTONS: Final = (
    _Button("primary_btn_bg_color", "primary_color", "primary_btn_text_color", "primary_button", "primary_text"),
    _Button("secondary_btn_bg_color", "secondary_color", "secondary_btn_text_color", "secondary_button",
            "secondary_text"),
)  # fmt: skip


def fix(design: Values, finding: Finding) -> Changes | None:
    """The parameters to change so that a finding passes, with their new colours; empty if it does already.

    Of all ways the one that changes least of what is seen. A button may get the text or ground it shows at rest as a
    parameter, so that it keeps it. None if nothing helps without making fail what passes now; the client's own faults
    (`Pair.own`) do not count there, as they pass by chance and at the cost of others.
    """
    return fix_checked(checked(design), finding.pair)


def fix_all(design: Values) -> Changes:
    """What to change so that as much as possible passes. What still fails then is the client's own."""
    return fix_all_checked(checked(design))


def fix_all_checked(values: Mapping[str, str], only: Collection[str] | None = None) -> Changes:
    """`fix_all` for checked values; `only` these parameters may change."""
    now = dict(values)
    while changes := _first_fix(now, only):
        now |= changes
    return {name: color for name, color in now.items() if values.get(name) != color}


def _first_fix(values: Mapping[str, str], only: Collection[str] | None) -> Changes | None:
    failing = (found for found in audit_checked(values) if not found.passes)
    return next((changes for found in failing if (changes := fix_checked(values, found.pair, only))), None)


def fix_checked(values: Mapping[str, str], pair_id: str, only: Collection[str] | None = None) -> Changes | None:
    """`fix` for checked values; `only` these parameters may change."""
    found = next((one for one in audit_checked(values) if one.pair == pair_id), None)
    if found is None:
        return None
    if found.passes:
        return {}
    kept = _passing(values)
    ways = [way for way in _ways(found, values, kept) if only is None or set(way) <= set(only)]
    good = [way for way in ways if _keeps(kept, values, way)]
    good = good or [longer for way in ways if (longer := _with_repairs(way, values, kept, only)) is not None]
    return _least(good, values)


def _passing(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(one.pair for one in audit_checked(values) if one.passes and not one.own)


def _least(ways: Iterable[Changes], values: Mapping[str, str]) -> Changes | None:
    """The change that alters least of what is seen."""
    return min(ways, key=lambda way: _seen_change(values, {**values, **way}), default=None)


def _keeps(kept: Collection[str], values: Mapping[str, str], way: Changes) -> bool:
    """Whether the pairs that passed with these values still do after a change of them."""
    after = {**values, **way}
    return all(passes(PAIR[id], after) for id in kept if any(id in pairs_of(name) for name in way))


def _with_repairs(
    way: Changes, values: Mapping[str, str], kept: Collection[str], only: Collection[str] | None
) -> Changes | None:
    """A change together with those that mend what it breaks; None if these would need repairs themselves."""
    now = {**values, **way}
    for id in kept:
        found = judge(PAIR[id], now)
        if found.passes:
            continue
        free = {name for name in found.parameters if name not in way and (only is None or name in only)}
        passing = _passing(now)
        repairs = (more for more in _ways(found, now, passing) if set(more) <= free)
        repair = _least((more for more in repairs if _keeps(passing, now, more)), now)
        if repair is None:
            return None
        now |= repair
    return {name: color for name, color in now.items() if values.get(name) != color}


def _ways(found: Finding, values: Mapping[str, str], kept: Collection[str]) -> Iterator[Changes]:
    """Changes that make the pair pass, the nearest in each parameter; where they cannot keep the others, the nearest
    all the same."""
    pair = PAIR[found.pair]
    for parameter in found.parameters:
        side = pair.front if parameter in region(pair.front).parameters else pair.ground
        for pins in _pins(parameter, values):
            color = _nearest(color_of(side, {**values, **pins}), pair, kept, _Trial(values, pins, parameter))
            if color is not None:
                yield {**pins, parameter: color}
    for button in _BUTTONS:
        frozen = _frozen(button, values)
        if passes(pair, {**values, **frozen}):
            yield frozen


@dataclass(frozen=True, slots=True)
class _Trial:
    """One parameter that is tried in many colours, with others that are pinned."""

    values: Mapping[str, str]
    pins: Changes
    parameter: str

    def way(self, color: str) -> Changes:
        return {**self.pins, self.parameter: color}


def _nearest(start: str, pair: Pair, kept: Collection[str], trial: _Trial) -> str | None:
    def mends(color: str) -> bool:
        return passes(pair, {**trial.values, **trial.way(color)})

    def keeps(color: str) -> bool:
        return _keeps(kept, trial.values, trial.way(color))

    return nearest(start, mends, keeps) or nearest(start, mends)


def _pins(parameter: str, values: Mapping[str, str]) -> Iterator[Changes]:
    """What to set besides a parameter, so that a button keeps what it shows at rest: nothing, its text, all of it."""
    yield {}
    for button in _BUTTONS:
        paints = {button.ground} if button.ground in values else {button.ground, button.fall_back}
        if parameter not in paints:
            continue
        if button.text not in values:
            yield {button.text: color_of(button.text_region, values)}
        if parameter == button.fall_back:
            yield _frozen(button, values)


def _frozen(button: _Button, values: Mapping[str, str]) -> Changes:
    """A button's colours at rest as parameters, which then hold below the pointer too."""
    return {
        name: color_of(id, values)
        for name, id in ((button.ground, button.ground_region), (button.text, button.text_region))
        if values.get(name) != color_of(id, values)
    }


def _seen_change(before: Mapping[str, str], after: Mapping[str, str]) -> float:
    """How different everything looks, all regions together."""
    return sum(
        distance(old, new) * (_BRIEF if "hover" in place.id else 1)
        for place in REGIONS
        if (old := seen(place.id, lambda id: color_of(id, before)))
        != (new := seen(place.id, lambda id: color_of(id, after)))
    )
