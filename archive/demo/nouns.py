"""What the evenings stand on: organisations, people, subjects, hosts, places, questions, accounts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import MODERATORS, ORGANISERS, ensure_roles
from events.enums import TopicKind
from events.models import Host, Topic, Venue
from pages.models import Picture
from speakers.models import (
    FormerWording,
    Organisation,
    OrganisationName,
    Speaker,
    SpeakerLink,
    StandardQuestion,
)
from speakers.names import sort_name

from .shapes import Body, Content, paragraph

PORTRAIT_TITLE = "Portrait of "


@dataclass(frozen=True)
class Nouns:
    """The rows, by what the content calls them."""

    organisations: dict[str, Organisation]
    speakers: dict[str, Speaker]
    topics: dict[str, Topic]
    hosts: list[Host]
    venues: dict[str, Venue]
    questions: dict[str, StandardQuestion]
    accounts: dict[str, User]


def load_nouns(content: Content, starts: dict[int, dt.datetime], portraits: dict[str, str]) -> Nouns:
    """`portraits` gives the stored file's name by the speaker's."""
    organisations = load_organisations(content.bodies, starts)
    speakers = load_speakers(content, portraits, since=min(starts.values()))
    return Nouns(
        organisations=organisations,
        speakers=speakers,
        topics=load_topics(content.site),
        hosts=[Host.objects.create(**_without(row, "first", "last")) for row in content.site["hosts"]],
        venues={key: Venue.objects.create(**row) for key, row in content.site["venues"].items()},
        questions=load_questions(content.site["questions"], starts),
        accounts=load_accounts(content.site["people"], speakers),
    )


def _without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in keys}


def load_organisations(bodies: dict[str, Body], starts: dict[int, dt.datetime]) -> dict[str, Organisation]:
    rows = {
        body.key: Organisation(
            name=body.name,
            short_name=body.short,
            slug=slugify(body.name),
            kind=body.kind,
            website=f"https://{body.host}/",
            archived=bool(body.merged),
        )
        for body in bodies.values()
    }
    Organisation.objects.bulk_create(rows.values())
    for body in bodies.values():
        rows[body.key].parent = rows.get(body.parent)
        rows[body.key].became = rows.get(body.into)
    Organisation.objects.bulk_update(rows.values(), ["parent", "became"])
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=rows[body.key], name=name, until=starts[last].date() + dt.timedelta(days=9))
        for body in bodies.values()
        for name, last in body.former
    )
    return rows


def load_speakers(content: Content, portraits: dict[str, str], *, since: dt.datetime) -> dict[str, Speaker]:
    pictures = {
        name: Picture(
            title=f"{PORTRAIT_TITLE}{name}", description=f"Drawing of {name}", file=file, width=480, height=480
        )
        for name, file in portraits.items()
    }
    for picture in pictures.values():
        picture.file_size = picture.file.size
    Picture.objects.bulk_create(pictures.values())
    speakers = {}
    for name in content.names:
        person = content.people.get(name)
        speakers[name] = Speaker(
            name=name,
            sort_name=sort_name(name),
            slug=slugify(name),
            pronunciation=person.sounds if person else "",
            biography=paragraph(person.biography) if person else "",
            photo=pictures.get(name),
            live=True,
            first_published_at=since,
            last_published_at=since,
        )
    Speaker.objects.bulk_create(speakers.values())
    SpeakerLink.objects.bulk_create(
        SpeakerLink(speaker=speakers[person.name], label="Web page", url=person.link, sort_order=0)
        for person in content.people.values()
        if person.link
    )
    return speakers


def load_topics(site: dict[str, Any]) -> dict[str, Topic]:
    kinds = (("topics", TopicKind.SUBJECT), ("named_things", TopicKind.NAMED_THING))
    topics = [
        Topic(name=name, slug=slugify(name), kind=kind, description=words)
        for part, kind in kinds
        for name, words in site[part].items()
    ]
    return {topic.name: topic for topic in Topic.objects.bulk_create(topics)}


def load_questions(rows: list[dict[str, Any]], starts: dict[int, dt.datetime]) -> dict[str, StandardQuestion]:
    questions = {}
    for row in rows:
        question = StandardQuestion.objects.create(**_without(row, "former", "former_until"))
        questions[question.slug] = question
        if "former" in row:
            FormerWording.objects.create(
                question=question, text=row["former"], until=starts[row["former_until"]].date(), sort_order=0
            )
    return questions


def load_accounts(people: dict[str, Any], speakers: dict[str, Speaker]) -> dict[str, User]:
    """One of each role."""
    ensure_roles()
    accounts = {}
    for row in people["accounts"]:
        fields = _without(row, "role", "speaker")
        if row["role"] == "Speaker":
            fields["first_name"], _, fields["last_name"] = row["speaker"].partition(" ")
        make = User.objects.create_superuser if row["role"] == "Administrator" else User.objects.create_user
        user = make(**fields)
        if group := {"Organiser": ORGANISERS, "Moderator": MODERATORS}.get(row["role"]):
            user.groups.add(Group.objects.get(name=group))
        if "speaker" in row:
            Speaker.objects.filter(pk=speakers[row["speaker"]].pk).update(user=user)
        accounts[row["role"]] = user
    return accounts
