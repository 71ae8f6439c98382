"""The library where an organisation presets meetings: what its site file says is put back after each change."""

from pathlib import Path

from PySide6.QtCore import Signal

from pnm_launcher import site_file
from pnm_launcher.meetings import Book
from pnm_launcher.schema import CREATE, DESIGN, JOIN
from pnm_launcher.site_file import Site, SiteFileRefused
from pnm_launcher.values import Values

from .banner import Banner
from .drafts import new_meeting
from .jobs import Jobs
from .library import Change, Library
from .texts import tr, translate

_TABLES = {"join": JOIN, "create": CREATE, "design": DESIGN}


class ManagedLibrary(Library):
    """Without a site file it is like any other.

    Attributes:
        held: the labels of fields that a change wanted otherwise than the organisation.
    """

    held = Signal(tuple)

    def __init__(self, path: Path, jobs: Jobs) -> None:
        super().__init__(path, jobs)
        self.site = Site()
        self.refused: SiteFileRefused | None = None
        try:
            self.site = site_file.load(site_file.path())
        except SiteFileRefused as refused:
            self.refused = refused
        if self.site.applied(self.book, _who) != self.book:
            super().apply(lambda book: self.site.applied(book, _who))

    def speak(self, banner: Banner) -> None:
        """Say there what the organisation's file does not allow, and where the file itself is at fault."""
        self.held.connect(lambda labels: banner.show_info(
            tr("Your organisation has set this: {fields}.").format(fields=", ".join(labels)),
            tr("It cannot be changed here. Ask whoever looks after this computer.")))  # fmt: skip
        if self.refused:
            banner.show_error(self.refused)

    def apply(self, change: Change) -> None:
        if self.site == Site():
            super().apply(change)
            return
        wanted = change(self.book)
        super().apply(lambda book: self.site.applied(change(book), _who))
        if labels := _differences(wanted, self.book):
            self.held.emit(labels)


def _who(book: Book) -> Values:
    """The person that a new meeting would begin with; the role is the organisation's matter."""
    own = ("user_info.name", "user_info.user_id")
    return {path: value for path, value in new_meeting(book).join.items() if path in own}


def _differences(wanted: Book, now: Book) -> tuple[str, ...]:
    labels = []
    for meeting in wanted.meetings:
        held = next((each for each in now.meetings if each.id == meeting.id), meeting)
        for name, schema in _TABLES.items():
            before, after = meeting.values(name), held.values(name)
            labels += [translate(row.label) for row in schema if before.get(row.path) != after.get(row.path)]
    return tuple(dict.fromkeys(labels))
