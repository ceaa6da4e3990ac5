"""Large files, whole or in part: a player asks for the bytes from where its reader jumps to (RFC 9110, section 14)."""

import mimetypes
import re
from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
BLOCK_BYTES = 64 * 1024


class NotInFile(Exception):
    """The part that is asked for begins behind the file's end."""


def part(asked: str, *, size: int) -> range | None:
    """The bytes that a Range header asks for; None for all of them, also where it can't be read or names several.

    Raises:
        NotInFile: there are no such bytes.
    """
    match = RANGE.fullmatch(asked)
    if match is None or match[0] == "bytes=-":
        return None
    if not match[1]:  # the last so many
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first, last = int(match[1]), min(int(match[2]), size - 1) if match[2] else size - 1
        if match[2] and int(match[2]) < first:
            return None
    if first >= size:
        raise NotInFile
    return range(first, last + 1)


def send(request: HttpRequest, stored: FieldFile) -> HttpResponseBase:
    """A file of sound or moving pictures, or the part of it that is asked for; nothing of it to who has it already.

    Anything else than sound and pictures is only there to be kept.

    Raises:
        FileNotFoundError: it is not in the store.
    """
    name = str(stored.name)
    size, changed = stored.storage.size(name), stored.storage.get_modified_time(name)
    etag = f'"{size}-{changed:%Y%m%d%H%M%S%f}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        # A part of another version than the one that the reader has begun is never sent.
        asked = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
        response = _send(stored.storage.open(name), asked=asked, size=size)
    response["ETag"] = etag
    return response


def _send(file: Any, *, asked: str, size: int) -> HttpResponseBase:
    known = mimetypes.guess_type(file.name)[0] or ""
    media_type = known if known.startswith(("audio/", "video/")) else "application/octet-stream"
    try:
        wanted = part(asked, size=size)
    except NotInFile:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if wanted is None:
        response: StreamingHttpResponse = FileResponse(file, content_type=media_type)
    else:
        response = StreamingHttpResponse(_Part(file, wanted), status=206, content_type=media_type)
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        response["Content-Length"] = str(len(wanted))
    response["Accept-Ranges"] = "bytes"
    return response


class _Part:
    """Some bytes of an open file, in blocks; closed with the response."""

    def __init__(self, file: Any, wanted: range) -> None:
        self.file, self.wanted, self.close = file, wanted, file.close

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.wanted.start)
        left = len(self.wanted)
        while left and (block := self.file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block
