"""The tick that lets Matrix links of other programs open here, off until the user wants it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher import link_handler
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.parts import label
from pnm_launcher.gui.texts import tr


class LinkTick(QWidget):
    """Shows what the system says, and changes it; faults are told in the banner."""

    def __init__(self, jobs: Jobs, banner: Banner) -> None:
        super().__init__()
        self._jobs, self._banner = jobs, banner
        self.tick = Tick(tr("Open matrix: links with this program"))
        self.tick.setObjectName("matrix-links")
        note = label(tr("A link that you click elsewhere is shown here first; nothing happens before you agree."),
                     "muted", wrap=True)  # fmt: skip
        self.tick.setAccessibleDescription(note.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tick)
        column.addWidget(note)
        self.tick.clicked.connect(self._clicked)
        self._run(bool)

    def _clicked(self, wanted: bool) -> None:
        self._banner.hide()
        self._run(link_handler.register if wanted else link_handler.unregister)

    def _run(self, change: Callable[[], object]) -> None:
        """Change something, then show what is so."""
        had_focus = self.tick.hasFocus()
        self.tick.setEnabled(False)

        def work() -> tuple[LauncherError | None, bool]:
            fault = None
            try:
                change()
            except LauncherError as error:
                fault = error
            return fault, link_handler.is_registered()

        def show(outcome: tuple[LauncherError | None, bool]) -> None:
            fault, registered = outcome
            self.tick.setChecked(registered)
            self.tick.setEnabled(True)
            if had_focus:
                self.tick.setFocus()
            if fault:
                self._banner.show_error(fault)

        self._jobs.run(work, show, broke=lambda: self.tick.setEnabled(True), owner=self)
