"""What this product is called and what it answers to: the one description that the program and every package share."""

from typing import Final

from . import __version__
from .texts import tr

NAME: Final = "plugNmeet Launcher"
COMMAND: Final = "pnm-launcher"
"""The program's name on the PATH, of its folders, and of its `.desktop` file."""
APP_ID: Final = "io.github.pnm_launcher.pnm_launcher"
"""Reverse domain name, for AppStream and macOS."""
VERSION: Final = __version__
SUMMARY: Final = tr("Join and run plugNmeet meetings")
DESCRIPTION: Final = (
    tr(
        "One click from the form to the meeting: keep your meetings in a list, set who you are, what participants may "
        "do and how the room looks, and join in the program's own window or in your browser."
    ),
    tr(
        "A practice room on this computer needs no server and no account. For your own server you need its address, an "
        "API key and the API secret; the secret goes into the keyring of your system, never into a file."
    ),
)
"""Paragraphs."""
CATEGORIES: Final = ("Network", "VideoConference")
"""Of freedesktop.org's menu specification."""
KEYWORDS: Final = tr("meeting;conference;video;call;classroom;webinar;plugNmeet")
"""What a person may type to find it, with semicolons between."""
LICENCE: Final = "MIT"
SCHEME: Final = "pnm-launcher"
"""Of links that lead into the program (`invitations.from_link`)."""
FILE_SUFFIX: Final = ".pnm"
FILE_TYPE: Final = "application/vnd.pnm-launcher.meeting+json"
FILE_TYPE_NAME: Final = tr("plugNmeet Launcher meeting")
COPYRIGHT: Final = "© 2026 the pnm-launcher founders"
OPEN: Final = ("open", "--")
"""The arguments before the one link or file that the system hands over."""
