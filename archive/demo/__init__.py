"""The demo: sixty fictional evenings, read from `content/` and loaded by `manage.py load_demo`."""
