"""What the editors of series, evenings and talks show, and in what order. No models here: names only."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

SERIES_PANELS = [
    FieldPanel("strapline"),
    FieldPanel("newcomers"),
    MultiFieldPanel(
        [
            FieldPanel("time_zone"),
            FieldRowPanel([FieldPanel("usual_weekday"), FieldPanel("usual_start")]),
            FieldRowPanel([FieldPanel("slots"), FieldPanel("welcome_minutes")]),
            FieldRowPanel([FieldPanel("talk_minutes"), FieldPanel("question_minutes")]),
        ],
        heading="The clock",
    ),
    InlinePanel("series_questions", heading="Standard questions, in order", label="question"),
    InlinePanel(
        "host_spells",
        heading="Hosts",
        label="host",
        help_text="Who hosted which numbers. “The eleventh here, after 49 there” is counted from this.",
    ),
]

EVENT_PANELS = [
    FieldPanel("standfirst"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("status"),
            FieldPanel("host"),
            FieldPanel("venue"),
            FieldPanel("chair"),
            FieldPanel("booking_url"),
            FieldPanel("online_url"),
        ],
        heading="When and where",
    ),
    MultiFieldPanel(
        [
            FieldPanel("introduction"),
            FieldPanel("sign_off"),
            FieldRowPanel([FieldPanel("byline"), FieldPanel("written_up_on")]),
            FieldRowPanel([FieldPanel("related_title"), FieldPanel("related_url")]),
            FieldPanel("original_url"),
        ],
        heading="Write-up",
    ),
    InlinePanel("recordings", heading="Recordings", label="recording"),
    InlinePanel("chapters", heading="Chapters", label="chapter"),
    InlinePanel("corrections", heading="Corrections", label="correction"),
    FieldPanel("leftovers"),
]

TALK_PANELS = [
    FieldPanel("title_is_ours"),
    InlinePanel("talk_speakers", heading="Speakers", label="speaker"),
    FieldPanel("teaser"),
    FieldPanel("state"),
    FieldPanel("topics"),
    FieldPanel("account"),
    InlinePanel("related_talks", heading="Related talks", label="related talk"),
    InlinePanel("corrections", heading="Corrections", label="correction"),
    HelpPanel("What the speakers gave is edited apart: see “Contribution” at the top."),
]
