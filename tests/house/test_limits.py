"""The size limits see what they should; `.ci/` is no package, so its modules are loaded by path."""

import ast
import importlib
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def limits(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    return importlib.import_module("limits")


@pytest.fixture
def house(limits, monkeypatch, tmp_path):
    """Writes files of a make-believe project and returns what the limits say of it."""

    def say(files: dict[str, str]) -> dict[str, str]:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        monkeypatch.setattr(limits, "ROOT", tmp_path)
        monkeypatch.setattr(limits, "our_files", lambda: [Path(name) for name in files])
        return dict(limits.faults())

    return say


def function(lines: int) -> str:
    return "def f():\n" + "    pass\n" * (lines - 1)


def test_everything_at_its_limit_is_accepted(house):
    assert (
        house(
            {
                "events/actions.py": function(40),
                "events/views.py": function(20),
                "events/models.py": "x = 1\n" * 300,
                "templates/events/a.html": "<p>\n" * 120,
                "events/migrations/0001_initial.py": "x = 1\n" * 900,
            }
        )
        == {}
    )


def test_everything_over_its_limit_is_named(house):
    assert house(
        {
            "events/actions.py": function(41),
            "events/views/evening.py": function(21),
            "speakers/portal.py": function(21),
            "events/models.py": "x = 1\n" * 301,
            "templates/events/a.html": "<p>\n" * 121,
        }
    ) == {
        "events/actions.py::f": "41 lines, and 40 is the limit for a function",
        "events/views/evening.py::f": "21 lines, and 20 is the limit for a view",
        "speakers/portal.py::f": "21 lines, and 20 is the limit for a view",
        "events/models.py": "301 lines, and 300 is the limit",
        "templates/events/a.html": "121 lines, and 120 is the limit for a template",
    }


def test_module_named_for_nothing_is_refused(house):
    assert house({"events/utils.py": "", "events/helpers/dates.py": "", "site/__init__.py": ""}) == {
        "events/utils.py": "a module is named for what it holds",
        "events/helpers/dates.py": "a module is named for what it holds",
        "site/__init__.py": "`site` is a module of Python's own: this folder must not be a package",
    }


def test_folder_of_tests_without_init_is_refused(house):
    assert house({"tests/events/test_a.py": "", "tests/pages/__init__.py": "", "tests/pages/test_b.py": ""}) == {
        "tests/events": "a folder of tests needs an __init__.py, or it hides the app of its name"
    }


def test_methods_and_inner_functions_count_with_their_decorators(limits):
    tree = ast.parse(
        "class A:\n    @one\n    @two\n    def f(self):\n        def g():\n            pass\n        return g\n"
    )

    assert list(limits.functions(tree)) == [("A.f", 6), ("A.f.g", 2)]


def test_exception_that_is_no_longer_needed_is_refused(limits, house, monkeypatch, capsys):
    house({"events/models.py": "x = 1\n"})
    monkeypatch.setattr(limits, "EXCEPTIONS", {"events/models.py": "It was long once."})

    assert limits.main() == 1
    assert capsys.readouterr().out == "events/models.py: an exception that is no longer needed\n"
