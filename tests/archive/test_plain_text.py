"""A pasted page is taken apart into talks, answers, questions and links; what fits nowhere is kept aside."""

import pytest

from archive.importers.plain_text import parse, recognises
from archive.importers.plan import AudienceQuestionPlan, HostCountClaim, LostLink, SpeakerPlan

from .texts import WRITEUP

OPENING = "Odile Farrow, Chief Taster, Dairy Board, spoke about rinds."
SUMMARY = "Can you summarise your project in a few sentences?"
CHANGE = "If you could change one thing about data in government, what would it be?"


PRINTED = {
    "number": 71,
    "talks": [
        {
            "title": "The national cheese register",
            "speakers": [
                {
                    "name": "Odile Farrow",
                    "role": "Head of Dairy Data",
                    "organisation": "Department for Curds, Whey and Rural Affairs",
                }
            ],
            "answers": [
                {"question": "summary", "text": "We count cheeses.\nEach of them has a number."},
                {
                    "question": "problem",
                    "text": "Nobody knew how many there were:\ntoo many lists\ntoo many names for one cheese\n"
                    "no list that was whole.",
                },
                {"question": "difference", "text": "• Shorter queues\n• Better cheese"},
                {"question": "success", "text": "When the queue is short."},
                {"question": "hurdles", "text": ""},
                {"question": "change", "text": "One address for one dairy."},
            ],
            "audience_questions": [
                {"question": "Is a yoghurt a cheese?", "answer": "No.\nIt never was."},
                {"question": "What is next?", "answer": "Odile said that goats are next."},
                {"question": "How many cheeses are there?", "answer": ""},
            ],
            "slides": ["https://example.org/cheese.pdf"],
            "links": [{"label": "The register", "url": "https://example.org/register"}],
            "text": "Odile Farrow, Head of Dairy Data at the Department for Curds, Whey and Rural Affairs,"
            " presented on the national cheese register, which opened in March. You can see the register here.\n"
            "Odile has answered our standard questions and some questions from the chat:\n"
            "Questions from the chat:",
            "starts_at_seconds": 200,
        },
        {
            "title": "How they map old orchards",
            "speakers": [
                {"name": "Ravi Penhale", "role": "Director", "organisation": "Orchard Trust"},
                {"name": "Wen Abara", "role": "Data Lead", "organisation": "Borough of Lower Fenwick"},
            ],
            "answers": [{"question": "summary", "text": "We map trees."}],
            "audience_questions": [],
            "slides": [],
            "links": [{"label": "The orchard map", "url": "https://example.org/orchards"}],
            "text": "Ravi Penhale, Director, Orchard Trust, and Wen Abara, Data Lead, Borough of Lower Fenwick,"
            " joined us from Fenwick to talk about how they map old orchards. Ravi encouraged everyone to plant a"
            " tree, and email trees@example.org by then.\nThe map closes on 3 June 2031 for corrections.\n"
            "Useful links:\nRavi was also asked about pears. He likes them.",
            "starts_at_seconds": None,
        },
    ],
    "recordings": ["https://www.youtube.com/watch?v=abc123"],
    "chapters": [[0, "Welcome"], [200, "Odile Farrow: counting cheese"], [1625, "Questions to Ravi Penhale"]],
    "introduction": "Data Bites 71, the 71st overall, was about food and how to count it. We heard about cheese,"
    " orchards and school dinners.\nFour speakers get eight minutes each. May’s evening was the twenty-second Data"
    " Bites hosted by Harbour House, after 49 events at the Quayside Institute.",
    "sign_off": "If you’d like to keep up to date with Data Bites, sign up on this page.\nHave a good summer.",
    "unplaced": [
        "Share this page",
        "Seven ways to name a spreadsheet",
        "Our colleague Moss Harker has read ten thousand file names, so that you need not.",
        "27 May 2031",
        SUMMARY,
        "We said so already.",
        "Related content",
        "What is a dairy?",
    ],
}


@pytest.fixture(scope="module")
def plan():
    return parse(WRITEUP, number=71)


def parsed(*lines: str):
    return parse("\n".join(lines), number=71)


def test_write_up_is_printed_in_the_agreed_shape(plan):
    assert plan.as_json_dict() == PRINTED


def test_doubts_stand_beside_the_plan(plan):
    assert plan.warnings == (
        f"Ravi Penhale and Wen Abara: a second answer to “{SUMMARY}” is among the leftovers.",
        "Odile Farrow: no answer under “What are the main hurdles?”.",
        "Odile Farrow: no answer to “How many cheeses are there?” from the audience.",
    )
    assert plan.host_count == HostCountClaim(22, "Harbour House", 49, "Quayside Institute", 71)
    assert plan.lost_links == (
        LostLink("this page", "If you’d like to keep up to date with Data Bites, sign up on this page."),
    )


def test_account_s_blocks_leave_out_headings_that_other_places_tell(plan):
    assert [what for _, what in plan.talks[0].blocks] == plan.talks[0].text.split("\n")[:2]
    assert [what for _, what in plan.talks[1].blocks][-1] == "Ravi was also asked about pears. He likes them."
    assert len(plan.talks[1].blocks) == 3


def test_lines_are_given_back_by_place(plan):
    assert plan.lines()["talks[0].answers[3]"] == ("How will you know when it's succeeded? When the queue is short.",)
    assert plan.lines()["talks[0].slides"] == ("Slides: https://example.org/cheese.pdf",)
    assert plan.lines()["talks[0].audience_questions[2]"] == ("How many cheeses are there?",)


def test_questions_without_a_talk_are_unplaced():
    plan = parsed(SUMMARY, "We count.", CHANGE, "Nothing.")

    assert plan.talks == ()
    assert plan.unplaced == (SUMMARY, "We count.", CHANGE, "Nothing.")
    assert plan.warnings == (
        f"No talk stands above “{SUMMARY}”.",
        f"No talk stands above “{CHANGE}”.",
        "No talk was found: no paragraph reads “Name, Role, Organisation, spoke …”.",
    )


def test_text_without_anything_known_is_unplaced():
    assert parsed("Cheese", "is good").unplaced == ("Cheese", "is good")


def test_introduction_without_the_series_name_begins_where_an_event_is_spoken_of():
    plan = parsed("A teaser of four words, and of four more.", "Our event in May was about food and its data.", OPENING)

    assert (plan.introduction, plan.unplaced) == (
        "Our event in May was about food and its data.",
        ("A teaser of four words, and of four more.",),
    )


def test_number_that_the_text_contradicts_is_a_warning():
    plan = parse(f"It was the 70th overall, and as good as any Data Bites before.\n{OPENING}", number=71)

    assert plan.warnings == ("The text says that this is number 70 overall, not 71.",)


def test_speaker_named_again_before_answering_stays_in_one_talk():
    plan = parsed(OPENING, "Odile Farrow, Chief Taster, Dairy Board, told us that rinds matter.", SUMMARY, "We count.")

    assert [len(talk.answers) for talk in plan.talks] == [1]


def test_speaker_who_opens_again_after_answering_gives_another_talk():
    plan = parsed(OPENING, SUMMARY, "We count.", OPENING, SUMMARY, "We count more.")

    assert [[answer.text for answer in talk.answers] for talk in plan.talks] == [["We count."], ["We count more."]]
    assert plan.warnings == ("Odile Farrow opens 2 talks.",)


def test_speaker_without_organisation_is_a_warning():
    assert parsed("Odile Farrow, independent researcher, spoke about rinds.").warnings == (
        "Odile Farrow has no organisation.",
    )


def test_heading_with_name_and_role_opens_a_talk():
    plan = parsed("Odile Farrow, Chief Taster, Dairy Board", "Odile joined us from Fenwick to talk about rinds.")

    assert [talk.speakers for talk in plan.talks] == [
        (SpeakerPlan("Odile Farrow", "Chief Taster", "Dairy Board", "Fenwick"),)
    ]
    assert [talk.title for talk in plan.talks] == ["Rinds"]


def test_list_of_people_opens_no_talks():
    people = ["Odile Farrow, Chief Taster, Dairy Board", "Wen Abara, Data Lead, Fenwick Council"]
    plan = parsed("Data Bites in May had two speakers who both count:", *people, "It was a good evening.", OPENING)

    assert len(plan.talks) == 1


def test_headings_above_all_talks_are_their_titles():
    other = "Wen Abara, Data Lead, Fenwick Council, spoke about trees."
    plan = parsed("All is well here.", "Counting rinds", OPENING, "Trees from above", other)

    assert [(talk.title, talk.title_is_ours) for talk in plan.talks] == [
        ("Counting rinds", False),
        ("Trees from above", False),
    ]


def test_heading_above_one_of_the_talks_is_no_title():
    other = "Wen Abara, Data Lead, Fenwick Council, spoke about trees."
    plan = parsed("Data Bites was good again this year, we think.", "The talks", OPENING, SUMMARY, "We count.", other)

    assert [talk.title_is_ours for talk in plan.talks] == [True, True]


def test_answer_told_by_the_organisers_stays_an_answer():
    plan = parsed(
        OPENING, SUMMARY, "Odile said they count.", "Odile also said that it is fun.", "Odile was asked more."
    )

    assert plan.talks[0].answers[0].text == "Odile said they count.\nOdile also said that it is fun."
    assert plan.talks[0].text == f"{OPENING}\nOdile was asked more."


def test_address_within_an_answer_stays_in_it():
    plan = parsed(OPENING, SUMMARY, "We count.", "The register: https://example.org/r", "And we sort.")

    assert plan.talks[0].answers[0].text == "We count.\nThe register: https://example.org/r\nAnd we sort."
    assert plan.talks[0].links == ()


def test_recording_of_a_talk_tells_where_it_begins():
    plan = parsed(OPENING, "Watch: https://youtu.be/abc?t=90", SUMMARY, "We count.")

    assert [recording.url for recording in plan.recordings] == ["https://youtu.be/abc?t=90"]
    assert plan.talks[0].starts_at_seconds == 90


def test_questions_from_the_audience_keep_their_source():
    plan = parsed(OPENING, "From Slido:", "Why?", "Because.", "Audience questions", "Really?", "Yes.")

    assert plan.talks[0].audience_questions == (
        AudienceQuestionPlan("Why?", "Because.", "Slido"),
        AudienceQuestionPlan("Really?", "Yes.", "the audience"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "See you at the next event.",
        "Thanks to all our speakers.",
        "Want to speak at Data Bites?",
        "Our next event is near.",
    ],
)
def test_goodbye_after_the_last_answer_signs_off(line):
    plan = parsed(OPENING, CHANGE, "Nothing.", line)

    assert (plan.sign_off, plan.talks[0].answers[0].text) == (line, "Nothing.")


@pytest.mark.parametrize(
    "line", ["The next step is to sort.", "Thanks to a grant, we can.", "Sign up and see.", "Join the queue."]
)
def test_answer_that_sounds_like_goodbye_is_kept(line):
    plan = parsed(OPENING, CHANGE, "Nothing.", line)

    assert (plan.sign_off, plan.talks[0].answers[0].text) == ("", f"Nothing.\n{line}")


def test_chapters_out_of_order_are_a_warning():
    assert parsed("9:00 End", "3:00 Begin", OPENING).warnings == (
        "The chapters are not in the order of the recording.",
    )


def test_series_of_another_name_is_known_by_it():
    text = (
        f"A teaser that speaks of no such thing at all.\nThe Cheese Nights of May were the best we ever had.\n{OPENING}"
    )

    plan = parse(text, number=71, series="Cheese Nights")

    assert plan.introduction == "The Cheese Nights of May were the best we ever had."


@pytest.mark.parametrize(("text", "expected"), [("Data Bites", True), ("a < b", True), (" <HTML lang=en>", False)])
def test_shape_is_any_text_but_markup(text, expected):
    assert recognises(text) is expected
