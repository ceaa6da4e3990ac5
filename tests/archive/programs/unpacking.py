"""The open data as somebody has it who downloads and unpacks it."""

import csv
import io
import json
import zipfile

from django.core.files.storage import storages

from archive.opendata.making import make_open_data

ADDRESS = "/open-data/data-bites.zip"


def stored():
    """The names of the files that there are."""
    storage = storages["private"]
    return storage.listdir("open-data")[1] if storage.exists("open-data") else []


def download(client):
    """The members of the file that is made now, by their names."""
    make_open_data()
    response = client.get(ADDRESS)
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name.removeprefix("data-bites/"): archive.read(name) for name in archive.namelist()}


def table(members, name):
    text = members[f"csv/{name}.csv"].decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def rows(members, name):
    return json.loads(members[f"json/{name}.json"])
