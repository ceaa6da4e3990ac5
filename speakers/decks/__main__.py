"""The process in which a file is read: `python -m speakers.decks look` or `clean TITLE`.

The file is its standard input. `look` answers on standard output in JSON, `clean` with the copy. Its status is 0 where
it went well and 3 where the file is refused; the sentence is then on standard error.
"""

import json
import os
import resource
import sys

REFUSED = 3
SECONDS, MEMORY_BYTES, LARGEST_COPY = 25, 1536 * 1024 * 1024, 200 * 1024 * 1024


def limit() -> None:
    """Before anything of the file is read. Memory is address space: what a process may ask for."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COPY, LARGEST_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    limit()
    from .cleaning import clean_copy
    from .faults import NotSlides
    from .reading import look

    source = sys.stdin.buffer
    try:
        if arguments[:1] == ["clean"]:
            clean_copy(source, sys.stdout.buffer, title=arguments[1])
        else:
            facts = look(source, size_bytes=os.fstat(source.fileno()).st_size)
            json.dump(facts.as_dict(), sys.stdout)
    except NotSlides as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201  the answer
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
