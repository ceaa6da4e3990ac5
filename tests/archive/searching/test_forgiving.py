"""Hyphens and longer forms that nothing has are forgiven, and what is shown of a list reads as one."""

import pytest

from tests.archive.searching.finding import results
from tests.reading import lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "typed", "shown"),
    [
        ("Email", "e-mail", "email"),
        ("Email and rain", "e-mail rain", "email rain"),
        ("Housing and benefit", "housing-benefit", "housing benefit"),
        ("A dataset", "data-set", "dataset"),
        ("Housing for all", "housing-xylophone", "housing"),
        ("The zither", "zitherification", "zither"),
    ],
)
def test_hyphen_and_a_longer_form_are_forgiven(client, archive, index, title, typed, shown):
    archive["maps"].title = title
    archive["maps"].save()
    index()
    page = results(client, typed)
    assert lines(page, "#instead strong, #talks h3") == [shown, title]
    assert lines(results(client, typed, exact=1), "#instead strong") == []


def test_points_of_a_list_stand_apart_in_a_sentence(client, archive, index):
    answer = archive["maps"].contribution.answers.first()
    answer.text = "<ul><li>Too many zithers</li><li>Too few charts.</li><li>No rooms</li></ul>"
    answer.save()
    index()
    assert lines(results(client, "zithers"), "#answers .prose") == ["Too many zithers; Too few charts. No rooms"]
