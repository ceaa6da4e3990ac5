"""Which mails an evening has or could have: when each goes, how long its words are true, what stands in its way.

Nothing here writes, and nothing but `EveningMails.of` asks the database.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pages.clock import next_midnight
from pages.english import counted, moment

from .enums import HAPPEN_ONCE, REMINDERS, TELL_FACTS, EventStatus, MailKind, PlanState
from .facts import Difference, Facts, differences, facts_from, public_titles
from .models import Announcement, EventPage
from .models.announcements import RECALL

LOOK_AHEAD = dt.timedelta(days=7)
WRITE_UP_DAYS = 90  # after that a recording is part of the archive, and no news
CLOCK_TICK = dt.timedelta(minutes=1)  # the clock looks once a minute: what would lie before it looks again is over
SHORTEST = dt.timedelta(hours=1)  # what a free message has at least, before midnight makes its words doubtful
STANDARD = (MailKind.ANNOUNCED, MailKind.PROGRAMME, MailKind.WEEK_BEFORE, MailKind.TODAY, MailKind.WRITE_UP)
BEFORE = (MailKind.ANNOUNCED, MailKind.PROGRAMME, *REMINDERS)


@dataclass(frozen=True, slots=True)
class Plan:
    """A mail of an evening at a moment.

    `leaves_at` is when it would leave if it were approved now. `over` says why it can't go any more, `not_yet` why it
    can't be approved yet; both are sentences, empty where nothing stands in the way.
    """

    mail: Announcement
    due_at: dt.datetime | None
    leaves_at: dt.datetime
    at: dt.datetime
    over_at: dt.datetime
    over: str = ""
    not_yet: str = ""

    @property
    def is_late(self) -> bool:
        """Its own moment has passed, and it waits for somebody to approve it all the same."""
        return self.mail.state == PlanState.PLANNED and self.due_at is not None and self.due_at < self.at

    @property
    def goes_at_once(self) -> bool:
        return self.due_at is None or self.due_at <= self.at

    @property
    def can_be_approved(self) -> bool:
        return self.mail.state == PlanState.PLANNED and not self.over and not self.not_yet

    @property
    def wants_approval(self) -> bool:
        """Whether an organiser should look at it now."""
        return self.can_be_approved and (self.due_at is None or self.due_at - self.at <= LOOK_AHEAD)

    @property
    def place(self) -> tuple[dt.datetime, int]:
        """Its place in order of time."""
        mail = self.mail
        expected = max(self.over_at, self.at) if mail.kind == MailKind.WRITE_UP else self.at
        at = mail.going_at or mail.ended_at or self.due_at or expected
        return at, list(MailKind.values).index(mail.kind)


@dataclass(slots=True)
class EveningMails:
    """An evening with its mails and with what decides about them, read once."""

    event: EventPage
    at: dt.datetime
    rows: Sequence[Announcement]
    titles: dict[int, str]
    slots: int
    recorded: bool
    facts: Facts = field(init=False)

    def __post_init__(self) -> None:
        self.facts = facts_from(self.event, self.titles)

    @classmethod
    def of(cls, event: EventPage, *, at: dt.datetime) -> "EveningMails":
        """In four queries. `event` is as its row has it, with its series and its venue."""
        rows = list(Announcement.objects.filter(event=event).order_by("pk"))
        slots = event.slot_talks().count()
        recorded = event.recording() is not None or event.recording("audio") is not None
        return cls(event, at, rows, public_titles(event), slots, recorded)

    # What went

    @property
    def gone(self) -> list[Announcement]:
        """Mails that somebody has, oldest first."""
        went = [row for row in self.rows if row.went(at=self.at)]
        return sorted(went, key=lambda row: (row.going_at, row.pk))

    @property
    def told(self) -> Facts:
        """What the last mail that says when and where has told; empty where none has gone."""
        return next((row.facts for row in reversed(self.gone) if row.kind in TELL_FACTS), {})

    @property
    def told_at(self) -> dt.datetime | None:
        return next((row.going_at for row in reversed(self.gone) if row.kind in TELL_FACTS), None)

    def changes(self) -> list[Difference]:
        return differences(self.told, self.facts, zone=self.event.zone)

    # What there is, and what there could be

    def plans(self) -> list[Plan]:
        """In order of time. A mail that nobody has touched is there for as long as it could go."""
        plans = [self.plan(row) for row in self.rows]
        plans += [plan for plan in map(self.plan, self._untouched()) if not plan.over]
        return sorted(plans, key=lambda plan: plan.place)

    def find(self, name: str) -> Plan | None:
        """By the name that stands in its address."""
        known = [*self.rows, *self._untouched()]
        return next((self.plan(mail) for mail in known if mail.name == name), None)

    def wanting_approval(self) -> list[Plan]:
        """What an organiser should look at now; the programme's mail waits for the one that announces."""
        plans = [plan for plan in self.plans() if plan.wants_approval and not self._is_too_early(plan.mail)]
        announcing = any(plan.mail.kind == MailKind.ANNOUNCED for plan in plans)
        return [plan for plan in plans if not (announcing and plan.mail.kind == MailKind.PROGRAMME)]

    def _is_too_early(self, mail: Announcement) -> bool:
        """A date that isn't certain can be told; nobody is asked to."""
        return mail.kind in (MailKind.ANNOUNCED, MailKind.PROGRAMME) and self.event.status == EventStatus.TENTATIVE

    def next_occurrence(self, kind: str) -> int:
        return 1 + max((row.occurrence for row in self.rows if row.kind == kind), default=0)

    def _untouched(self) -> Iterable[Announcement]:
        for kind in (*STANDARD, MailKind.CHANGED, MailKind.CANCELLED):
            rows = [row for row in self.rows if row.kind == kind]
            if self._is_wanted(kind, rows):
                yield Announcement.usual(event=self.event, kind=kind, occurrence=self.next_occurrence(kind))

    def _is_wanted(self, kind: str, rows: list[Announcement]) -> bool:
        if not rows and kind in STANDARD:
            return True
        if kind in HAPPEN_ONCE or any(row.is_open or row.state == PlanState.GOING for row in rows):
            return False
        if kind in REMINDERS:  # one went, and the evening is on another day now
            return all(row.went(at=self.at) and self._told_another_day(row) for row in rows)
        if kind == MailKind.CHANGED:
            return bool(self.changes()) and not self.event.is_called_off
        return bool(self.told) and self.event.is_called_off and self.told["off"] != self.event.status

    def _told_another_day(self, row: Announcement) -> bool:
        told = dt.datetime.fromisoformat(row.facts["start"]).astimezone(self.event.zone)
        return told.date() != self.event.local_start.date()

    # What stands in its way

    def plan(self, mail: Announcement) -> Plan:
        due_at = mail.due_at(self.event)
        leaves_at = mail.leaves_at or max(due_at or self.at, self.at) + RECALL
        if not mail.is_open:
            return Plan(mail, due_at, leaves_at, self.at, self.event.over_at)
        over = self.why_over(mail, leaves_at=leaves_at)
        not_yet = "" if over else self.why_not_yet(mail)
        return Plan(mail, due_at, leaves_at, self.at, self.event.over_at, over, not_yet)

    def why_over(self, mail: Announcement, *, leaves_at: dt.datetime) -> str:
        """Why its words would not be true when it leaves."""
        event, kind = self.event, mail.kind
        if kind == MailKind.FREE:
            return ""
        if kind == MailKind.WRITE_UP:
            return self._why_write_up_is_over(leaves_at)
        if kind != MailKind.CANCELLED and event.is_called_off:
            return "The evening is called off."
        if kind == MailKind.CANCELLED and not event.is_called_off:
            return "The evening takes place."
        if leaves_at >= (event.starts_at if kind in BEFORE else event.over_at):
            return "The evening has begun." if kind in BEFORE else "The evening is over."
        if kind == MailKind.CHANGED and not self.changes():
            return "Nothing that a mail has told is different now."
        return self._why_told_already(mail, leaves_at)

    def _why_write_up_is_over(self, leaves_at: dt.datetime) -> str:
        if self.event.is_called_off:
            return "The evening did not take place."
        since = self.event.written_up_on or self.event.local_end.date()
        too_late = leaves_at.astimezone(self.event.zone).date() - since > dt.timedelta(days=WRITE_UP_DAYS)
        return f"It is no news {WRITE_UP_DAYS} days later." if too_late else ""

    def _why_told_already(self, mail: Announcement, leaves_at: dt.datetime) -> str:
        gone = {row.kind for row in self.gone}
        if mail.kind == MailKind.ANNOUNCED and gone & {MailKind.PROGRAMME, *REMINDERS}:
            return "A later mail has told of this evening already."
        if mail.kind == MailKind.PROGRAMME and self.told and set(self.told["talks"]) >= set(self.facts["talks"]):
            complete = bool(self.titles) and len(self.titles) >= self.slots
            return "The last mail told the whole programme." if complete else ""
        if mail.kind == MailKind.WEEK_BEFORE:
            if leaves_at.astimezone(self.event.zone).date() >= self.event.local_start.date():
                return "The evening is on this day. There is a mail for the day itself."
            due_at = mail.due_at(self.event)
            if due_at and due_at < self.at and self.told_at and self.told_at >= due_at:
                return "Its moment has passed, and another mail has told of the evening since."
        return ""

    def why_not_yet(self, mail: Announcement) -> str:
        event = self.event
        if not event.is_public:
            return "Readers can’t see this evening. Publish its programme first."
        if mail.kind == MailKind.PROGRAMME and (not self.titles or len(self.titles) < self.slots):
            missing = self.slots - len(self.titles)
            return f"{counted(missing, 'talk').capitalize()} {'is' if missing == 1 else 'are'} still to be announced."
        if mail.kind == MailKind.WRITE_UP and event.over_at > self.at:
            return f"The evening is not over before {moment(event.local_end)}."
        if mail.kind == MailKind.WRITE_UP and not event.written_up_on and not self.recorded:
            return "There is no recording and no write-up yet."
        return ""

    # How long it is true

    def true_until(self, mail: Announcement, *, leaves_at: dt.datetime) -> dt.datetime | None:
        """From when on a mail whose words were made for `leaves_at` would lie; None where it doesn't go off."""
        event, midnight = self.event, next_midnight(leaves_at, self.event.zone)
        if mail.kind == MailKind.WRITE_UP:
            return None
        if mail.kind == MailKind.FREE:
            return max(midnight, leaves_at + SHORTEST)
        if mail.kind not in BEFORE:
            return event.over_at
        if mail.kind in REMINDERS and days_before(event, leaves_at) <= 1:  # it says "today" or "tomorrow"
            return min(midnight, event.starts_at)
        return event.starts_at

    def why_untrue(self, mail: Announcement) -> str:
        """Why what waits of a mail that is going out must not leave any more."""
        if not self.event.is_public:
            return "Readers can no longer see this evening."
        if mail.true_until is not None and self.at + CLOCK_TICK >= mail.true_until:
            return "It would have come too late: its words were no longer true."
        if mail.kind == MailKind.WRITE_UP:
            return "The evening did not take place." if self.event.is_called_off else ""
        if mail.facts.get("off") != self.facts["off"]:
            return "The evening was called off." if self.facts["off"] else "The evening takes place after all."
        if mail.kind in TELL_FACTS and differences(mail.facts, self.facts, zone=self.event.zone):
            return "The evening changed while it was going out."
        return ""


def days_before(event: EventPage, at: dt.datetime) -> int:
    """How many days lie between a moment and the evening, on the series' calendar: 0 on the day, 1 on the eve."""
    return (event.local_start.date() - at.astimezone(event.zone).date()).days
