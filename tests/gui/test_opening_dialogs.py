"""The question about a meeting from outside, and About: in large type, with long texts, from right to left."""

import json
from collections.abc import Callable

import pytest
from hostile_openings import GOOD
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from test_accessibility import controls, cut, looks, settled

from pnm_launcher.gui.about import AboutDialog
from pnm_launcher.gui.invitation_dialog import InvitationDialog
from pnm_launcher.invitations import from_file
from pnm_launcher.updates import Release

__all__ = ["looks"]

LONG = {**GOOD, "title": "Verwaltungsgemeinschaftsversammlung " * 3,
        "locks": {f"lock_{name}": True for name in ("microphone", "webcam", "chat", "whiteboard", "reactions")},
        "design": {"primary_color": "#123456", "custom_logo": f"https://{'a' * 50}.example.org/logo.png",
                   "background_image": "https://pictures.of.a.school.example.org/room.jpg"}}  # fmt: skip


def invitation(program) -> InvitationDialog:
    return InvitationDialog(from_file(json.dumps(LONG).encode()), "A school with a long name", "Mine", program.window)


def about(program) -> AboutDialog:
    dialog = AboutDialog("https://a.example/x.json", program.furniture.jobs, program.window)
    dialog._told(Release("99.0", ("The list can be sorted.", "Designs are drawn twice as fast."), "https://a.example/"))
    return dialog


DIALOGS: dict[str, Callable[..., QWidget]] = {"invitation": invitation, "about": about}


@pytest.fixture(params=DIALOGS)
def dialog(request, program, qtbot, looks) -> QWidget:
    made = DIALOGS[request.param](program)
    made.open()
    return settled(qtbot, made)


def test_no_text_is_cut(dialog):
    texts = [
        each for each in dialog.findChildren(QWidget) if isinstance(each, QLabel | QPushButton) and each.isVisible()
    ]
    assert len(texts) > 5
    assert [words for each in texts if (words := cut(each))] == []


def test_every_control_has_a_name_and_escape_closes(dialog, qtbot):
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in controls(dialog))
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert QApplication.activeModalWidget() is not dialog
