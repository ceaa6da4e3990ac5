"""The command that imports a write-up: what it shows, what it refuses, what it says."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from archive.importers import read_plan
from events.models import SeriesPage
from pages.models import HomePage, SiteSettings
from speakers.models import StandardQuestion
from tests.factories import QUESTIONS, make_event, make_series

from .importing import LEFT_OVER, OPENING, Importer, evening, everything, make_hosted_series, refused
from .texts import WRITEUP

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def imports(tmp_path):
    return Importer(tmp_path)


# Dry runs


def test_dry_run_prints_the_plan_as_json_and_changes_nothing(imports):
    make_hosted_series()
    before = everything()

    said = imports(dry_run=True, json=True)

    plan = read_plan(WRITEUP, number=71)
    assert said.out == json.dumps(plan.as_json_dict(), ensure_ascii=False, indent=2) + "\n"
    assert everything() == before


def test_dry_run_needs_no_series(imports):
    said = imports(dry_run=True, json=True)
    assert json.loads(said.out) == read_plan(WRITEUP, number=71).as_json_dict()
    assert SeriesPage.objects.count() == 0


def test_dry_run_reads_the_questions_of_the_series(imports):
    series = make_series()
    problem = StandardQuestion.objects.get(slug="problem")
    problem.text = "What was wrong with it?"
    problem.save()
    (talk,) = json.loads(imports(f"{OPENING}\nWhat was wrong with it?\nAll of it.", dry_run=True, json=True).out)[
        "talks"
    ]
    assert talk["answers"] == [{"question": "problem", "text": "All of it."}]
    assert series.questions()[1] == problem


def test_dry_run_says_in_words_what_would_be_made(imports):
    make_hosted_series()
    said = imports(dry_run=True)
    assert said.out.splitlines() == [
        "Data Bites 71, Wednesday 28 May 2025",
        "Introduction: two lines. Sign-off: two lines.",
        "Recordings: 1. Chapters: 3.",
        "",
        "1. The national cheese register (a title of ours)",
        "    Odile Farrow (new), Head of Dairy Data, Department for Curds, Whey and Rural Affairs (new)",
        "    Six answers, three questions from the audience, one link to slides, one other link.",
        "",
        "2. How they map old orchards (a title of ours)",
        "    Ravi Penhale (new), Director, Orchard Trust (new)",
        "    Wen Abara (new), Data Lead, Borough of Lower Fenwick (new)",
        "    One answer, no questions from the audience, no links to slides, one other link.",
        "",
        f"Left over: {len(LEFT_OVER) + 2} lines.".replace("8", "eight"),
        *[f"    {line}" for line in json.loads(imports(dry_run=True, json=True).out)["unplaced"]],
        "",
        "Nothing was changed.",
    ]


def test_dry_run_warns_on_the_other_stream(imports):
    make_hosted_series()
    said = imports(dry_run=True, json=True)
    assert said.err.splitlines() == [
        "Warning: Ravi Penhale and Wen Abara: a second answer to “Can you summarise your project in a few sentences?” "
        "is among the leftovers.",
        "Warning: Odile Farrow: no answer under “What are the main hurdles?”.",
        "Warning: Odile Farrow: no answer to “How many cheeses are there?” from the audience.",
        "Warning: No --written-up-on was given: it counts as written up on the evening’s own day.",
        "Warning: Odile Farrow: the text has no title; “The national cheese register” is ours.",
        "Warning: Ravi Penhale and Wen Abara: the text has no title; “How they map old orchards” is ours.",
        "Lost link: The evening: “this page” in "
        "“If you’d like to keep up to date with Data Bites, sign up on this page.”",
        "Lost link: Odile Farrow: “register here” in “You can see the register here.”",
    ]


def test_dry_run_says_that_the_evening_is_there(imports):
    make_event(series=make_hosted_series(), number=71)
    assert imports(dry_run=True).out.splitlines()[-2:] == ["Data Bites 71 is already there.", "Nothing was changed."]


def test_dry_run_works_without_a_database_and_in_any_language(imports, tmp_path):
    file = imports.file(WRITEUP)
    command = [sys.executable, str(ROOT / "manage.py"), "import_writeup", str(file), "--dry-run", "--json"]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
    }
    done = subprocess.run([*command, "--number=71", "--date=2025-05-28"], env=environment, capture_output=True)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8")) == read_plan(WRITEUP, number=71).as_json_dict()
    assert done.stderr.decode("ascii").splitlines()[0] == (
        r"Warning: the database isn\u2019t ready (run migrate), so nobody was looked up in it."
    )


# Refusals


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty: paste the write-up’s text into it and import it again."),
        (b"%PDF-1.7 \0", "is not plain text: copy its words into a text file and import that."),
        ("Ürün".encode("latin-1"), "is not UTF-8 text (see line 1): save it again as UTF-8."),
        (b"a" * 20_000_000, "is larger than 5 MB: save the write-up’s text alone and import that."),
        (b"<html><body>Hello</body></html>", "Open the page, copy its text, and import that instead."),
    ],
    ids=["empty", "binary", "latin-1", "20 MB", "markup"],
)
@pytest.mark.parametrize("dry_run", [True, False], ids=["dry", "real"])
def test_file_that_is_no_write_up_is_refused(imports, content, words, dry_run):
    assert refused(imports, content, dry_run=dry_run).endswith(words)


def test_file_that_is_missing_is_refused(imports, tmp_path):
    path = tmp_path / "no\nsuch\nfile"
    assert refused(imports, path) == f"{tmp_path}/no such file was not found: check the file’s name and folder."


def test_refusal_is_one_line_on_the_terminal_and_the_exit_code_is_two(tmp_path):
    command = [sys.executable, str(ROOT / "manage.py"), "import_writeup", str(tmp_path), "--number=71"]
    done = subprocess.run([*command, "--date=2025-05-28"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"CommandError: {tmp_path} is a folder: name the write-up’s file in it.\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"number": "0"}, "--number is a number from 1 to 99999, not “0”."),
        ({"number": "-3"}, "--number is a number from 1 to 99999, not “-3”."),
        ({"number": "100000"}, "--number is a number from 1 to 99999, not “100000”."),
        ({"number": "9" * 5000}, f"--number is a number from 1 to 99999, not “{'9' * 40}”."),
        ({"number": "⁷"}, "--number is a number from 1 to 99999, not “⁷”."),
        ({"date": "2025-02-30"}, "--date is a day like 2025-11-26, not “2025-02-30”."),
        ({"date": "yesterday"}, "--date is a day like 2025-11-26, not “yesterday”."),
        ({"time": "6pm"}, "--time is a time like 18:00, not “6pm”."),
        ({"host": "nobody"}, "There is no host “nobody”. Known: harbour-house, the-quayside-institute."),
        ({"written_up_on": "2025-05-27"}, "--written-up-on 2025-05-27 is before the evening itself."),
        ({"original_url": "ftp:/x"}, "--original-url is a web address like https://example.org/page, not “ftp:/x”."),
        ({"byline": "x" * 121}, "--byline has at most 120 letters."),
        ({"json": True}, "--json shows a plan without importing it: add --dry-run."),
        ({"series": "other"}, "There is no series “other”. Known: data-bites."),
        ({"date": "2025-03-30", "time": "01:30"}, "The clocks changed on 2025-03-30: give another --time."),
    ],
)
def test_option_that_makes_no_sense_is_refused(imports, options, words):
    make_hosted_series()
    assert refused(imports, **options) == words


def test_evening_that_is_still_to_come_is_refused(imports):
    make_series()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refused(imports, date=str(tomorrow)) == (
        f"{tomorrow} is still to come. A write-up is of an evening that was held: check --date."
    )


def test_several_series_ask_for_one(imports):
    make_series()
    make_series(slug="elsewhere", title="Elsewhere")
    assert refused(imports) == "There are several series. Name one with --series: data-bites, elsewhere."
    assert imports(series="elsewhere").out.splitlines()[0].startswith("Elsewhere 71 was made: ")


# Without a series


def test_first_import_makes_the_series_with_its_questions(imports):
    said = imports()
    assert said.out.splitlines()[0] == "There was no series: made “Data Bites” at /data-bites/, with its questions."
    series = SeriesPage.objects.get()
    assert (series.slug, series.live, series.get_parent().specific) == ("data-bites", True, HomePage.objects.get())
    assert [(question.slug, question.text) for question in series.questions()] == list(QUESTIONS.items())
    assert SiteSettings.objects.get().main_series.specific == series
    assert evening().series == series


def test_first_series_gets_the_slug_that_was_named(imports):
    imports(series="short-talks")
    assert SeriesPage.objects.get().url == "/short-talks/"


def test_first_series_at_an_address_of_the_site_is_refused(imports):
    assert refused(imports, series="speakers") == (
        "No series can be made at “speakers”: The address “speakers” belongs to a part of the site. Choose another one."
    )
