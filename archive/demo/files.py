"""Draws portraits and slides into the storages. Drawn again, a file takes the place of the one before."""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.utils.text import slugify

from .portraits import draw_portrait, has_portrait
from .shapes import Content, Talk
from .slides import draw_slides

WITHOUT_SLIDES = 7  # Every seventh talk had none.


def keep(storage: Storage, name: str, body: bytes) -> str:
    """Store a file under exactly this name."""
    storage.delete(name)
    return storage.save(name, ContentFile(body))


def draw_portraits(content: Content) -> dict[str, str]:
    """Names of the stored files by the speaker's name."""
    return {
        name: keep(default_storage, f"original_images/demo-{slugify(name)}.jpg", draw_portrait(name))
        for name in content.names
        if has_portrait(name)
    }


def has_slides(talk: Talk) -> bool:
    return bool(talk.answers) and (talk.evening * 4 + talk.place) % WITHOUT_SLIDES != 0


def draw_decks(content: Content) -> dict[str, tuple[str, int]]:
    """(stored name, bytes) of each talk's slides, by the talk's key; only of evenings that were held."""
    decks = {}
    for talk in (talk for evening in content.held for talk in evening.talks if has_slides(talk)):
        body = draw_slides(talk, content.bodies)
        name = f"slides/demo/{talk.evening:02}-{talk.place}-{slugify(talk.title)[:60]}.pdf"
        decks[talk.key] = (keep(storages["private"], name, body), len(body))
    return decks
