"""What the faults of devices mean, in words: what happened, then what to do."""

from typing import Literal

from pnm_launcher.gui.texts import tr


def fault_words(source: Literal["camera", "microphone"], fault: str) -> str:
    """`fault` is the name of the exception of `getUserMedia`, or of a device that stopped."""
    words = _camera() if source == "camera" else _microphone()
    other = tr("This device did not start ({fault}). Choose another one, or press “Try again”.").format(fault=fault)
    return words.get(fault, other)


def _camera() -> dict[str, str]:
    return {
        "NotFoundError": tr("No camera was found. Plug one in and press “Try again”, or join without it."),
        "NotReadableError": tr("The camera does not answer: mostly another program uses it. "
                               "Close that program, then press “Try again”."),
        "NotAllowedError": tr("Your system does not let this program use the camera. "
                              "Allow it in the system's privacy settings, then press “Try again”."),
        "OverconstrainedError": tr("This camera is not there any more. Choose another one."),
    }  # fmt: skip


def _microphone() -> dict[str, str]:
    return {
        "NotFoundError": tr("No microphone was found. Plug one in and press “Try again”, or join as a listener."),
        "NotReadableError": tr("The microphone does not answer: mostly another program uses it. "
                               "Close that program, then press “Try again”."),
        "NotAllowedError": tr("Your system does not let this program use the microphone. "
                              "Allow it in the system's privacy settings, then press “Try again”."),
        "OverconstrainedError": tr("This microphone is not there any more. Choose another one."),
    }  # fmt: skip


def tone_words(sounding: str) -> tuple[str, str]:
    """The words for the loudspeaker, and their look: `sounding` is as in `Findings`."""
    if sounding == "yes":
        return tr("Two notes are playing now."), "small"
    if sounding:
        return tr("The sound could not be played there. Choose another loudspeaker."), "problem"
    return tr("Two soft notes. If you hear nothing, turn it up or choose another one."), "small"
