"""What counts as the first view of a page, for `measure_pages`."""

from pathlib import Path

from django.test import Client

from archive.weighing import FirstView, first_view_bytes, squeezed

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
