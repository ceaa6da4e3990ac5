"""No file names a folder of somebody's machine: it would be wrong on every other one."""

import re
import sys
from pathlib import Path

from files import ROOT, our_files

# The start of an absolute path, not the middle of an address. /home is a page of the site as well as a folder, so of
# homes there only the one of whoever runs this counts.
HERE = "|".join(re.escape(f"{path}/") for path in (ROOT, Path.home()))
MACHINE_PATH = re.compile(rf"(?<![\w.~$}}/-])(?:{HERE}|/(?:work|root|Users)/[\w.-])")


def main() -> int:
    found = []
    for path in our_files():
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path}:{number}: {line.strip()}"
            for number, line in enumerate(text.splitlines(), start=1)
            if MACHINE_PATH.search(line)
        ]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
