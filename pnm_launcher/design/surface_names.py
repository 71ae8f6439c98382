"""What each surface calls the parameters of a design, and what it cannot take.

Field names are those of the plugins for Moodle 3.0, WordPress 2.1 and Joomla 3.2, and of plugnmeet-protocol's
`utils/lti_v1.go` for LTI; the names in links and `config.js` are the client's own.
"""

from collections.abc import Mapping
from typing import Final, Literal

from pnm_launcher.texts import tr

Surface = Literal["link", "url", "config", "file", "moodle", "wordpress", "joomla", "lti"]
FORMS: Final = ("moodle", "wordpress", "joomla", "lti")

SURFACES: Final[Mapping[Surface, str]] = {
    "link": tr("Value of custom_design"),
    "url": tr("Join address"),
    "config": tr("config.js of the server"),
    "file": tr("Design file (JSON)"),
    "moodle": tr("Moodle form"),
    "wordpress": tr("WordPress form"),
    "joomla": tr("Joomla form"),
    "lti": tr("LTI custom parameters"),
}

_COMMON: Final = {
    "primary_color": "primary_color",
    "secondary_color": "secondary_color",
    "background_color": "background_color",
    "header_bg_color": "header_color",
    "footer_bg_color": "footer_color",
    "background_image": "background_image",
    "custom_css_url": "custom_css_url",
}
FIELD_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "moodle": {**_COMMON, "side_panel_bg_color": "side_panel_bg_color", "custom_logo": "customLogo"},
    "wordpress": {**_COMMON, "custom_logo": "logo"},
    "joomla": {**_COMMON, "side_panel_bg_color": "side_panel_bg_color", "custom_logo": "design_logo"},
    "lti": {name: name for name in ("primary_color", "secondary_color", "background_color", "custom_logo")},
}
"""Parameter → the form's own name for it. WordPress has fields for the side panel, but hands them on to nobody."""

SENT_BY_LTI: Final = {f"custom_{name}": name for name in FIELD_NAMES["lti"]}
"""The names under which the learning platform sends its custom parameters on; `custom_custom_logo` is no mistake."""

UPLOADED: Final = {"moodle": ("background_image", "custom_logo")}
"""Pictures that the form takes as an uploaded file and not as an address."""

DEAD: Final = ("left_side_bg_color", "column_camera_")
"""Beginnings of old parameters that today's client no longer reads."""

NOT_IN_FORM: Final = tr("The form has no field for it.")
FALLS_BACK: Final[Mapping[str, str]] = {
    "primary_btn_bg_color": tr("The form has no field for it: the buttons take the primary colour."),
    "secondary_btn_bg_color": tr("The form has no field for it: the buttons take the secondary colour."),
}
"""What happens instead, where something does."""


def loss_reason(path: str) -> str:
    """Why a form cannot take this parameter, marked for translation."""
    return FALLS_BACK.get(path, NOT_IN_FORM)
