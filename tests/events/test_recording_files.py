"""A recording that is a file of ours is public only while an evening shows it, and plays from any of its seconds."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from events.models import EventPage, Recording
from pages.models import MediaFile
from tests.admin import sign_in
from tests.factories import make_event, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SOUND = bytes(range(100))


@pytest.fixture
def file():
    return MediaFile.objects.create(title="Sixty", type="audio", file=ContentFile(SOUND, name="sixty.mp3"))


@pytest.fixture
def event(file):
    return publish(make_event(number=60), recordings=[Recording(kind="audio", file=file)])


def address_of(file):
    return f"/recordings/{file.pk}/"


def body(response):
    return b"".join(response)


def test_published_recording_is_a_file_that_plays_and_can_do_nothing_else(client, event, file):
    response = client.get(address_of(file))
    assert (response.status_code, body(response)) == (200, SOUND)
    assert {name: response[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges", "Cache-Control")} == {
        "Content-Type": "audio/mpeg",
        "Content-Length": "100",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
    assert (response.get("Vary"), dict(response.cookies)) == (None, {})


def test_page_names_the_address_that_knows_who_may_hear_it(client, event, file):
    assert f'src="{address_of(file)}"' in client.get("/data-bites/60/").content.decode()


def test_file_is_in_no_folder_that_a_web_server_serves(file):
    assert not default_storage.exists(file.file.name)
    assert storages["private"].exists(file.file.name)


@pytest.mark.parametrize("state", ["withheld", "not_recorded"])
def test_withheld_recording_is_heard_by_nobody(client, event, file, state):
    row = event.recordings.get()
    row.state = state
    publish(event, recordings=[row])
    assert client.get(address_of(file)).status_code == 404


def test_recording_of_an_unpublished_evening_is_heard_by_nobody(client, event, file):
    event.unpublish()
    assert client.get(address_of(file)).status_code == 404


def test_recording_of_an_unpublished_series_is_heard_by_nobody(client, event, file):
    event.series.unpublish()
    assert client.get(address_of(file)).status_code == 404


def test_recording_in_a_draft_is_heard_by_nobody(client, file):
    draft = EventPage.objects.get(pk=make_event().pk)
    draft.recordings = [Recording(kind="audio", file=file)]
    draft.save_revision()
    assert client.get(address_of(file)).status_code == 404


def test_file_of_no_evening_is_heard_by_nobody(client, file):
    assert client.get(address_of(file)).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("", 404), ("moderator", 200), ("organiser", 200)])
def test_file_of_a_draft_is_heard_by_whoever_works_on_it(client, file, role, status):
    sign_in(client, role)
    assert client.get(address_of(file)).status_code == status


def test_file_of_a_draft_is_heard_by_nobody_before_the_second_factor(client, file, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(make_user("organiser"))
    assert client.get(address_of(file)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=10-19", 10, 19),
        ("bytes=90-", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=98-500", 98, 99),
        ("bytes=0-", 0, 99),
    ],
)
def test_part_of_a_recording_is_sent_as_players_ask_for_it(client, event, file, asked, first, last):
    response = client.get(address_of(file), headers={"range": asked})
    assert (response.status_code, body(response)) == (206, SOUND[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0", "bytes=500-600"])
def test_part_that_there_is_not_is_refused(client, event, file, asked):
    response = client.get(address_of(file), headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize("asked", ["bytes=20-10", "bytes=0-1,5-6", "seconds=1-2", "bytes=-", "bytes=x-y", "nonsense"])
def test_range_that_cannot_be_read_is_passed_over(client, event, file, asked):
    response = client.get(address_of(file), headers={"range": asked})
    assert (response.status_code, body(response)) == (200, SOUND)


def test_part_of_another_version_is_not_mixed_in(client, event, file):
    etag = client.get(address_of(file))["ETag"]
    same = client.get(address_of(file), headers={"range": "bytes=0-9", "if-range": etag})
    other = client.get(address_of(file), headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (same.status_code, other.status_code, body(other)) == (206, 200, SOUND)


def test_browser_that_has_it_asks_and_is_told_so(client, event, file):
    etag = client.get(address_of(file))["ETag"]
    assert client.get(address_of(file), headers={"if-none-match": etag}).status_code == 304


def test_head_tells_the_same_without_the_file(client, event, file):
    response = client.head(address_of(file))
    assert (response.status_code, response["Content-Length"], body(response)) == (200, "100", b"")


def test_file_that_went_missing_says_so(client, event, file):
    file.file.storage.delete(file.file.name)
    response = client.get(address_of(file))
    assert response.status_code == 404
    assert "This recording has gone missing." in response.content.decode()


@pytest.mark.parametrize("address", ["/recordings/0/", f"/recordings/{10**30}/", "/recordings/x/", "/recordings/"])
def test_recording_that_there_never_was_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_what_is_neither_sound_nor_picture_is_only_kept(client):
    file = MediaFile.objects.create(title="No", type="audio", file=ContentFile(b"<script>", name="no.html"))
    publish(make_event(), recordings=[Recording(kind="audio", file=file)])
    response = client.get(address_of(file))
    assert response["Content-Type"] == "application/octet-stream"


def test_organiser_uploads_a_recording_and_finds_it_again(client):
    sign_in(client)
    data = {"media-title": "x", "title": "Sixty", "collection": 1, "file": ContentFile(SOUND, name="sixty.mp3")}
    response = client.post("/cms/media/audio/add/", data, follow=True)
    file = MediaFile.objects.get()
    assert f'href="{address_of(file)}"' in response.content.decode()
