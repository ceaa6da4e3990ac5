"""Reading files of slides. Nothing here knows Django: it runs in a process of its own, with its own limits.

Whoever sends a file may have made it to do harm, so nothing of it is believed before it is checked: not its name, not
the sizes that it declares, not its structure.
"""
