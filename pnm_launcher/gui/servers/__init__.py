"""Servers, their secrets, and the check of the connection."""
