"""docs/operators.md names every environment variable that the settings read, and no other."""

import re

from tests.conftest import ROOT


def read_by_settings() -> set[str]:
    sources = (ROOT / "site" / "config" / "settings").glob("*.py")
    read = re.compile(r"""\benv(?:\.\w+)?\(\s*"([A-Z0-9_]+)\"""")
    return {name for source in sources for name in read.findall(source.read_text("utf-8"))}


def test_operators_are_told_of_every_variable():
    table = (ROOT / "docs" / "operators.md").read_text("utf-8")

    assert set(re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE)) == read_by_settings()


def test_example_names_only_variables_that_are_read():
    example = (ROOT / "deploy" / "env.example").read_text("utf-8")
    named = set(re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE))
    others = {"DJANGO_SETTINGS_MODULE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "POSTGRES_PASSWORD"}
    others.add("ANYMAIL_POSTMARK_SERVER_TOKEN")  # one of many that are read by their beginning

    assert named - others == named & read_by_settings()
    assert named >= {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL"}
