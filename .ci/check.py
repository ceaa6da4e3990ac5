"""What `./run check` runs: every step, whatever the others say, two at a time, one line each."""

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": "sqlite://:memory:"}
# What a real installation sets (docs/operators.md); nothing is connected to.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DATABASE_URL": "postgres://site@database.invalid/site",
    "REDIS_URL": "redis://cache.invalid:6379/0",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "site.invalid",
    "SITE_URL": "https://site.invalid",
}
SECONDS_ALLOWED = 300


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    step: Step
    ok: bool
    seconds: float
    output: str


STEPS = [
    Step("types", [PYTHON, "-m", "mypy"]),
    Step("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Step("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TEST),
    Step("imports", [str(Path(PYTHON).with_name("lint-imports")), "--no-logo"], {"PYTHONPATH": f".{os.pathsep}site"}),
    Step("templates", [PYTHON, "-m", "djlint", "--quiet", "--lint", "templates"]),
    Step("format", [PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", "."]),
    Step("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."]),
    Step("limits", [PYTHON, ".ci/limits.py"]),
    Step("locks", [PYTHON, ".ci/locks.py"]),
    Step("paths", [PYTHON, ".ci/paths.py"]),
]


def run_step(step: Step) -> Outcome:
    """Runs one step in the project's folder, without the caller's own settings."""
    clean = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    began = time.monotonic()
    try:
        done = subprocess.run(
            step.command,
            cwd=ROOT,
            env={**clean, **step.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS_ALLOWED,
            check=False,
        )
        ok, output = done.returncode == 0, done.stdout
    except subprocess.TimeoutExpired:
        ok, output = False, f"Stopped after {SECONDS_ALLOWED} seconds.\n"
    except OSError as error:
        ok, output = False, f"{error}\n"
    return Outcome(step, ok, time.monotonic() - began, output)


def report(outcome: Outcome) -> None:
    print(f"{'ok' if outcome.ok else 'FAILED':6} {outcome.step.name:11} {outcome.seconds:5.1f} s", flush=True)
    if not outcome.ok:
        print("".join(f"       {line}\n" for line in outcome.output.rstrip().splitlines()), end="", flush=True)


def main() -> int:
    began = time.monotonic()
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(run_step, step) for step in STEPS]):
            outcome = future.result()
            report(outcome)
            if not outcome.ok:
                failed.append(outcome.step.name)
    verdict = f"{len(failed)} of {len(STEPS)} failed: {', '.join(failed)}" if failed else f"all {len(STEPS)} ok"
    print(f"check: {verdict}, in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
