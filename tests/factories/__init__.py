"""Things to test with. Each factory makes one thing, valid and believable, through the product's own actions."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Site

from accounts.models import User
from accounts.roles import MODERATORS, ORGANISERS
from events.actions import add_slot, plan_evening
from events.models import EventPage, Host, HostSpell, SeriesPage, SeriesQuestion, TalkPage, TalkSpeaker, Topic, Venue
from pages.models import HomePage, SiteSettings
from speakers.actions import release, save_draft
from speakers.models import Contribution, Organisation, Speaker, StandardQuestion
from tests.remembering import next_number, remembered

QUESTIONS = {
    "summary": "Can you summarise your project in a few sentences?",
    "problem": "What problem are you trying to solve?",
    "difference": "What difference will it make to citizens?",
    "success": "How will you know when it’s succeeded?",
    "hurdles": "What are the main hurdles?",
    "change": "If you could change one thing about data in government, what would it be?",
}
# A Wednesday in winter, when the clocks of London and UTC agree.
START = dt.datetime(2025, 11, 26, 18, 0, tzinfo=dt.UTC)


@remembered
def make_questions() -> list[StandardQuestion]:
    """The six standard questions, made once."""
    return [
        StandardQuestion.objects.get_or_create(slug=slug, defaults={"text": text, "short_name": slug.capitalize()})[0]
        for slug, text in QUESTIONS.items()
    ]


@remembered
def make_host(name: str = "") -> Host:
    return Host.objects.create(name=name or f"Host {next_number()}")


@remembered
def make_venue(**fields: Any) -> Venue:
    return Venue.objects.create(**{"name": "The Old Sorting Office", "place": "London", **fields})


@remembered
def make_series(
    *, spells: list[tuple[Host, int, int | None]] | None = None, live: bool = True, **fields: Any
) -> SeriesPage:
    """A live series with the six questions, and the main one of the site if it is the first."""
    series = SeriesPage(**{"title": "Data Bites", "slug": "data-bites", "live": live, **fields})
    series.series_questions = [SeriesQuestion(question=q, sort_order=i) for i, q in enumerate(make_questions())]
    series.host_spells = [
        HostSpell(host=host, first_number=first, last_number=last, sort_order=i)
        for i, (host, first, last) in enumerate(spells or [])
    ]
    HomePage.objects.get().add_child(instance=series)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if settings.main_series_id is None:
        settings.main_series = series
        settings.save()
    return series


@remembered
def make_event(
    *, series: SeriesPage | None = None, number: int | None = None, live: bool = True, slots: int = 0, **fields: Any
) -> EventPage:
    """An evening with `slots` empty slots; published unless `live` is false."""
    series = series or SeriesPage.objects.first() or make_series()
    # A test may have named the next number itself.
    taken = EventPage.objects.filter(series=series)
    number = number or next(n for n in iter(next_number, None) if not taken.filter(number=n).exists())
    fields.setdefault("starts_at", START)
    fields.setdefault("status", "confirmed")
    event = plan_evening(series=series, number=number, slots=slots, **fields)
    return publish(event) if live else event


@remembered
def make_talk(
    *,
    event: EventPage | None = None,
    title: str = "",
    live: bool = True,
    speakers: list[Speaker] | None = None,
    role: str = "",
    organisation: Organisation | None = None,
    **fields: Any,
) -> TalkPage:
    """A talk in a slot of its own at the end of the evening; published unless `live` is false."""
    talk = add_slot(event=event or make_event())
    talk.title = title or f"Talk number {next_number()}"
    for name, value in fields.items():
        setattr(talk, name, value)
    for place, speaker in enumerate(speakers or []):
        talk.talk_speakers.add(TalkSpeaker(speaker=speaker, role=role, organisation=organisation, sort_order=place))
    talk.full_clean()
    talk.save()
    talk.save_revision()
    return publish(talk) if live else talk


@remembered
def make_speaker(name: str = "", **fields: Any) -> Speaker:
    return Speaker.objects.create(name=name or f"Speaker {next_number()}", **fields)


@remembered
def make_organisation(name: str = "", **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name or f"Organisation {next_number()}", **fields)


@remembered
def make_topic(name: str, **fields: Any) -> Topic:
    return Topic.objects.create(name=name, **fields)


@remembered
def write_answers(contribution: Contribution, answers: dict[str, str], **fields: Any) -> Contribution:
    """Draft revisions with these answers (question's slug to text); nothing is released."""
    draft = contribution.get_latest_revision_as_object()
    rows = list(draft.answers.all())
    for row in rows:
        if row.question.slug in answers:
            row.text, row.missing = f"<p>{answers[row.question.slug]}</p>", ""
    draft.answers = rows
    for name, value in fields.items():
        setattr(draft, name, value)
    save_draft(contribution=draft)
    contribution.refresh_from_db()
    return contribution


@remembered
def give(talk: TalkPage, answers: dict[str, str] | None = None, **fields: Any) -> Contribution:
    """Answers written and released."""
    assert talk.contribution is not None
    write_answers(talk.contribution, answers or {"summary": "A sentence about the project."}, **fields)
    return release(contribution=talk.contribution)


@remembered
def publish(page: Any, **changes: Any) -> Any:
    """Change a page's newest draft, publish it, and return it fresh."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@remembered
def make_user(role: str = "", **fields: Any) -> User:
    """A person with a role: "administrator", "organiser", "moderator", or "speaker" (no role at all)."""
    email = fields.pop("email", f"{role or 'someone'}-{next_number()}@example.org")
    if role == "administrator":
        return User.objects.create_superuser(email=email, **fields)
    user = User.objects.create_user(email=email, **fields)
    group = {"organiser": ORGANISERS, "moderator": MODERATORS}.get(role)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
