"""What counts as the first view of a page, for `measure_pages`."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from archive.weighing import FirstView, first_view_bytes, squeezed
from tests.archive.followed import AFTER, evening

PAGE = """
<link rel="canonical" href="/elsewhere/"><link rel="stylesheet" href="/static/css/site.css">
<script src="/static/js/reply.js" type="module"></script>
<picture><source type="image/avif" srcset="/media/a-400.avif 400w, /media/a-800.avif 800w">
<source type="image/webp" srcset="/media/a.webp"><img src="/media/a.jpg"></picture>
<img src="/media/b.jpg" loading="lazy"><img src="/media/c.jpg">
"""


def test_first_view_is_what_is_loaded_at_once():
    view = FirstView()
    view.feed(PAGE)
    assert view.addresses == ["/static/css/site.css", "/static/js/reply.js", "/media/a-800.avif", "/media/c.jpg"]


def test_first_view_weighs_each_file_once_and_what_a_script_imports():
    page = '<script src="/static/js/reply.js"></script><script src="/static/js/rich.js"></script>' + (
        '<script src="https://elsewhere.example/x.js"></script>'
    )
    files = [Path("site/static/js", name).read_bytes() for name in ("reply.js", "rich.js")]
    expected = squeezed(page.encode()) + sum(map(squeezed, files))
    assert first_view_bytes(Client(), "/", page.encode()) == expected


@pytest.mark.django_db
def test_every_kind_of_page_is_made_measured_again_and_measured_as_it_is_kept(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    told = StringIO()
    with time_machine.travel(AFTER, tick=True):
        evening()
        call_command("measure_pages", runs=1, stdout=told)
    rows = [line[24:].split() for line in told.getvalue().splitlines()[1:]]
    addresses = [row[-1] for row in rows]
    assert {"/", "/sitemap.xml", "/asks/feed/", "/api/v1/events", "/api/v1/speakers"} <= set(addresses)
    assert [row[-1] for row in rows if not all(float(cost) >= 0 for cost in row[:4])] == []
