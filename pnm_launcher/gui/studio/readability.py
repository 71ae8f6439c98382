"""In words: whether the colours of a design can be read, and if not, which ones and because of what."""

from typing import TYPE_CHECKING, Final, NamedTuple

from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.schema import DESIGN

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding

    from .proposing import Look

_MOST_NAMED: Final = 3


class Words(NamedTuple):
    """`reasons` tells what is hard to read and why, and what fails in the client whatever the design."""

    good: bool
    verdict: str
    reasons: str


def readable_words(look: "Look") -> Words:
    failing = [found for found in look.findings if not found.passes and not found.own]
    own = [translate(found.label) for found in look.findings if not found.passes and found.own]
    decided = len(look.findings) - len(own)
    sentences = [_reason(found, look) for found in failing[:_MOST_NAMED]]
    if (more := len(failing) - _MOST_NAMED) > 0:
        sentences.append(tr("And {count} more.").format(count=more))
    if own:
        sentences.append(tr("Faint in plugNmeet itself, whatever the design: {names}.").format(names=", ".join(own)))
    if failing:
        verdict = "✕ " + tr("Hard to read: {failing} of {count} pairs of colours that a design decides.").format(
            failing=len(failing), count=decided)  # fmt: skip
    else:
        verdict = "✓ " + tr("All {count} pairs of colours that a design decides can be read.").format(count=decided)
    return Words(not failing, verdict, " ".join(sentences))


def _reason(found: "Finding", look: "Look") -> str:
    """What is hard to read, and which colours of the design decide it."""
    said = f"{translate(found.label)} ({found.shown_ratio} : 1)"
    because = [translate(DESIGN.field(name).label) for name in found.parameters if name in look.values]
    if because:
        return tr("{pair}, because of: {names}.").format(pair=said, names=", ".join(because))
    return f"{said}."
