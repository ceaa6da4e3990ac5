"""Who may do what on the speakers' side of the admin: every address, every role, in one table.

"login": sent to the sign-in page. "no": sent home with Wagtail's own refusal. "editor": done, and back in the editor.
Numbers are statuses.
"""

import pytest
from django.core.files.base import ContentFile

from speakers.actions import keep_slides
from speakers.models import Contribution, StandardQuestion
from tests.factories import make_organisation, make_speaker, make_talk, write_answers
from tests.remembering import remembered
from tests.speakers.editor import at

pytestmark = pytest.mark.django_db

ROLES = ("", "speaker", "moderator", "organiser", "administrator")
TABLE = [
    # method, model, view            nobody   speaker moderator organiser administrator
    ("get", "contribution", "list", ("login", 403, 200, 200, 200)),
    ("get", "contribution", "edit", ("login", 403, "no", 200, 200)),
    ("post", "contribution", "edit", ("login", 403, "no", 200, 200)),
    ("get", "contribution", "inspect", ("login", 403, 200, 200, 200)),
    ("get", "contribution", "history", ("login", 403, "no", 200, 200)),
    ("get", "contribution", "usage", ("login", 403, "no", 200, 200)),
    ("post", "contribution", "preview_on_edit", ("login", 403, "no", 200, 200)),
    ("get", "contribution", "release", ("login", 403, "no", 200, 200)),
    ("post", "contribution", "release", ("login", 403, "no", "editor", "editor")),
    ("get", "contribution", "unpublish", ("login", 403, "no", 200, 200)),
    ("post", "contribution", "unpublish", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "lock", ("login", 403, "no", "no", "editor")),
    ("post", "contribution", "unlock", ("login", 403, "no", "no", "editor")),
    ("get", "contribution", "hand_over", ("login", 403, 405, 405, 405)),
    ("post", "contribution", "hand_over", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "take_back", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "add_note", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "record_consent", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "upload_slides", ("login", 403, "no", "editor", "editor")),
    ("post", "contribution", "remove_slides", ("login", 403, "no", "editor", "editor")),
    ("get", "contribution", "download_slides", ("login", 403, 404, 404, 404)),
    ("get", "speaker", "list", ("login", 403, 200, 200, 200)),
    ("get", "speaker", "add", ("login", 403, "no", 200, 200)),
    ("get", "speaker", "edit", ("login", 403, "no", 200, 200)),
    ("get", "speaker", "inspect", ("login", 403, 200, 200, 200)),
    ("get", "speaker", "merge", ("login", 403, "no", 200, 200)),
    ("post", "speaker", "merge", ("login", 403, "no", 302, 302)),
    ("post", "speaker", "delete", ("login", 403, "no", 302, 302)),
    ("get", "organisation", "list", ("login", 403, 200, 200, 200)),
    ("get", "organisation", "add", ("login", 403, "no", 200, 200)),
    ("get", "organisation", "edit", ("login", 403, "no", 200, 200)),
    ("get", "organisation", "inspect", ("login", 403, 200, 200, 200)),
    ("get", "organisation", "delete", ("login", 403, "no", 200, 200)),
    ("get", "standardquestion", "list", ("login", 403, 200, 200, 200)),
    ("get", "standardquestion", "add", ("login", 403, "no", 200, 200)),
    ("get", "standardquestion", "edit", ("login", 403, "no", 200, 200)),
    ("get", "standardquestion", "inspect", ("login", 403, 200, 200, 200)),
    ("get", "standardquestion", "delete", ("login", 403, "no", 302, 302)),
]


@pytest.fixture
@remembered
def things():
    contribution = make_talk(speakers=[make_speaker("Ada Vale")]).contribution
    write_answers(contribution, {"summary": "Words."})
    return {
        "contribution": contribution,
        "speaker": make_speaker("Ben Wick"),
        "organisation": make_organisation(),
        "standardquestion": StandardQuestion.objects.first(),
    }


def outcome_of(response, editor):
    """A status, or what a redirect means."""
    location = response.headers.get("Location", "")
    if location.startswith("/account/sign-in/"):
        return "login"
    return {"/cms/": "no", editor: "editor"}.get(location, response.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_doors(signed_in, things, role):
    client = signed_in(role)
    found, expected = [], []
    for method, model, view, outcomes in TABLE:
        thing = things[model].pk
        args = [] if view in ("list", "add") else [thing]
        response = getattr(client, method)(at(view, *args, model=model))
        found.append((method, model, view, outcome_of(response, at("edit", thing, model=model))))
        expected.append((method, model, view, outcomes[ROLES.index(role)]))
    assert found == expected


PERMANENT = ("add/", "delete/{pk}/", "copy/{pk}/", "preview/")


@pytest.mark.parametrize("path", PERMANENT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_contribution_has_no_door_to_add_copy_or_delete_one(signed_in, things, path, method):
    url = at("list") + path.format(pk=things["contribution"].pk)
    assert getattr(signed_in("administrator"), method)(url).status_code == 404
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_contributions_cannot_be_deleted_many_at_once(signed_in, things, method):
    url = f"/cms/bulk/speakers/contribution/delete/?id={things['contribution'].pk}&next=/cms/"
    assert getattr(signed_in("administrator"), method)(url).status_code == 403
    assert Contribution.objects.count() == 1


def test_list_of_contributions_has_no_ticks_for_many_at_once(organiser, things):
    assert "bulk-action" not in organiser.get(at("list")).content.decode()


@pytest.mark.parametrize("role", ["moderator", "speaker", ""])
def test_post_by_somebody_who_may_not_changes_nothing(signed_in, things, role):
    client, contribution = signed_in(role), things["contribution"]
    for view in ("edit", "release", "hand_over", "add_note", "remove_slides"):
        client.post(at(view, contribution.pk), {"text": "A note", "teaser": "T"})
    contribution.refresh_from_db()
    assert (contribution.live, contribution.notes.count(), contribution.handovers.count()) == (False, 0, 0)
    assert contribution.latest_revision.content["teaser"] == ""


def test_slides_of_a_draft_are_for_those_who_may_look(signed_in, things):
    content = ContentFile(b"%PDF-1.4 startxref 1 %%EOF", name="s.pdf")
    keep_slides(contribution=things["contribution"], file=content, filename="s.pdf")
    url = at("download_slides", things["contribution"].pk)
    statuses = [signed_in(role).get(url).status_code for role in ROLES]
    assert statuses == [302, 403, 200, 200, 200]


WAGTAILS_VARIANTS = {"list_results", "history_results", "revisions_view", "revisions_revert", "revisions_compare"}


def test_table_names_every_door_of_a_contribution():
    doors = {pattern.name for pattern in Contribution.snippet_viewset.get_urlpatterns()}
    named = {view for _, model, view, _ in TABLE if model == "contribution"}
    assert doors - WAGTAILS_VARIANTS - {"revisions_unschedule"} == named
