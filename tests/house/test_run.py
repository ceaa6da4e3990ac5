"""`./run` says in one sentence what is wrong, before it does any work."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from tests.conftest import ROOT

TOOLS = ("awk", "cat", "cksum", "df", "dirname", "grep", "mkdir", "mv", "rm", "sed", "sh", "sort", "tail", "touch")


@pytest.fixture
def clone(tmp_path):
    """A copy of what `./run` needs before there is an environment, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "run", folder / "run")
    return folder


@pytest.fixture
def run(clone, tmp_path):
    """Runs the clone's `./run` where PATH has no Python and no uv but those that are put there."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or pytest.fail(f"this machine has no {name}"))

    def go(*arguments: str, pythons: dict[str, str] | None = None, **env: str) -> subprocess.CompletedProcess:
        for name, script in (pythons or {}).items():
            (tools / name).write_text(f"#!{shutil.which('sh')}\n{script}\n")
            (tools / name).chmod(0o755)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "UV_"))}
        clean |= {"PATH": str(tools), "HOME": str(tmp_path / "nobody"), "PYENV_ROOT": str(tmp_path / "nobody")}
        return subprocess.run(
            [str(clone / "run"), *arguments], cwd=tmp_path, env=clean | env, capture_output=True, text=True, check=False
        )

    return go


def said(done: subprocess.CompletedProcess) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


NO_PYTHON = (
    "run: Python 3.12 or newer was not found: install it (https://www.python.org/downloads/, brew, apt, pyenv or uv), "
    "or name yours with PYTHON=/path/to/python3, then try again.\n"
)


@pytest.mark.parametrize("arguments", [("demo",), ("test",), ("check",), ("manage", "check")])
def test_missing_python_is_one_sentence(run, arguments):
    assert said(run(*arguments)) == (1, "", NO_PYTHON)


def test_python_that_only_looks_installed_does_not_count(run):
    switched_off = "echo 'pyenv: python3.13: command not found' >&2; exit 127"

    assert said(run("demo", pythons={"python3.13": switched_off, "python3": "echo version 3.11"})) == (1, "", NO_PYTHON)


def test_python_without_venv_is_named_with_what_it_lacks(run):
    assert said(run("demo", pythons={"python3.12": "echo modules venv and ensurepip"})) == (
        1,
        "",
        "run: python3.12 lacks venv and ensurepip: install the rest of it "
        "(on Debian and Ubuntu: apt install python3-venv), then try again.\n",
    )


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo version 3.11", "is Python 3.11, and 3.12 or newer is needed."),
        ("exit 127", "does not run: name another, or leave PYTHON out and one is looked for."),
        (
            "echo modules ssl",
            "lacks ssl: install the rest of it (on Debian and Ubuntu: apt install python3-venv), then try again.",
        ),
    ],
)
def test_named_python_that_will_not_do_is_not_replaced_by_another(run, script, sentence):
    done = run("demo", pythons={"mine": script, "python3": f'exec {sys.executable} "$@"'}, PYTHON="mine")

    assert said(done) == (1, "", f"run: PYTHON=mine {sentence}\n")


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000 ", "080", "99999999999999999999"])
def test_port_that_is_no_port_is_one_sentence(run, port):
    assert said(run("demo", port, PYTHON=sys.executable)) == (
        1,
        "",
        f'run: The port is a number from 1 to 65535, not "{port}": for example ./run demo 8001.\n',
    )


def test_taken_port_is_one_sentence_and_nothing_is_made(run, clone):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run("demo", str(port), PYTHON=sys.executable)

    assert said(done) == (
        1,
        "",
        f"run: Port {port} is in use: stop what uses it, or choose another, such as ./run demo {port + 1}.\n",
    )
    assert sorted(path.name for path in clone.iterdir()) == ["requirements", "run"]


def test_failed_download_is_one_sentence_and_leaves_no_stamp(run, clone):
    nobody = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}

    done = run("test", PYTHON=sys.executable, **nobody)

    assert (done.returncode, done.stdout, done.stderr.splitlines(keepends=True)[-1]) == (
        1,
        "",
        "run: The packages could not be downloaded: check the network (HTTPS_PROXY, or PIP_INDEX_URL for a mirror of "
        f"your own), then try again; details are in {clone}/.run/install.log.\n",
    )
    assert not (clone / ".venv" / ".locked").exists()


def test_unknown_command_shows_what_there_is(run):
    done = run("dmeo")

    assert done.returncode == 1
    assert done.stderr == run("help").stdout + 'run: There is no command "dmeo".\n'


def test_no_command_is_help(run):
    assert said(run()) == said(run("help"))
    assert run().stdout.splitlines()[0].split()[:2] == ["./run", "demo"]
