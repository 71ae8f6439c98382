"""pnm-launcher: one click from a form to a plugNmeet meeting."""

__version__ = "0.1.0"
