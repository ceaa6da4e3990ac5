"""Files of captions: what is read, and what is said of each fault, with its line."""

import pytest
import webvtt

from archive.caption_blocks import LARGEST_BYTES, NotCaptions
from archive.captions import Said, read_captions

VTT = """WEBVTT - the sixtieth

NOTE made by hand

STYLE
::cue { color: yellow }

1
00:00:01.000 --> 00:00:02.500 align:start position:0%
<v Ada Vale>Hello <b>all</b> &amp; <i>welcome</i>,
this is 3 &lt; 4</v>

00:03.000 --> 00:04.000
<v.loud Bo Reed>Yes.</v> <v Ada Vale><00:03.500>No.</v>

01:00:05.000 --> 01:00:06.000
Later
"""
VTT_SAID = [
    Said(1000, 2500, "Ada Vale", "Hello all & welcome, this is 3 < 4"),
    Said(3000, 4000, "Bo Reed", "Yes."),
    Said(3000, 4000, "Ada Vale", "No."),
    Said(3_605_000, 3_606_000, "", "Later"),
]
SRT = """1
00:00:01,000 --> 00:00:02,000
{\\an8}<font color=red>Hello</font>
all

2
00:00:02,000 --> 00:00:03,500
Bye
"""
SRT_SAID = [Said(1000, 2000, "", "Hello all"), Said(2000, 3500, "", "Bye")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("text", "said"), [(VTT, VTT_SAID), (SRT, SRT_SAID)], ids=["vtt", "srt"])
def test_good_file_is_read_however_it_is_written(text, said, ends, encoding):
    read = read_captions(text.replace("\n", ends).encode(encoding))
    assert (read.said, read.warnings) == (said, [])


def test_letters_beyond_english_are_read():
    words = "Croeso i’r noson — 統計 🎉 שלום"
    assert read_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n".encode()).said[0].text == words


def test_lines_stand_in_the_order_in_which_they_are_said():
    read = read_captions(b"WEBVTT\n\n00:05.000 --> 00:06.000\nsecond\n\n00:01.000 --> 00:02.000\nfirst\n")
    assert [line.text for line in read.said] == ["first", "second"]


def cues(*blocks):
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


BROKEN = [
    ("", ["Line 1: The file is empty."]),
    (" \n\n", ["Line 1: The file is empty."]),
    ("WEBVTT\n", ["Line 1: There is no line of speech in this file."]),
    ("WEBVTT\n\nNOTE nothing\n", ["Line 1: There is no line of speech in this file."]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n", ["Line 1: No line of this file has any words in it."]),
    (
        "\nWEBVTT\n\n00:01.000 --> 00:02.000\nHi\n",
        ["Line 2: “WEBVTT” must be the first line of the file."],
    ),
    (
        "<html>\n<p>Hi</p>\n",
        [
            "Line 1: This is neither WebVTT, whose first line is “WEBVTT”, nor SubRip, "
            "which begins with a number and a time."
        ],
    ),
    (
        "WEBVTT\n00:01.000 --> 00:02.000\nHi\n",
        ["Line 2: Leave an empty line between “WEBVTT” and the first time."],
    ),
    (
        cues("00:01,000 --> 00:02.000\nHi"),
        ["Line 3: A comma stands before the thousandths. In WebVTT it is a full stop: 00:01:02.500 --> 00:01:05.000."],
    ),
    (
        "1\n00:00:01.000 --> 00:00:02.000\nHi\n",
        ["Line 2: A full stop stands before the thousandths. In SubRip it is a comma: 00:01:02,500 --> 00:01:05,000."],
    ),
    (
        cues("1\n00:01 --> 00:02\nHi"),
        ["Line 4: “00:01 --> 00:02” isn’t a time. Write it like 00:01:02.500 --> 00:01:05.000."],
    ),
    (
        cues("1:00:05.000 --> 1:00:06.000\nHi"),
        ["Line 3: “1:00:05.000 --> 1:00:06.000” isn’t a time. Write it like 00:01:02.500 --> 00:01:05.000."],
    ),
    (cues("00:61.000 --> 00:62.000\nHi"), ["Line 3: Minutes and seconds go to 59."]),
    (cues("00:02.000 --> 00:01.000\nHi"), ["Line 3: It ends before it begins, or at the same moment."]),
    (cues("00:02.000 --> 00:02.000\nHi"), ["Line 3: It ends before it begins, or at the same moment."]),
    (cues("25:00:00.000 --> 25:00:01.000\nHi"), ["Line 3: This is more than a day after the beginning."]),
    (
        cues("00:01.000 --> 00:02.000\nHi", "and so on"),
        ["Line 6: Words without a time. A line such as 00:01:02.500 --> 00:01:05.000 must stand above them."],
    ),
    (
        cues("00:01.000 --> 00:02.000\nHi\n00:03.000 --> 00:04.000\nHo"),
        ["Line 5: Another time begins here. Leave an empty line before each."],
    ),
    (
        cues("00:02.000 --> 00:01.000\nHi", "00:61.000 --> 00:62.000\nHo"),
        ["Line 3: It ends before it begins, or at the same moment.", "Line 6: Minutes and seconds go to 59."],
    ),
    (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\x00\n",
        ["Line 4: There is a character here that is no text. This is not a file of captions."],
    ),
]


@pytest.mark.parametrize(("text", "sentences"), BROKEN)
def test_broken_file_is_refused_by_its_lines(text, sentences):
    with pytest.raises(NotCaptions) as refusal:
        read_captions(text.encode())
    assert refusal.value.sentences == sentences


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\ncaf\xe9\n", "Line 4: A letter here isn’t UTF-8. Save the file as UTF-8."),
        (b"\xff\xfeW\x00\n\x00\x00\xd8", "Line 2: A letter here isn’t UTF-16. Save the file as UTF-8."),
        (b"WEBVTT\n" + b" " * LARGEST_BYTES, "Line 1: The file has 5.0 MB, and 5 MB is the most we can keep."),
        (
            b"\x89PNG\r\n\x1a\n",
            "Line 1: A letter here isn’t UTF-8. Save the file as UTF-8.",
        ),
    ],
)
def test_file_that_is_no_text_is_refused(data, sentence):
    with pytest.raises(NotCaptions) as refusal:
        read_captions(data)
    assert refusal.value.sentences == [sentence]


def test_many_faults_are_counted_after_the_first_twenty():
    with pytest.raises(NotCaptions) as refusal:
        read_captions(cues(*["00:02.000 --> 00:01.000\nHi"] * 25).encode())
    assert len(refusal.value.sentences) == 21
    assert refusal.value.sentences[-1] == "And 5 more. Mend these first."


@pytest.mark.parametrize(
    ("blocks", "warnings"),
    [
        (
            ["00:01.000 --> 00:03.000\nHi", "00:02.000 --> 00:04.000\nHo"],
            ["Line 6: It begins before line 3 has ended."],
        ),
        (
            ["00:05.000 --> 00:06.000\nHi", "00:02.000 --> 00:04.000\nHo", "00:07.000 --> 00:08.000\nHa"],
            ["Line 6: It begins before the line above it, at line 3."],
        ),
        (
            ["00:01.000 --> 00:02.000\nHi", "00:03.000 --> 00:04.000"],
            ["Line 6: This line has a time and no words. It was left out."],
        ),
        (["00:01.000 --> 00:02.000\nHi", "00:02.000 --> 00:04.000\nHo"], []),
    ],
)
def test_what_is_odd_is_kept_and_said(blocks, warnings):
    assert [fault.sentence for fault in read_captions(cues(*blocks).encode()).warnings] == warnings


def test_markup_of_a_hostile_file_is_nothing_but_text():
    read = read_captions(
        cues("00:01.000 --> 00:02.000\n<v <b>x>&lt;script&gt;alert(1)&lt;/script&gt; <c.x>y</c> 1 < 2").encode()
    )
    assert [line.text for line in read.said] == ["x><script>alert(1)</script> y 1 < 2"]


def test_a_long_evening_is_read_at_once():
    blocks = [f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\nLine {n}" for n in range(3000)]
    assert len(read_captions(cues(*blocks).encode()).said) == 3000


def test_webvtt_reads_the_same(tmp_path):
    """The other reader's word, apart from ours."""
    assert [c.start_time.in_milliseconds() for c in webvtt.from_string(VTT, strict=True).captions] == [
        1000,
        3000,
        3605000,
    ]
