"""The dialog that makes a sign-off sheet: takes the pictures of a design, saves sheet or pictures, and shows them."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pnm_launcher.design.regions import ADDRESSES
from pnm_launcher.design.shots import SHEET, PicturesUnavailable
from pnm_launcher.errors import LauncherError
from pnm_launcher.gui.banner import Banner
from pnm_launcher.gui.controls import Tick
from pnm_launcher.gui.dialogs import Dialog
from pnm_launcher.gui.jobs import Jobs
from pnm_launcher.gui.language import spoken_language
from pnm_launcher.gui.meeting.downloads import safe_name
from pnm_launcher.gui.parts import announce, button, label, row
from pnm_launcher.gui.questions import ask
from pnm_launcher.gui.save_dialogs import choose_file, choose_folder
from pnm_launcher.gui.texts import tr, translate
from pnm_launcher.meetings import Server
from pnm_launcher.whole_files import write_whole

from .sheet_pictures import SHOWN, SheetPictures


class SheetDialog(Dialog):
    """Takes the pictures at once, and saves when it has them all. Escape or closing stops everything."""

    def __init__(self, parent: QWidget, values: Mapping[str, str], *, name: str, note: str,
                 practice: Callable[[], Server], jobs: Jobs) -> None:  # fmt: skip
        """`values` are checked; `practice` gives the practice server and may take its time."""
        super().__init__(parent)
        self._values, self._name, self._note, self._jobs = dict(values), name, note, jobs
        self._result: Path | None = None
        self.pictures = SheetPictures(self._values, practice, jobs)
        self.load = Tick(tr("Load the pictures and the style sheet of the design"))
        self.banner = Banner()
        self.save = button(tr("Save the sheet…"), "primary", name="save-sheet")
        self.save_pictures = button(tr("Save pictures…"), name="save-pictures")
        self.show_it = button(tr("Show it"), name="show-sheet")
        self.cancel = button(tr("Cancel"), name="cancel-sheet")
        self._build()
        self.take()

    def _build(self) -> None:
        self.setWindowTitle(tr("Sheet for sign-off"))
        self.setMinimumWidth(SHOWN.width() + 128)
        self.load.setVisible(any(name in self._values for name in ADDRESSES))
        words = tr("One file with pictures of all screens, the values, the contrasts and a place for signatures. It "
                   "opens in any browser and can be printed.")  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(self.pictures)
        said = row(self.pictures.status, self.show_it)
        said.setStretch(0, 1)
        layout.addLayout(said)
        layout.addWidget(self.load)
        layout.addWidget(self.banner)
        layout.addStretch(1)
        layout.addLayout(row(self.save_pictures, 1, self.cancel, self.save))
        self.save.setDefault(True)
        self.save.clicked.connect(self._choose_file)
        self.save_pictures.clicked.connect(self._choose_folder)
        self.show_it.clicked.connect(self._show)
        self.cancel.clicked.connect(self.reject)
        self.load.toggled.connect(lambda: self.take())
        self.pictures.ready.connect(self._ready)
        self.pictures.failed.connect(self._failed)
        self.finished.connect(self.pictures.stop)

    def take(self) -> None:
        """Take all pictures, from the beginning."""
        self._result = None
        self.banner.hide()
        self._offer(ready=False)
        self.pictures.take(loads=self.load.isChecked())

    def _ready(self) -> None:
        self._offer(ready=True)
        self.save.setFocus()

    def _offer(self, *, ready: bool) -> None:
        self.save.setEnabled(ready)
        self.save_pictures.setEnabled(ready)
        self.show_it.setVisible(self._result is not None)
        self.cancel.setText(tr("Close") if ready else tr("Cancel"))

    def _failed(self, error: LauncherError) -> None:
        again = [] if isinstance(error, PicturesUnavailable) else [(tr("Try again"), self.take)]
        self.banner.show_error(error, *again)
        self.cancel.setText(tr("Close"))

    # --- saving -------------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        name = safe_name(self._name or tr("Design")) + ".html"
        choose_file(self, tr("Save the sheet"), name, tr("Web page (*.html)"), self.write_sheet)

    def write_sheet(self, path: Path) -> None:
        """Write the sheet, in the language of the windows."""
        taken = self.pictures
        pictures = {shot: taken.files[shot] for shot in SHEET}
        facts = self._name, self._note, date.today(), self._values, pictures, taken.loads, taken.missing
        language = spoken_language()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def write() -> Path:
            from pnm_launcher.design.sheet import Sheet, sheet_html  # colour mathematics

            html = sheet_html(Sheet(*facts), say=translate, language=language, right_to_left=mirrored)
            write_whole(path, html.encode())
            return path

        self._jobs.run(write, self._wrote, self.banner.show_error, owner=self)

    def _choose_folder(self) -> None:
        choose_folder(self, tr("Save the pictures in a folder"), self._ask_about)

    def _ask_about(self, folder: Path) -> None:
        """Replace nothing unasked."""
        there = [shot.file_name for shot in SHEET if (folder / shot.file_name).exists()]
        write = partial(self.write_pictures, folder)
        if there:
            ask(self, tr("Replace the pictures there ({count})?").format(count=len(there)),
                tr("The folder holds pictures of these names already."), tr("Replace"), write)  # fmt: skip
        else:
            write()

    def write_pictures(self, folder: Path) -> None:
        """Write every picture as a PNG file, in place of those of the same names."""
        pictures = dict(self.pictures.files)

        def write() -> Path:
            for shot, picture in pictures.items():
                write_whole(folder / shot.file_name, picture)
            return folder

        self._jobs.run(write, self._wrote, self.banner.show_error, owner=self)

    def _wrote(self, path: Path) -> None:
        self._result = path
        self.banner.hide()
        self.pictures.say(tr("Saved: {name}").format(name=path.name))
        announce(self.pictures.status, self.pictures.status.text())
        self._offer(ready=True)
        self.show_it.setFocus()

    def _show(self) -> None:
        """What was just written, in the system's program for it: the browser, or the window of the folder."""
        if self._result and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result))):
            self.banner.show_info(tr("No program could be opened for it."), str(self._result))
