"""People, organisations, hosts, topics and questions as records."""

from collections.abc import Sequence
from typing import Any

from events.happenings import absolute
from events.models import Topic
from pages.cache import remember
from speakers.models import Organisation, Speaker
from speakers.prose import plain_text

from .. import lists, querysets, questions, topics
from .shapes import (
    FormerNameRecord,
    FormerWordingRecord,
    HostRecord,
    OrganisationRecord,
    QuestionRecord,
    SpeakerRecord,
    TopicRecord,
)


def speaker_keys() -> list[int]:
    """Everybody with a page, by key: also whose talk was withdrawn or called off, which talks tell of. Remembered."""
    return remember("records.speakers", _speaker_keys)


def _speaker_keys() -> list[int]:
    seen = querysets.talk_counts("talk_speakers__speaker").keys() | querysets.chair_counts().keys()
    return sorted(seen.intersection(Speaker.objects.public().order_by().values_list("pk", flat=True)))


def organisation_keys() -> list[int]:
    """Every organisation with a page, by key, as `speaker_keys`. Remembered."""
    return remember("records.organisations", lambda: sorted(entry.key for entry in lists.organisations_by_kind()))


def speakers(keys: Sequence[int]) -> list[SpeakerRecord]:
    """Three queries whatever the number."""
    found = Speaker.objects.public().prefetch_related("aliases", "links").in_bulk(list(keys))
    return [
        SpeakerRecord(
            id=person.pk,
            slug=person.slug,
            name=person.name,
            sort_name=person.sort_name,
            other_names=[alias.name for alias in person.aliases.all() if alias.public],
            biography=plain_text(person.biography),
            biography_html=person.biography,
            links=[link.url for link in person.links.all()],
            address=absolute(person.get_absolute_url()),
            updated_at=person.last_published_at,
        )
        for person in (found[key] for key in keys if key in found)
    ]


def organisations(keys: Sequence[int]) -> list[OrganisationRecord]:
    """Two queries whatever the number."""
    rows = Organisation.objects.select_related("parent", "became").prefetch_related("former_names")
    found: dict[int, Any] = rows.in_bulk(list(keys))
    return [_organisation(found[key]) for key in keys if key in found]


def _organisation(row: Any) -> OrganisationRecord:
    names = [FormerNameRecord(name=name.name, since=name.since, until=name.until) for name in row.former_names.all()]
    return OrganisationRecord(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        parent=row.parent.slug if row.parent else None,
        became=row.became.slug if row.became else None,
        former_names=names,
        website=row.website,
        address=absolute(row.get_absolute_url()),
    )


def hosts() -> list[HostRecord]:
    """One query."""
    return [
        HostRecord(
            id=host.pk,
            slug=host.slug,
            name=host.name,
            website=host.website,
            address=absolute(host.get_absolute_url()),
        )
        for host in querysets.hosts().order_by("pk")
    ]


def all_topics() -> list[TopicRecord]:
    """Topics of public talks. One query, and one that is remembered."""
    found = [entry.topic for _, entries in topics.by_kind() for entry in entries]
    return [_topic(topic) for topic in sorted(found, key=lambda topic: topic.pk)]


def _topic(topic: Topic) -> TopicRecord:
    return TopicRecord(
        id=topic.pk,
        slug=topic.slug,
        name=topic.name,
        kind=topic.kind,  # type: ignore[arg-type]
        description=topic.description,
        address=absolute(topic.get_absolute_url()),
    )


def all_questions() -> list[QuestionRecord]:
    """Questions that readers know of, by key; one query for each one's former wordings, and there are few."""
    listed = sorted(questions.in_order(), key=lambda entry: entry.question.pk)
    return [
        QuestionRecord(
            id=entry.question.pk,
            slug=entry.question.slug,
            text=entry.question.text,
            short_name=entry.question.short_name,
            is_asked=entry.is_asked,
            former_wordings=[
                FormerWordingRecord(text=former.text, until=former.until)
                for former in entry.question.former_wordings.all()
            ],
            address=absolute(f"/questions/{entry.question.slug}/"),
        )
        for entry in listed
    ]
