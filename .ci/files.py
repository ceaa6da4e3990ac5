"""Which files are ours: what git tracks or would track; without git, all but what is made here."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_HERE = {".git", ".venv", ".run", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def our_files() -> list[Path]:
    """Paths relative to the project's folder, sorted; files deleted but not yet committed are left out."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [Path(name) for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        names = [path for path in names if not MADE_HERE & set(path.parts)]
    return sorted({path for path in names if (ROOT / path).is_file()})
