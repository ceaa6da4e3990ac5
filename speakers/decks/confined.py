"""`python -m speakers.decks.confined FOLDER PROGRAM …`: a program without network, with little memory and time.

A network of its own, with nothing in it, is made where the system lets an ordinary account do so (user namespaces: as
Debian does; Docker and Ubuntu from 24.04 on have to be told). Where it does not, the program isn't started: a file must
not be able to ask for addresses within somebody's house.
"""

import os
import resource
import sys

CPU_SECONDS, MEMORY_BYTES, LARGEST_FILE = 150, 4 * 1024**3, 200 * 1024 * 1024
NO_NETWORK_OF_ITS_OWN = 4


def main(arguments: list[str]) -> None:
    folder, program = arguments[0], arguments[1:]
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    except OSError as error:
        print(f"No network namespace can be made: {error}", file=sys.stderr)  # noqa: T201  for the log
        sys.exit(NO_NETWORK_OF_ITS_OWN)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.chdir(folder)
    os.execv(program[0], program)  # noqa: S606  no shell


if __name__ == "__main__":
    main(sys.argv[1:])
