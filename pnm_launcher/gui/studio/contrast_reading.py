"""What the audit found, sorted by whose fault it is: of the design, of the client's own look, or past mending."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pnm_launcher.gui.texts import tr

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding


@dataclass(frozen=True)
class Reading:
    """All pairs of a design, and those that fail, the worst first.

    `spoilt` are the design's doing; `inherited` fail with the very colours that the client has without a design, which
    a design can mend; `own` fail whatever the design.
    """

    pairs: "tuple[Finding, ...]"
    spoilt: "tuple[Finding, ...]"
    inherited: "tuple[Finding, ...]"
    own: "tuple[Finding, ...]"
    colored: bool

    def summary(self) -> str:
        if not self.colored:
            return tr("Contrast: no colours set yet")
        if not self.spoilt:
            return tr("Contrast: your colours can be read")
        return summary_of(len(self.spoilt), len(self.pairs))

    def inherited_words(self) -> str:
        """Of the client's own look; "" where nothing of it fails."""
        if len(self.inherited) == 1:
            return tr("plugNmeet's own look: 1 pair fails. A design can mend it.")
        if self.inherited:
            words = tr("plugNmeet's own look: {count} pairs fail. A design can mend them.")
            return words.format(count=len(self.inherited))
        return ""

    def grades(self) -> str:
        """How many pairs reach which level of WCAG 2.2, and how many fail in the client for good."""
        best, good = (sum(each.grade == grade for each in self.pairs) for grade in ("AAA", "AA"))
        words = [tr("Pairs that reach AAA: {best}, and AA: {good}.").format(best=best, good=good)]
        if len(self.own) == 1:
            words.append(tr("1 fails in plugNmeet itself, whatever the design."))
        elif self.own:
            words.append(tr("{count} fail in plugNmeet itself, whatever the design.").format(count=len(self.own)))
        return " ".join(words)


def reading_of(design: Mapping[str, str]) -> Reading:
    """The audit of checked values, sorted; for a thread."""
    plain = {each.pair: (each.foreground, each.background) for each in findings_of({})}
    pairs = findings_of(design)
    failing = sorted((each for each in pairs if not each.passes), key=lambda each: each.ratio)
    mendable = [each for each in failing if not each.own]
    spoilt = tuple(each for each in mendable if plain.get(each.pair) != (each.foreground, each.background))
    inherited = tuple(each for each in mendable if each not in spoilt)
    colored = any("color" in name for name in design)
    return Reading(pairs, spoilt, inherited, tuple(each for each in failing if each.own), colored)


def findings_of(design: Mapping[str, str]) -> "tuple[Finding, ...]":
    """The audit of checked values; for a thread."""
    from pnm_launcher.design.audit import audit  # loads the mathematics of colours

    return audit(design)


def mended(design: Mapping[str, str], pairs: Collection[str]) -> dict[str, str]:
    """What to change so that these pairs pass, as far as a design can do that; for a thread."""
    from pnm_launcher.design.fix import fix

    now = dict(design)
    for found in findings_of(design):
        if found.pair in pairs:
            now |= fix(now, found) or {}
    return {name: color for name, color in now.items() if design.get(name) != color}


def summary_of(failing: int, pairs: int) -> str:
    """How many pairs of a design fail."""
    if not failing:
        return tr("Contrast: all {pairs} pairs pass").format(pairs=pairs)
    if failing == 1:
        return tr("Contrast: 1 of {pairs} pairs fails").format(pairs=pairs)
    return tr("Contrast: {count} of {pairs} pairs fail").format(count=failing, pairs=pairs)
