"""What single lines are: standard questions, headings, addresses, chapters, claims, lost links."""

import pytest

from archive.importers.blocks import read_blocks
from archive.importers.claims import find_asks, read_host_count, read_number
from archive.importers.headings import audience_source, is_links_heading
from archive.importers.links import Special, is_recording, read_special, starts_at
from archive.importers.lost_links import find_lost_headings, find_lost_links, find_lost_recordings
from archive.importers.plan import AskHint, ChapterPlan, HostCountClaim
from archive.importers.questions import DEFAULT_QUESTIONS, QuestionReader, StandardQuestion


@pytest.mark.parametrize(
    "line",
    [
        "How will you know when it’s succeeded?",
        "How will you know when it's succeeded",
        "HOW WILL YOU KNOW WHEN IT’S SUCCEEDED?:",
        "4. How will you know when it’s succeeded?",
        "Q4: How will you know when it‘s succeeded ?",
        "(4) How\u00a0will you  know when it’s succeeded?",
        "• “How will you know when it’s succeeded?”",
        "## How will you know when it\u200b’s succeeded?",
    ],
)
def test_standard_question_is_known_in_any_dress(line):
    assert QuestionReader(DEFAULT_QUESTIONS).read(line) == StandardQuestion("success", line)


def test_former_wording_is_known_too():
    reader = QuestionReader({"What are the main hurdles?": "hurdles", "What gets in the way?": "hurdles"})

    assert reader.read("What gets in the way?") == StandardQuestion("hurdles", "What gets in the way?")


def test_answer_on_the_question_s_line_is_told_from_it():
    found = QuestionReader(DEFAULT_QUESTIONS).read("What are the main hurdles? Time. And who pays?")

    assert found == StandardQuestion("hurdles", "What are the main hurdles?", "Time. And who pays?")


@pytest.mark.parametrize("line", ["What are the hurdles?", "Why? What are the main hurdles?", "?", "Why? Because."])
def test_other_question_is_no_standard_question(line):
    assert QuestionReader({**DEFAULT_QUESTIONS, "Why?": "why", "...": "none"}).read(line) is None


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("From Slido:", "Slido"),
        ("Slido questions", "Slido"),
        ("Questions from Slido", "Slido"),
        ("Some more questions asked via Slido:", "Slido"),
        ("Questions from the audience:", "the audience"),
        ("Audience Q&A", "the audience"),
        ("From the chat:", "the chat"),
        ("Online questions", "online"),
        ("Penny has answered some questions from Slido below:", ""),
        ("We heard from the audience.", ""),
        ("on Twitter", ""),
        ("In the room", ""),
    ],
)
def test_heading_tells_where_questions_came_from(line, source):
    assert audience_source(line) == source


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Some key links include:", True),
        ("Useful links", True),
        ("Further reading:", True),
        ("resources", False),
        ("Resources", False),
        ("Some links are broken", False),
        ("We link records.", False),
    ],
)
def test_links_heading_is_told_from_an_item(line, expected):
    assert is_links_heading(line) is expected


@pytest.mark.parametrize(
    ("line", "kind", "label", "url"),
    [
        ("https://youtu.be/abc", Special.RECORDING, "", "https://youtu.be/abc"),
        ("Watch on YouTube: https://www.youtube.com/live/abc", Special.RECORDING, "Watch on YouTube", None),
        ("Listen – https://soundcloud.com/data-bites/71", Special.RECORDING, "Listen", None),
        ("Video (https://vimeo.com/123456)", Special.RECORDING, "Video", "https://vimeo.com/123456"),
        ("Slides: https://example.org/a.pdf.", Special.SLIDES, "Slides", "https://example.org/a.pdf"),
        ("Odile’s slides https://example.org/a.pdf", Special.SLIDES, "Odile’s slides", "https://example.org/a.pdf"),
        ("The register: https://example.org/r", Special.LINK, "The register", "https://example.org/r"),
        ("The register https://example.org/r", Special.LINK, "The register", "https://example.org/r"),
        (
            "A talk of 2019 on goats: https://youtu.be/abc",
            Special.LINK,
            "A talk of 2019 on goats",
            "https://youtu.be/abc",
        ),
        ("https://www.example.org/r_(a)", Special.LINK, "example.org", "https://www.example.org/r_(a)"),
        ("Channel: https://www.youtube.com/@databites", Special.LINK, "Channel", "https://www.youtube.com/@databites"),
    ],
)
def test_line_with_an_address_is_known(line, kind, label, url):
    found = read_special(line)

    assert found is not None
    assert (found.kind, found.what.label, found.what.line) == (kind, label, line)
    assert url is None or found.what.url == url


@pytest.mark.parametrize(
    "line",
    [
        "You can read all about it. The report is at https://example.org/r",
        "See https://example.org/a and https://example.org/b",
        "Our report is at https://example.org/r",
        "The register: https://example.org/r (PDF, 2 MB)",
        "The register is at example.org",
        "See more!: https://example.org/r",
    ],
)
def test_sentence_with_an_address_stays_text(line):
    assert read_special(line) is None


@pytest.mark.parametrize(
    ("line", "seconds", "label"),
    [
        ("9:13 Odile Farrow", 553, "Odile Farrow"),
        ("0:00 – Welcome", 0, "Welcome"),
        ("(1:02:03) Questions", 3723, "Questions"),
        ("00:09:13 | Odile Farrow", 553, "Odile Farrow"),
    ],
)
def test_chapter_is_read(line, seconds, label):
    found = read_special(line)

    assert found is not None
    assert (found.kind, found.what) == (Special.CHAPTER, ChapterPlan(seconds, label, line))


@pytest.mark.parametrize("line", ["9:61 No", "10:30", "9:13 is when we open the doors.", "9:13 – ?", "2031 was good"])
def test_other_line_with_a_time_is_no_chapter(line):
    assert read_special(line) is None


@pytest.mark.parametrize(
    ("url", "second"),
    [
        ("https://youtu.be/abc?t=90", 90),
        ("https://www.youtube.com/watch?v=abc&t=1h2m3s", 3723),
        ("https://vimeo.com/123#t=2m", 120),
        ("https://youtu.be/abc", None),
        ("https://youtu.be/abc?t=", None),
    ],
)
def test_address_says_where_it_begins(url, second):
    assert starts_at(url) == second


@pytest.mark.parametrize(
    "url", ["https://[broken", "https://example.org/watch?v=a", "https://soundcloud.com/data-bites"]
)
def test_other_address_is_no_recording(url):
    assert is_recording(url) is False


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        ("One.\nTwo.", (("p", "One."), ("p", "Two."))),
        (
            "Key challenges include\nfinding people\nkeeping them. It is hard, still.\nWe try.",
            (
                ("p", "Key challenges include"),
                ("ul", ("finding people", "keeping them. It is hard, still.")),
                ("p", "We try."),
            ),
        ),
        (
            "There are two:\nMoney\nTime\nBoth run out.",
            (("p", "There are two:"), ("ul", ("Money", "Time")), ("p", "Both run out.")),
        ),
        ("- money\n– time", (("ul", ("money", "time")),)),
        ("It is:\n• all", (("p", "It is:"), ("ul", ("all",)))),
        ("1. Money\n2. Time\n3. Both", (("ol", ("Money", "Time", "Both")),)),
        ("1. Show integrity: it wraps up all.", (("p", "1. Show integrity: it wraps up all."),)),
        ("2. Time\n3. Both", (("p", "2. Time"), ("p", "3. Both"))),
        (
            "Changing the perception of rinds.\nEmbedding them.\nOvercoming mould.",
            (("ul", ("Changing the perception of rinds.", "Embedding them.", "Overcoming mould.")),),
        ),
        (
            "During the year we grew.\nNothing else did.\nSpring came.",
            (("p", "During the year we grew."), ("p", "Nothing else did."), ("p", "Spring came.")),
        ),
        ("We met\nthen we left.", (("p", "We met"), ("p", "then we left."))),
    ],
)
def test_lists_are_told_from_paragraphs(text, blocks):
    assert read_blocks(text) == blocks


def lost(*lines: str) -> list[str]:
    return [link.label for link in find_lost_links(lines)]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Odile spoke about Rinds (Welsh version here).", ["Welsh version here"]),
        ("There’s more in Odile’s slides, and below:", ["Odile’s slides"]),
        ("As well as that, there’s a tool for analysts, and a scheme.", ["tool"]),
        ("She said that this from the ONS, on rinds, might help.", ["this from the ONS"]),
        ("You can sign up for updates on this page.", ["this page"]),
        ("The map is new, and you can sign up to help.", ["sign up"]),
        ("Click here, or read more here.", ["Click here", "read more here"]),
        ("We are here to help, and here is why.", []),
        ("The data available here in Wales is old.", []),
        ("There is a tool in each shed. This page of history is turned.", []),
        ("The slides were good, and this from a beginner.", []),
        ("Read more here: https://example.org/", []),
    ],
)
def test_lost_links_are_flagged_and_prose_is_not(line, labels):
    assert [label.casefold() for label in lost(line)] == [label.casefold() for label in labels]


def test_lost_link_comes_with_its_sentence():
    (link,) = find_lost_links(["We count. There’s more in Odile’s slides. That is all."])

    assert link.sentence == "There’s more in Odile’s slides."


def test_links_heading_and_recording_without_address_are_lost():
    lines = ["Watch the recording of the event below.", "Some key links include:", "The recording was fun."]

    assert [link.label for link in find_lost_headings(lines)] == ["Some key links include:"]
    assert [link.label for link in find_lost_recordings(lines)] == ["recording of the event"]


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        (
            "May’s was the eleventh Data Bites hosted by Harbour House, after 49 events at the Quayside Institute.",
            HostCountClaim(11, "Harbour House", 49, "Quayside Institute"),
        ),
        (
            "Our last, the 71st overall, was the 22nd hosted by Office for Curds and Whey.",
            HostCountClaim(22, "Office for Curds and Whey", overall=71),
        ),
        ("It was the twenty-second evening held at Harbour House.", HostCountClaim(22, "Harbour House")),
        ("It was our forty-ninth Data Bites overall.", HostCountClaim(overall=49)),
        ("It was the first of many, hosted well.", None),
    ],
)
def test_count_by_host_is_read(line, claim):
    assert read_host_count(["A line.", line]) == claim


@pytest.mark.parametrize(
    ("words", "number"), [("60th", 60), ("49", 49), ("Eleventh", 11), ("twentieth", 20), ("some", None)]
)
def test_number_is_read_from_words(words, number):
    assert read_number(words) == number


def test_asks_are_read_from_addresses_and_closing_dates():
    line = "Email rinds@example.org with feedback. It is open until February 2031. The other closes on 4 March 2031."

    assert list(find_asks([line, "It opened in March 2031 @ noon."])) == [
        AskHint("Email rinds@example.org with feedback.", email="rinds@example.org"),
        AskHint("It is open until February 2031.", closes="2031-02"),
        AskHint("The other closes on 4 March 2031.", closes="2031-03-04"),
    ]
