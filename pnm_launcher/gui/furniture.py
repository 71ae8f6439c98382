"""Everything of the program that the first paint does not need, built by hand in one place."""

from importlib import import_module

from PySide6.QtCore import QSettings
from PySide6.QtGui import QIcon

from pnm_launcher import log
from pnm_launcher.connections import Connections
from pnm_launcher.errors import StoreError
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.links import Link
from pnm_launcher.meetings import Meeting
from pnm_launcher.paths import meetings_file, resource

from .about_desk import AboutDesk
from .desk import Desk
from .devices.device_desk import DeviceDesk
from .form.meeting_form import MeetingForm
from .jobs import Jobs
from .joining import Joining
from .main_window import MainWindow
from .managed_library import ManagedLibrary
from .matrix.chat_desk import ChatDesk
from .meeting import engine
from .meeting.ending import Ending
from .meeting.leaving import ask_to_quit
from .meeting.meeting_home import Homes
from .meeting.opening import Opening, Window
from .problems import Bugs
from .room_watch import RoomWatch
from .servers.server_desk import ServerDesk
from .shelf import Shelf
from .studio.design_contrast import DesignContrast
from .studio.design_page import DesignPage
from .studio.design_preview import DesignPreview
from .studio.design_undo import DesignUndo
from .studio.live_design import LiveDesign
from .studio.studio import Studio
from .texts import tr


class Furniture:
    """All parts, kept alive together; the heavy libraries are loaded behind the scenes."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        log.start()
        self._window, self._settings = window, settings
        self._leaving = self._quitting = False
        self.bugs = Bugs(lambda: window)
        self.bugs.install()
        self.jobs = Jobs()
        self.jobs.unhandled.connect(self.bugs.show)
        self.library = ManagedLibrary(meetings_file(), self.jobs)
        self.shelf = Shelf(window, self.library, settings)
        self.connections = Connections(KeyringSecrets())
        self.chats = ChatDesk(window, self.library, self.shelf, settings, self.connections.secrets, self.jobs)
        self.form = MeetingForm(self._design_page, self.chats.make_page)
        self.chats.attach(self.form)
        self.watch = RoomWatch(self.connections, self.jobs)
        self.homes = Homes(settings)
        self.opening = Opening(self._meeting_window)
        self.live_design = LiveDesign(self.opening, self.shelf, lambda: window.join_requested.emit("window"))
        self.joining = Joining(self.connections, self.jobs, window)
        self.ending = Ending(self.connections, self.jobs, self.opening, self.library)
        self.servers = ServerDesk(window, self.library, self.connections, self.jobs)
        self.desk = Desk(window, self.form, self.shelf, self.library, self.joining, self.opening, self.watch,
                         self.servers)  # fmt: skip
        self.desk.chat_requested.connect(self.chats.enter)
        self.chats.busy.connect(self.desk.show_busy)
        self.devices = DeviceDesk(window, self.form, self.shelf, settings)
        window.fill(self.form)
        window.add_keys()
        window.setWindowIcon(QIcon(str(resource("icons/pnm-launcher.svg"))))
        window.focus_first()
        self.about = AboutDesk(window, settings, self.jobs, self.library.site.updates)
        self.library.speak(window.banner)
        if self.library.problem:
            window.banner.show_error(self.library.problem)
        self.jobs.run(_load_the_heavy, lambda _: engine.warm_up())

    def _design_page(self) -> DesignPage:
        page = DesignPage(DesignPreview(self.connections.practice, self.jobs), DesignContrast(self.jobs))
        DesignUndo(page)
        Studio(page, self.library, self.shelf, self.connections, self.jobs)
        self.live_design.attach(page)
        return page

    def close(self) -> None:
        """Save what waits, close the meetings, and end what runs behind the scenes. May be called twice.

        Where somebody is in a meeting, or saving fails, the window stays and says so, until the user wants to leave.
        """
        if not self._quitting and (titles := self.opening.under_way()):
            self._window.stays = True
            ask_to_quit(self._window, titles, self._quit)
            return
        try:
            self.library.flush()
        except StoreError as error:
            if not self._leaving:
                self._window.stays = True
                self._window.banner.show_error(error, (tr("Close without saving"), self._leave))
                return
        self.library.close()
        self.shelf.remember()
        self._window.save_place(self._settings)
        self.watch.stop()
        self.joining.cancel()
        self.opening.close_all()
        self.form.end()
        self.chats.close()
        self.jobs.close()
        self.connections.close()

    def _quit(self) -> None:
        self._quitting = True
        self._window.close()

    def _leave(self) -> None:
        self._leaving = True
        self._window.close()

    def _meeting_window(self, meeting: Meeting, link: Link) -> Window:
        from .meeting.meeting_window import MeetingWindow  # the web engine is not needed before a meeting opens

        language = str(meeting.join.get("user_info.user_metadata.preferred_lang", ""))
        moderates = bool(meeting.join.get("user_info.is_admin"))
        home = self.homes.of(meeting.id, link.page.origin, moderates=moderates)
        return MeetingWindow(link, meeting.title, meeting_id=meeting.id, language=language, home=home)


def _load_the_heavy() -> None:
    """So that the first Join does not wait for them; not in the GUI thread."""
    import_module("keyring.backends")
    import_module("requests")
