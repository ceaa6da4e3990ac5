"""Whether the locks belong to the .in files, as far as can be told offline; `--stamp` writes what is compared."""

import hashlib
import re
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
# A lock answers for its own .in file and those that it includes.
SOURCES = {"prod": ["prod.in"], "dev": ["prod.in", "dev.in"]}
STAMP = "# Made by ./run lock; sha256 of the .in files: "
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==\S+( ; .*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
ASKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def fingerprint(name: str) -> str:
    lines = [line for source in SOURCES[name] for line in (REQUIREMENTS / source).read_text("utf-8").splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(name: str) -> set[str]:
    lines = [line for source in SOURCES[name] for line in (REQUIREMENTS / source).read_text("utf-8").splitlines()]
    return {normal(match[1]) for line in lines if (match := ASKED.match(line))}


def complaints(name: str) -> list[str]:
    first, *rest = (REQUIREMENTS / f"{name}.txt").read_text("utf-8").splitlines()
    found = [] if first == STAMP + fingerprint(name) else [f"{name}.txt is older than {name}.in: run ./run lock"]
    pinned = {normal(match[1]) for line in rest if (match := PINNED.match(line))}
    found += [f"{name}.txt lacks {missing}: run ./run lock" for missing in sorted(asked_for(name) - pinned)]
    for number, line in enumerate(rest, start=2):
        if not (
            PINNED.match(line) or HASH.match(line) or line.lstrip().startswith("# via") or line.startswith("    #")
        ):
            found.append(f"{name}.txt, line {number}: neither a pinned package nor a hash: {line}")
    for source in (f"{name}.in", f"{name}.txt"):
        if re.search(r"://|--(extra-)?index-url|--find-links", (REQUIREMENTS / source).read_text("utf-8")):
            found.append(f"{source} names a host: packages come from wherever the reader's pip looks")
    return found


def stamp(name: str) -> None:
    path = REQUIREMENTS / f"{name}.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(STAMP)]
    path.write_text("\n".join([STAMP + fingerprint(name), *lines, ""]), "utf-8")


def main(arguments: list[str]) -> int:
    if arguments == ["--stamp"]:
        for name in SOURCES:
            stamp(name)
        return 0
    found = [complaint for name in SOURCES for complaint in complaints(name)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
