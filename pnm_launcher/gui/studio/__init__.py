"""The design studio: everything of the window that is about the look of a meeting."""
