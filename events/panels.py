"""What the editors of series, evenings and talks show, in what order, in which words."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
    get_form_for_model,
)

from .forms import EventForm, SeriesForm, TalkForm
from .forms.rows import (
    ChapterForm,
    ChapterRows,
    CorrectionForm,
    HostSpellRows,
    RecordingForm,
    RecordingRows,
    SeriesQuestionRows,
    TalkSpeakerRows,
)
from .outlook import EveningPanel, ImportPanel, LeftoversPanel, TalkOutlookPanel
from .permissions import ORGANISE


class RowsPanel(InlinePanel):  # type: ignore[misc]
    """Child rows with a form and a formset of their own."""

    def __init__(self, *args: Any, form_class: Any = None, formset_class: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_class, self.formset_class = form_class, formset_class

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form_class": self.form_class, "formset_class": self.formset_class}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        if self.form_class is not None:
            deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
            rows["form"] = get_form_for_model(
                self.db_field.related_model,
                form_class=self.form_class or WagtailAdminModelForm,
                defer_required_on_fields=deferred,
            )
        if self.formset_class is not None:
            rows["formset"] = self.formset_class
        return options


def search_engines(*, slug: bool) -> ObjectList:
    """The tab for search engines; `slug` where the address is the organiser's to change."""
    words = [FieldPanel("seo_title"), FieldPanel("search_description")]
    return ObjectList([FieldPanel("slug"), *words] if slug else words, heading="Search engines")


def workings() -> ObjectList:
    """What Wagtail shows in dialogs of its own: the schedule and comments."""
    return ObjectList([PublishingPanel(), CommentPanel()], heading="Workings")


ORIGINAL = (
    "For a write-up that was published elsewhere. When it is public, the path of that address leads here, for the day "
    "on which that site’s name is pointed at this one. Settings → Redirects shows it, and takes others."
)
SERIES_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", help_text="The series’ name."),
                FieldPanel("strapline"),
                FieldPanel("newcomers"),
                MultiFieldPanel(
                    [
                        FieldPanel("time_zone"),
                        FieldRowPanel([FieldPanel("usual_weekday"), FieldPanel("usual_start")]),
                        FieldRowPanel([FieldPanel("slots"), FieldPanel("welcome_minutes")]),
                        FieldRowPanel([FieldPanel("talk_minutes"), FieldPanel("question_minutes")]),
                        FieldPanel("answers_wanted_days"),
                    ],
                    heading="The clock",
                    help_text="Slots’ times are worked out from these. New evenings are suggested for the usual day.",
                ),
                FieldPanel("terms"),
            ],
            heading="Series",
        ),
        ObjectList(
            [
                RowsPanel(
                    "series_questions",
                    heading="Standard questions, in order",
                    label="question",
                    formset_class=SeriesQuestionRows,
                    help_text="A new evening asks these. Evenings that are planned already keep theirs.",
                ),
                RowsPanel(
                    "host_spells",
                    heading="Hosts",
                    label="host",
                    formset_class=HostSpellRows,
                    panels=[
                        FieldPanel("host", widget=forms.Select),
                        FieldRowPanel([FieldPanel("first_number"), FieldPanel("last_number")]),
                    ],
                    help_text="Who hosted which numbers. “The eleventh here, after 49 there” is counted from this.",
                ),
            ],
            heading="Questions and hosts",
        ),
        search_engines(slug=True),
        workings(),
    ],
    base_form_class=SeriesForm,
)

EVENT_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                EveningPanel(heading="Running order"),
                FieldPanel(
                    "title", classname="title", help_text="The series’ name and the number, or a special’s name."
                ),
                FieldPanel("standfirst"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                        FieldPanel("status", help_text="What calendars say. Confirm it when date and place are sure."),
                        FieldPanel("host", widget=forms.Select),
                        FieldPanel("venue", widget=forms.Select),
                        FieldPanel("chair"),
                    ],
                    heading="When and where",
                ),
                MultiFieldPanel([FieldPanel("booking_url"), FieldPanel("online_url")], heading="Booking"),
            ],
            heading="Evening",
        ),
        ObjectList(
            [
                FieldPanel("introduction"),
                FieldPanel("sign_off"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("byline"), FieldPanel("written_up_on")]),
                        FieldRowPanel([FieldPanel("related_title"), FieldPanel("related_url")]),
                        FieldPanel("original_url", help_text=ORIGINAL),
                    ],
                    heading="About the write-up",
                ),
                RowsPanel(
                    "corrections",
                    heading="Corrections",
                    label="correction",
                    form_class=CorrectionForm,
                    help_text="What was wrong and is right now. Readers always see these.",
                ),
            ],
            heading="Write-up",
        ),
        ObjectList(
            [
                RowsPanel(
                    "recordings",
                    heading="Recordings",
                    label="recording",
                    form_class=RecordingForm,
                    formset_class=RecordingRows,
                    panels=[
                        FieldRowPanel([FieldPanel("kind"), FieldPanel("state")]),
                        FieldPanel("url"),
                        FieldPanel("file"),
                        FieldRowPanel([FieldPanel("duration_seconds"), FieldPanel("offset_seconds")]),
                        FieldPanel("captions"),
                        FieldPanel("reason"),
                    ],
                ),
                RowsPanel(
                    "chapters",
                    heading="Chapters",
                    label="chapter",
                    form_class=ChapterForm,
                    formset_class=ChapterRows,
                    panels=[
                        FieldRowPanel([FieldPanel("seconds"), FieldPanel("label")]),
                        FieldPanel("talk"),
                        FieldPanel("question"),
                    ],
                    help_text="On the evening’s own clock. Each recording’s offset does the rest.",
                ),
            ],
            heading="Recordings and chapters",
        ),
        ObjectList(
            [
                ImportPanel(heading="What the import had to say"),
                LeftoversPanel("leftovers", permission=ORGANISE),
                LeftoversPanel("leftovers_seen", permission=ORGANISE),
            ],
            heading="Import",
            permission=ORGANISE,
        ),
        search_engines(slug=False),
        workings(),
    ],
    base_form_class=EventForm,
)

TALK_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                TalkOutlookPanel(heading="What the speakers give"),
                FieldPanel(
                    "title",
                    classname="title",
                    help_text="“To be announced” until you know. Its address is made from the title.",
                ),
                FieldPanel("title_is_ours"),
                RowsPanel(
                    "talk_speakers",
                    heading="Speakers",
                    label="speaker",
                    formset_class=TalkSpeakerRows,
                    help_text="Who speaks, and who they were on the day. A later job changes nothing here.",
                ),
                FieldPanel("teaser"),
                FieldPanel("state", help_text="A talk that is withdrawn stays here and is hidden from readers."),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple, classname="topics-in-columns"),
            ],
            heading="Talk",
        ),
        ObjectList(
            [
                FieldPanel("account"),
                InlinePanel(
                    "related_talks",
                    heading="Related talks",
                    label="related talk",
                    help_text="Earlier or later talks that a reader of this one would look for.",
                ),
                RowsPanel(
                    "corrections",
                    heading="Corrections",
                    label="correction",
                    form_class=CorrectionForm,
                    help_text="What was wrong and is right now. Readers always see these.",
                ),
            ],
            heading="Write-up",
        ),
        search_engines(slug=True),
        workings(),
    ],
    base_form_class=TalkForm,
)
