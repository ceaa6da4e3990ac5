"""The speakers' side of each talk: contributions, released, with answers, slides, links, asks and promises."""

import datetime as dt
from collections.abc import Iterator

from events.models import TalkPage
from speakers.enums import ConsentTo, DatePrecision, MissingReason
from speakers.models import Answer, Ask, Contribution, Promise, SlideDeck, TalkConsent, TalkLink

from .evenings import Programme
from .nouns import Nouns
from .shapes import Content, Request, Talk

MONTHS_UNTIL = {
    "in six months": 6,
    "in a year": 12,
    "next winter": 12,
    "in two years": 24,
    "within two years": 24,
    "at the next census": 60,
}
CONSENT_KEPT_FROM = 50
CONSENT = {
    ConsentTo.RECORD: "You may record my talk and publish the recording.",
    ConsentTo.SLIDES: "You may publish my slides.",
    ConsentTo.ANSWERS: "You may publish my answers.",
}


def load_words(content: Content, programme: Programme, decks: dict[str, tuple[str, int]]) -> None:
    talks = {talk.key: talk for evening in content.held for talk in evening.talks}
    slides = load_decks(decks, programme)
    given = {key: contribution(talk, content, programme, slides.get(key)) for key, talk in talks.items()}
    Contribution.objects.bulk_create(given.values())
    for key, page in programme.talks.items():
        page.contribution = given[key]
    TalkPage.objects.bulk_update(programme.talks.values(), ["contribution"], batch_size=500)
    former = former_wording(content)
    answers = [row for key, talk in talks.items() for row in answers_of(talk, given[key], programme.nouns, former)]
    Answer.objects.bulk_create(answers, batch_size=500)
    load_child_rows(talks, given, programme)
    TalkConsent.objects.bulk_create(
        row for key, talk in talks.items() for row in consents_of(talk, given[key], programme)
    )


def load_decks(decks: dict[str, tuple[str, int]], programme: Programme) -> dict[str, SlideDeck]:
    rows = {
        key: SlideDeck(
            file=name,
            filename=name.rsplit("/", 1)[-1].split("-", 2)[-1],
            media_type="application/pdf",
            size_bytes=size,
            # Drawn for readers: there is nothing in it but its pages.
            copy=name,
            copy_bytes=size,
            uploaded_by=programme.nouns.accounts["Organiser"],
        )
        for key, (name, size) in decks.items()
    }
    SlideDeck.objects.bulk_create(rows.values())
    return rows


def contribution(talk: Talk, content: Content, programme: Programme, deck: SlideDeck | None) -> Contribution:
    """Released with the write-up, if anything was given."""
    known = [content.people[billing.name] for billing in talk.billings if billing.name in content.people]
    given = bool(talk.answers or talk.links or talk.asks or deck)
    at = programme.written_up_at(talk.evening) if given else None
    return Contribution(
        proposed_title=talk.title if given else "",
        introduction="\n".join(person.biography for person in known),
        slides=deck,
        live=given,
        first_published_at=at,
        last_published_at=at,
    )


def former_wording(content: Content) -> dict[str, tuple[str, int]]:
    """(wording, last evening at which it was used) by the question's slug."""
    rows = [row for row in content.site["questions"] if "former" in row]
    return {row["slug"]: (row["former"], row["former_until"]) for row in rows}


def answers_of(talk: Talk, given: Contribution, nouns: Nouns, former: dict[str, tuple[str, int]]) -> Iterator[Answer]:
    """Each answer in the wording of its day. A talk that gave none has empty ones that say so."""
    places = {slug: place for place, slug in enumerate(nouns.questions)}
    if talk.takes_a_slot and not talk.answers:
        for slug, question in nouns.questions.items():
            yield Answer(
                contribution=given,
                question=question,
                wording=question.text,
                missing=MissingReason.GIVEN_UP,
                sort_order=places[slug],
            )
    for answer in sorted(talk.answers, key=lambda answer: (places[answer.question], answer.speaker)):
        question = nouns.questions[answer.question]
        wording, until = former.get(answer.question, (question.text, 0))
        own = talk.billings[answer.speaker - 1].name if answer.speaker else ""
        yield Answer(
            contribution=given,
            question=question,
            wording=wording if talk.evening <= until else question.text,
            text=answer.html,
            speaker=nouns.speakers[own] if own else None,
            joint=not own,
            missing=answer.missing,
            sort_order=places[answer.question],
        )


def load_child_rows(talks: dict[str, Talk], given: dict[str, Contribution], programme: Programme) -> None:
    links, asks, promises = [], [], []
    for key, talk in talks.items():
        day, owner = programme.starts[talk.evening].date(), given[key]
        links += [TalkLink(contribution=owner, sort_order=at, **vars(link)) for at, link in enumerate(talk.links)]
        asks += [ask_row(request, day, owner, at) for at, request in enumerate(talk.asks)]
        promises += [
            Promise(
                contribution=owner,
                text=text,
                due_on=day + dt.timedelta(days=30 * MONTHS_UNTIL[when]),
                due_precision=DatePrecision.MONTH,
                sort_order=at,
            )
            for at, (text, when) in enumerate(talk.promises)
        ]
    TalkLink.objects.bulk_create(links)
    Ask.objects.bulk_create(asks)
    Promise.objects.bulk_create(promises)


def ask_row(request: Request, day: dt.date, owner: Contribution, place: int) -> Ask:
    """ "month" closes at the end of the month after next, a number so many days after the evening."""
    ask = Ask(contribution=owner, text=request.text, url=request.url, sort_order=place)
    if request.closes == "month":
        ask.closes_on, ask.closes_precision = day + dt.timedelta(days=45), DatePrecision.MONTH
    elif request.closes != "none":
        ask.closes_on = day + dt.timedelta(days=int(request.closes))
    return ask


def consents_of(talk: Talk, given: Contribution, programme: Programme) -> Iterator[TalkConsent]:
    """Kept for the evenings at which speakers were asked in this form."""
    if talk.evening < CONSENT_KEPT_FROM or not talk.takes_a_slot:
        return
    for billing in talk.billings:
        for what, wording in CONSENT.items():
            yield TalkConsent(
                contribution=given,
                speaker=programme.nouns.speakers[billing.name],
                what=what,
                wording=wording,
                given_at=programme.starts[talk.evening] - dt.timedelta(days=6),
            )
