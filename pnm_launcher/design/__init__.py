"""The design studio without its window: what a custom design paints, what is wrong with it, and where it can go."""
