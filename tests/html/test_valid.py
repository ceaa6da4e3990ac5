"""Each kind of page is valid HTML, as the Nu Html Checker (https://validator.github.io/validator/) has it."""

import json
import subprocess

import pytest

from tests.browser.test_reader import PAGES, site
from tests.conftest import VNU

pytestmark = [pytest.mark.django_db, pytest.mark.needs_vnu, pytest.mark.slow, pytest.mark.usefixtures("site")]
__all__ = ["site"]


def test_every_kind_of_page_is_valid(client, tmp_path):
    for number, address in enumerate(PAGES.values()):
        (tmp_path / f"{number}.html").write_bytes(client.get(address).content)
    command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", str(tmp_path)]
    said = subprocess.run(command, check=True, capture_output=True, timeout=120).stderr
    faults = json.loads(said)["messages"]
    names = list(PAGES)
    assert [
        (names[int(fault["url"].rpartition("/")[2].removesuffix(".html"))], fault["message"]) for fault in faults
    ] == []
