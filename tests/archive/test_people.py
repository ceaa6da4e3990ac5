"""The paragraph that opens a talk says who speaks, as what and for whom; other paragraphs say nothing of the kind."""

import pytest

from archive.importers.people import looks_like_name, read_heading, read_opening
from archive.importers.plan import SpeakerPlan
from archive.importers.titles import derive_title, topic_of

OPENINGS = [
    (
        "Odile Farrow, Chief Taster, Dairy Board, joined us from Fenwick to talk about rinds.",
        ("Odile Farrow", "Chief Taster", "Dairy Board"),
    ),
    (
        "Odile Farrow, Head of Rinds and Curds at the Office for Dairy, presented on rinds.",
        ("Odile Farrow", "Head of Rinds and Curds", "Office for Dairy"),
    ),
    (
        "Odile Farrow, Head of Rinds at Dairy England presented on rinds.",
        ("Odile Farrow", "Head of Rinds", "Dairy England"),
    ),
    (
        "Odile Farrow, Deputy Director, Rinds Directorate, Dairy Office, spoke about rinds.",
        ("Odile Farrow", "Deputy Director, Rinds Directorate", "Dairy Office"),
    ),
    (
        "Odile Farrow, rind consultation lead, Office for Dairy, spoke about rinds.",
        ("Odile Farrow", "rind consultation lead", "Office for Dairy"),
    ),
    (
        "Odile Farrow, Head of Rinds at the Department for Milk, Curds and Whey, told us about rinds.",
        ("Odile Farrow", "Head of Rinds", "Department for Milk, Curds and Whey"),
    ),
    (
        "Odile Farrow, Head of Rinds, Ministry of Milk, Cream, Curds and Whey, told us about rinds.",
        ("Odile Farrow", "Head of Rinds", "Ministry of Milk, Cream, Curds and Whey"),
    ),
    (
        "Odile Farrow, Director of the Fenwick Institute, introduced a tool.",
        ("Odile Farrow", "Director", "Fenwick Institute"),
    ),
    (
        "Odile Farrow, a data scientist at the Quayside Institute, talked about rinds.",
        ("Odile Farrow", "data scientist", "Quayside Institute"),
    ),
    (
        "Odile Farrow, Dairy Office, Head of Rinds, spoke on rinds.",
        ("Odile Farrow", "Head of Rinds", "Dairy Office"),
    ),
    ("Odile Farrow, Fenwick Council, joined us.", ("Odile Farrow", "", "Fenwick Council")),
    ("Odile Farrow, independent researcher, joined us.", ("Odile Farrow", "independent researcher", "")),
    ("Odile Farrow (Fenwick Council) presented a tool.", ("Odile Farrow", "", "Fenwick Council")),
    ("Odile Farrow (Chief Taster, myCheese) presented a tool.", ("Odile Farrow", "Chief Taster", "myCheese")),
    ("First up, Odile Farrow from the Dairy Office spoke about rinds.", ("Odile Farrow", "", "Dairy Office")),
    (
        "Our first speaker was Odile Farrow, Chief Taster at the Dairy Board. She spoke about rinds.",
        ("Odile Farrow", "Chief Taster", "Dairy Board"),
    ),
    (
        "We then heard from Odile Farrow of Fenwick Council, who showed us a map.",
        ("Odile Farrow", "", "Fenwick Council"),
    ),
    (
        "Dr Odile O’Farrow-Lee OBE (she/her), Chief Taster, Dairy Board, spoke about rinds.",
        ("Odile O’Farrow-Lee", "Chief Taster", "Dairy Board"),
    ),
    (
        "Prof. Ödön van der Berg, Reader, Fenwick College, spoke.",
        ("Ödön van der Berg", "Reader", "Fenwick College"),
    ),
    ("Andrew Lastly, Chief Taster, Dairy Board, spoke.", ("Andrew Lastly", "Chief Taster", "Dairy Board")),
    (
        "Odile\u00a0Farrow, Head of Rinds at\u00a0the Dairy\u2009Board, spoke\u202fabout rinds.",
        ("Odile Farrow", "Head of Rinds", "Dairy Board"),
    ),
]


def who(line: str) -> list[tuple[str, str, str]]:
    opening = read_opening(line)
    return [(s.name, s.role, s.organisation) for s in opening.speakers] if opening else []


@pytest.mark.parametrize(("line", "speaker"), OPENINGS)
def test_opening_names_its_speaker(line, speaker):
    assert who(line) == [speaker]


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        (
            "Odile Farrow, Chief Taster, Dairy Board, and Wen Abara, Data Lead, Fenwick Council, spoke about rinds.",
            [("Odile Farrow", "Chief Taster", "Dairy Board"), ("Wen Abara", "Data Lead", "Fenwick Council")],
        ),
        (
            "Odile Farrow, Chief Taster at the Dairy Board and Wen Abara, Data Lead at Fenwick Council, spoke.",
            [("Odile Farrow", "Chief Taster", "Dairy Board"), ("Wen Abara", "Data Lead", "Fenwick Council")],
        ),
        (
            "Odile Farrow, Chief Taster, and Wen Abara, Data Lead, at the Dairy Board, spoke about rinds.",
            [("Odile Farrow", "Chief Taster", "Dairy Board"), ("Wen Abara", "Data Lead", "Dairy Board")],
        ),
        (
            "Odile Farrow and Wen Abara, both at the Dairy Board, took us through rinds.",
            [("Odile Farrow", "", "Dairy Board"), ("Wen Abara", "", "Dairy Board")],
        ),
        (
            "Odile Farrow, Wen Abara and Ravi Penhale, from Fenwick Council, presented on trees.",
            [(name, "", "Fenwick Council") for name in ("Odile Farrow", "Wen Abara", "Ravi Penhale")],
        ),
        (
            "Odile Farrow from the Dairy Board and Wen Abara from Fenwick Council spoke about rinds.",
            [("Odile Farrow", "", "Dairy Board"), ("Wen Abara", "", "Fenwick Council")],
        ),
        (
            "Odile Farrow (Dairy Board) and Wen Abara (Fenwick Council) spoke about rinds.",
            [("Odile Farrow", "", "Dairy Board"), ("Wen Abara", "", "Fenwick Council")],
        ),
    ],
)
def test_opening_names_all_its_speakers(line, speakers):
    assert who(line) == speakers


@pytest.mark.parametrize(
    "line",
    [
        "Data Bites has previously heard from the Dairy Board and Fenwick Council on rinds (2020).",
        "Odile previously presented at Data Bites 45 (in September 2023) on the review of rinds.",
        "Odile Farrow, head of the Dairy Board, presented at Data Bites 55 on trust.",
        "Moss Harker shows his research into rinds, painting them as “radical crusts” of a broken cheese.",
        "Quayside Digital, our hosts, presented cake.",
        "Fenwick United, against the odds, presented well.",
        "Citizens, businesses and councils, presented together, asked for more.",
        "In January, Odile Farrow, Chief Taster, was away.",
        "Welsh Government, Dairy Board, and others, presented on rinds.",
        "We asked Odile Farrow, Chief Taster, Dairy Board, about rinds.",
        "OFD has just released its strategy, which spoke about rinds.",
        "Odile Farrow, Chief Taster, Dairy Board, which is new, is here.",
    ],
)
def test_other_paragraphs_open_nothing(line):
    assert read_opening(line) is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Odile Farrow, Taster, Dairy Board, joined us from Lower Fenwick to talk.", "Lower Fenwick"),
        ("Odile Farrow, Taster, Dairy Board, joined us online from Stoke-on-Trent to talk.", "Stoke-on-Trent"),
        ("Odile Farrow, Taster, Dairy Board, joined us to talk about cheese from Fenwick.", ""),
    ],
)
def test_opening_says_where_the_speaker_joined_from(line, place):
    opening = read_opening(line + " The rest.")

    assert opening is not None
    assert [speaker.place for speaker in opening.speakers] == [place]


def test_heading_names_its_speaker():
    heading = read_heading("Odile Farrow, Chief Taster, Dairy Board")

    assert heading is not None
    assert heading.speakers == (SpeakerPlan("Odile Farrow", "Chief Taster", "Dairy Board"),)


@pytest.mark.parametrize(
    "line", ["Fenwick, Lower Fenwick, Upper Fenwick", "Odile Farrow, Wen Abara", "We count, and sort."]
)
def test_list_of_places_or_names_is_no_heading(line):
    assert read_heading(line) is None


@pytest.mark.parametrize(
    "words", ["Odile", "the board", "Dairy Board", "Odile 2", "Chief Taster Lead", "Farrow van", ""]
)
def test_other_words_are_no_name(words):
    assert looks_like_name(words) is False


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        (
            "Odile joined us to talk about the relaunch of Rinds (Welsh version here). It is new.",
            "The relaunch of Rinds",
        ),
        ("Odile presented on the new Code of Cheese, which was launched on 30 October.", "The new Code of Cheese"),
        ("Odile spoke about the Rind Library, how it has grown and the importance of mould.", "The Rind Library"),
        ("Odile spoke about the 2031 rind count and the importance of counting.", "The 2031 rind count"),
        ("Odile spoke about how Fenwick counts its cheese.", "How Fenwick counts its cheese"),
        ("Odile talked about her team’s work on edition 3.0 of Rinds.", "Edition 3.0 of Rinds"),
        ("Odile presented ‘Counting rinds from space’, a talk.", "Counting rinds from space"),
        ("Odile introduced a tool for tasters.", "A tool for tasters"),
        ("Odile presented at City Hall.", ""),
        ("Odile was here.", ""),
    ],
)
def test_topic_is_what_was_spoken_about(line, topic):
    assert topic_of(line) == topic


def test_title_is_cut_where_it_still_reads():
    line = (
        "Odile spoke about the very long and winding history of the counting of cheese in the dairies of Lower Fenwick."
    )

    title = derive_title([line], [SpeakerPlan("Odile Farrow")], ())

    assert title == "The very long and winding history of the counting of cheese"


def test_title_without_a_topic_names_the_speakers():
    speakers = [SpeakerPlan("Odile Farrow"), SpeakerPlan("Wen Abara")]

    assert derive_title(["Both came."], speakers, ()) == "Talk by Odile Farrow and Wen Abara"


def test_title_is_no_line_of_the_text():
    speakers = [SpeakerPlan("Odile Farrow")]
    taken = {"The rind count", "Talk by Odile Farrow"}

    assert derive_title(["Odile spoke about the rind count."], speakers, taken) == "A talk by Odile Farrow"
