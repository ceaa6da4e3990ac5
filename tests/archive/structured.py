"""A page's data block, and what Google asks of each kind of thing in it.

https://developers.google.com/search/docs/appearance/structured-data/search-gallery, as of 2026.
"""

import json

from pages.cache import bump
from tests.factories import make_event, make_host, make_organisation, make_speaker, make_talk, make_venue
from tests.reading import whole

SITE = "https://bites.example.org"
EVENING = "/data-bites/60/"
# Kind → (required, recommended that we can know).
FIELDS = {
    "Event": (
        {"name", "startDate", "location"},
        {"description", "endDate", "eventStatus", "eventAttendanceMode", "image", "organizer", "performer", "url"},
    ),
    "VideoObject": (
        {"name", "thumbnailUrl", "uploadDate"},
        {"description", "duration", "embedUrl", "hasPart"},
    ),
    "Clip": ({"name", "startOffset", "url"}, {"endOffset"}),
    "ProfilePage": ({"mainEntity"}, set()),
    "Person": ({"name"}, {"alternateName", "description", "sameAs", "url"}),
    "Organization": ({"name"}, {"alternateName", "url"}),
    "QAPage": ({"mainEntity"}, set()),
    "Question": ({"name", "answerCount", "suggestedAnswer"}, {"text"}),
    "Answer": ({"text"}, {"author", "datePublished", "url"}),
    "BreadcrumbList": ({"itemListElement"}, set()),
    "ListItem": ({"position", "name", "item"}, set()),
    "WebSite": ({"name", "url"}, {"potentialAction"}),
}


def told(client, address):
    """The nodes of the page's data block, by their kind."""
    bump()
    response = client.get(address)
    assert response.status_code == 200
    (block,) = whole(response.content).select('script[type="application/ld+json"]')
    data = json.loads(block.string)
    assert data["@context"] == "https://schema.org"
    return {found["@type"]: found for found in data["@graph"]}


def lacks(found):
    required, recommended = FIELDS[found["@type"]]
    return (required | recommended) - set(found)


def make_evening():
    """Everything that can be known of an evening beforehand, and a talk that isn't public."""
    event = make_event(
        number=60,
        title="Tides and maps",
        standfirst="What water does to maps.",
        host=make_host("The Hall"),
        venue=make_venue(address="1 Quay Street\nLondon E1", latitude="51.50000", longitude="-0.10000"),
        online_url="https://stream.example.org/60",
    )
    make_talk(
        event=event,
        title="Tides",
        teaser="Why they turn.",
        speakers=[make_speaker("Ada Vale")],
        role="Chief",
        organisation=make_organisation("Board of Tides"),
    )
    make_talk(event=event, title="canary", live=False)
    return event
