"""Everything of the program that the first paint does not need."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from pnm_launcher import log, work
from pnm_launcher.connections import Connections
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.links import Link
from pnm_launcher.meetings import Meeting
from pnm_launcher.paths import resource

from . import engine
from .desk import Desk
from .joining import Joining
from .meeting_form import MeetingForm
from .opening import Opening, Window
from .problems import Bugs
from .room_watch import RoomWatch
from .server_desk import ServerDesk

if TYPE_CHECKING:
    from .app import Program


class Furniture:
    """The form, and what joins and opens meetings; then the heavy libraries are loaded behind the scenes."""

    def __init__(self, program: "Program") -> None:
        log.start()
        window, jobs, library = program.window, program.jobs, program.library
        self.bugs = Bugs(lambda: window)
        self.bugs.install()
        jobs.unhandled.connect(self.bugs.show)
        self.connections = Connections(KeyringSecrets())
        self.form = MeetingForm()
        self.watch = RoomWatch(self.connections, jobs)
        self.opening = Opening(_meeting_window)
        self.joining = Joining(self.connections, jobs, window)
        self.servers = ServerDesk(window, library, self.connections, jobs)
        self.desk = Desk(window, self.form, program.shelf, library, self.joining, self.opening, self.watch,
                         self.servers)  # fmt: skip
        window.fill(self.form)
        window.finish()
        window.setWindowIcon(QIcon(str(resource("icons/pnm-launcher.svg"))))
        if library.problem:
            window.banner.show_error(library.problem)
        window.join.setFocus()
        work.background(_load_the_heavy, "warm-up")
        engine.warm_up()

    def close(self) -> None:
        self.watch.stop()
        self.joining.cancel()
        self.opening.close_all()
        self.connections.close()


def _meeting_window(meeting: Meeting, link: Link) -> Window:
    from .meeting_window import MeetingWindow  # the web engine is not needed before a meeting opens

    language = str(meeting.join.get("user_info.user_metadata.preferred_lang", ""))
    return MeetingWindow(link, meeting.title, meeting_id=meeting.id, language=language)


def _load_the_heavy() -> None:
    """So that the first Join does not wait for them; not in the GUI thread."""
    import_module("keyring.backends")
    import_module("requests")
