"""Why a file can't be kept."""


class NotSlides(ValueError):
    """This file can't be kept as slides; the message says why and what to do, for the person who sent it."""
