"""The form of a meeting: rows of the table of fields, and their editors."""
