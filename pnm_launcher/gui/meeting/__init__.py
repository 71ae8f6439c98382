"""The windows in which meetings run, and everything around them."""
