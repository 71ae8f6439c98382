"""What is remembered of the check of camera and sound: for each meeting and user, the devices and the day."""

import hashlib
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSettings

from pnm_launcher.meetings import Meeting
from pnm_launcher.texts import plain


@dataclass(frozen=True)
class Checked:
    """The names of the devices that worked, "" for those that did not or were not tried."""

    day: date
    camera: str = ""
    microphone: str = ""
    speaker: str = ""


class DeviceMemory:
    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def checked(self, meeting: Meeting) -> Checked | None:
        """The last check for this meeting and user; None if there was none, or if it was skipped."""
        value = self._settings.value(_key(meeting))
        if not isinstance(value, list) or len(value) != 4:
            return None
        try:
            return Checked(date.fromisoformat(value[0]), *(plain(str(name), 80) for name in value[1:]))
        except ValueError:
            return None

    def keep(self, meeting: Meeting, checked: Checked) -> None:
        names = (checked.camera, checked.microphone, checked.speaker)
        self._settings.setValue(_key(meeting), [checked.day.isoformat(), *names])

    def skip(self, meeting: Meeting) -> None:
        """Do not offer it again for this meeting and user."""
        self._settings.setValue(_key(meeting), "skipped")

    def offers(self, meeting: Meeting) -> bool:
        """Whether the check is still to be offered."""
        return self._settings.value(_key(meeting)) is None


def _key(meeting: Meeting) -> str:
    return f"devices/{meeting.id}-{hashlib.sha256(meeting.user_id.encode()).hexdigest()[:12]}"
