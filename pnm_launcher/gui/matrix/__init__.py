"""The windows' side of Matrix: accounts, the page “Chat room” of a meeting, and opening rooms. Loaded when needed."""
