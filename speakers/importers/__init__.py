"""What speakers send instead of filling in a form: a mail, or a Word file, with answers somewhere in it."""
