"""The start of the program itself, with the meetings file that `PNM_LAUNCHER_HOME` names; with the argument `whole`
until list and form are there."""

import sys

from pnm_launcher.gui.app import Program, make_application

app = make_application(sys.argv)
program = Program(app)

from painted import FirstPaint  # noqa: E402 - as in the baseline

FirstPaint(program.window, program.furnish if "whole" in sys.argv else None)
program.window.show()
app.exec()
