"""Makes the packages: one tree, then each form from it. Needs only Python's standard library and Debian's tools."""
