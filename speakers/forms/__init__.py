"""The forms of the speakers' side in the admin."""
