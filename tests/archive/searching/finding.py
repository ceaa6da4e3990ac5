"""A page of results as a reader has it."""

from urllib.parse import urlencode

from tests.reading import lines, read


def results(client, text, **others):
    return read(client, f"/search/?{urlencode({'q': text, **others})}")


def found(client, text, **others):
    """The headings of what was found, by group: {"talks": ["Where things are"]}."""
    page = results(client, text, **others)
    return {section["id"]: lines(section, ".voice h3") for section in page.select("section:has(.voices)")}
