"""The tools of the Design page: each a dialog of its own, made when it is wanted."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from pnm_launcher.errors import InvalidValue, UnknownServer
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.library import Library
from pnm_launcher.gui.shelf import Shelf
from pnm_launcher.gui.texts import tr

from .design_page import DesignPage

if TYPE_CHECKING:
    from pnm_launcher.address import Address
    from pnm_launcher.connections import Connections


class Studio(QObject):
    """One tool at a time, above the page whose design it is about. What a tool gives back can be undone."""

    def __init__(
        self, page: DesignPage, library: Library, shelf: Shelf, connections: "Connections", jobs: Jobs
    ) -> None:
        super().__init__(page)
        self._page, self._library, self._shelf = page, library, shelf
        self._connections, self._jobs = connections, jobs
        self._makers = {
            "library": self._designs, "proposals": self._proposals, "import": self._import, "export": self._export,
            "sheet": self._sheet, "assets": self._assets,
        }  # fmt: skip
        page.tools.wanted.connect(self.open)

    def open(self, tool: str) -> QDialog:
        """Show the tool of that name (`DesignTools.wanted`)."""
        dialog = self._makers[tool]()
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _designs(self) -> QDialog:
        from .design_library import DesignLibrary  # each tool is loaded when it is used

        dialog = DesignLibrary(self._page, self._library, self._design(), title=self._title(), jobs=self._jobs,
                               practice=self._connections.practice)  # fmt: skip
        dialog.taken.connect(self._page.take)
        return dialog

    def _proposals(self) -> QDialog:
        from .design_proposals import ProposalDialog

        dialog = ProposalDialog(self._page, self._design(), self._jobs)
        dialog.taken.connect(self._page.take)
        return dialog

    def _import(self) -> QDialog:
        from .design_import import ImportDialog

        dialog = ImportDialog(self._page, self._design(), jobs=self._jobs)
        dialog.taken.connect(self._page.take)
        return dialog

    def _export(self) -> QDialog:
        from .design_export import ExportDialog

        dialog = ExportDialog(self._page, self._design(), name=self._name(), page=self._address(), jobs=self._jobs)
        dialog.taken.connect(self._page.take)
        return dialog

    def _sheet(self) -> QDialog:
        from .design_sheet import SheetDialog

        return SheetDialog(self._page, self._design(), name=self._name(), note=self._note(),
                           practice=self._connections.practice, jobs=self._jobs)  # fmt: skip

    def _assets(self) -> QDialog:
        from .design_assets import AssetDialog

        return AssetDialog(self._page, self._design(), self._jobs)

    # --- what the tools are told --------------------------------------------------------------------------------------

    def _design(self) -> Mapping[str, str]:
        return dict(self._page.design())

    def _title(self) -> str:
        meeting = self._shelf.meeting()
        return meeting.title if meeting else tr("Design")

    def _name(self) -> str:
        """The name under which the design is kept, else the meeting's title."""
        kept = (design.name for design in self._library.book.designs if dict(design.values) == self._design())
        return next(kept, self._title())

    def _note(self) -> str:
        kept = (design.note for design in self._library.book.designs if dict(design.values) == self._design())
        return next(kept, "")

    def _address(self) -> "Address | None":
        """Where the meeting's page is; None where the meeting has no server with a lasting address."""
        meeting = self._shelf.meeting()
        if meeting is None:
            return None
        try:
            return self._connections.page(self._library.book.server(meeting.server))
        except (UnknownServer, InvalidValue):
            return None
