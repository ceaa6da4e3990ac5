"""A need that isn't met skips a test on a laptop and fails it in CI."""

import pytest

from tests import conftest


@pytest.fixture
def item(request):
    """The running test itself, marked after it was set up."""
    request.node.add_marker("needs_shared")
    return request.node


@pytest.fixture
def no_shared_folder(monkeypatch):
    monkeypatch.setitem(conftest.NEEDS, "needs_shared", (lambda: False, "needs the folder"))


def test_unmet_need_skips_with_its_reason(item, no_shared_folder, monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", False)

    with pytest.raises(pytest.skip.Exception) as outcome:
        conftest.pytest_runtest_setup(item)

    assert outcome.value.msg == "needs the folder"


def test_unmet_need_fails_in_ci(item, no_shared_folder, monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", True)

    with pytest.raises(pytest.fail.Exception) as outcome:
        conftest.pytest_runtest_setup(item)

    assert outcome.value.msg == "CI must have everything, and this test needs the folder"


def test_what_the_site_can_do_without_is_skipped_in_ci_too(item, no_shared_folder, monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", True)
    monkeypatch.setattr(conftest, "NOT_IN_CI", {"needs_shared"})

    with pytest.raises(pytest.skip.Exception) as outcome:
        conftest.pytest_runtest_setup(item)

    assert outcome.value.msg == "needs the folder"


def test_met_need_lets_the_test_run(item, monkeypatch):
    monkeypatch.setitem(conftest.NEEDS, "needs_shared", (lambda: True, "needs the folder"))

    assert conftest.pytest_runtest_setup(item) is None
