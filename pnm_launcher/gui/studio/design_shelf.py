"""What can be done with the saved designs; everything is saved behind the scenes, and what is deleted can come back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pnm_launcher.gui.library import Library
from pnm_launcher.gui.texts import tr
from pnm_launcher.meetings import Design, DesignVersion, Meeting, new_id
from pnm_launcher.texts import plain

from .design_model import moment
from .design_values import meetings_with
from .named_designs import MOST_NAME, Deletion, added, changed, design_named, free_name, noted, now, renamed, shown_name


class DesignShelf:
    """The designs of a `Library`, by id and by name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._deletions: list[Deletion] = []

    def designs(self) -> list[Design]:
        """All, by name."""
        return sorted(self._library.book.designs, key=lambda each: shown_name(each).casefold())

    def design(self, design_id: str) -> Design | None:
        return next((each for each in self._library.book.designs if each.id == design_id), None)

    def name_of(self, name: str) -> str:
        """The name of the design that is called so, whatever the case of its letters; "" if there is none."""
        found = design_named(self._library.book, name)
        return shown_name(found) if found else ""

    def free_name(self, name: str) -> str:
        """The name, with a number where it is taken."""
        return free_name(self._library.book, name)

    def meetings_with(self, design: Design) -> tuple[Meeting, ...]:
        return meetings_with(self._library.book, design.values)

    # --- changes ------------------------------------------------------------------------------------------------------

    def save_as(self, name: str, note: str, values: Mapping[str, str]) -> str:
        """Save a new design, or a new version of the one of that name; returns its id."""
        known = design_named(self._library.book, name)
        if known:
            self.save_version(known, note, values)
            return known.id
        made = Design(new_id(), plain(name, MOST_NAME), dict(values), plain(note), now())
        self._library.apply(added(made))
        return made.id

    def save_version(self, design: Design, note: str, values: Mapping[str, str]) -> None:
        self._library.apply(changed(design, dict(values), note, now()))

    def restore(self, design: Design, version: DesignVersion) -> None:
        """Bring an earlier state back; the present one becomes a version."""
        time = moment(version.saved)
        note = version.note or (tr("As it was on {time}").format(time=time) if time else "")
        self._library.apply(changed(design, version.values, note, now()))

    def rename(self, design: Design, name: str) -> str:
        """Give it another name; returns why not, "" if all is well."""
        name = plain(name, MOST_NAME)
        if not name:
            return tr("A design needs a name.")
        if free_name(self._library.book, name, design.id) != name:
            return tr("Another design is called “{name}”. Choose another name.").format(name=self.name_of(name))
        if name != design.name:
            self._library.apply(renamed(design, name))
        return ""

    def write_note(self, design: Design, note: str) -> None:
        self._library.apply(noted(design, note))

    def duplicate(self, design: Design) -> str:
        """Save a copy of its present state under a name of its own; returns the copy's id."""
        copy = replace(design, id=new_id(), name=shown_name(design), saved=now(), versions=(), other={})
        self._library.apply(added(copy))
        return copy.id

    # --- deleting, and undoing it -------------------------------------------------------------------------------------

    def delete(self, designs: Iterable[Design]) -> None:
        deletion = Deletion(designs)
        self._deletions.append(deletion)
        self._library.apply(deletion.make)

    def undo(self) -> list[str]:
        """Bring back what was deleted last; returns the ids."""
        if not self._deletions:
            return []
        deletion = self._deletions.pop()
        self._library.apply(deletion.undo)
        return [each.id for each in deletion.designs]

    def deleted(self) -> str:
        """What `undo` would bring back, in words; "" if nothing."""
        if not self._deletions:
            return ""
        designs = self._deletions[-1].designs
        if len(designs) == 1:
            return tr("“{name}” was deleted.").format(name=shown_name(designs[0]))
        return tr("{count} designs were deleted.").format(count=len(designs))
