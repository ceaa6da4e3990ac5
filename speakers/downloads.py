"""Files of slides on their way to whoever may have them: kept and never shown, whatever is in them."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from .keeping import made_of
from .models import Contribution

logger = logging.getLogger(__name__)


def send_deck(draft: Contribution, what: str) -> FileResponse:
    """What is shown on the "night", the "copy" that readers get, or the PDF that was "made" of the slides.

    Raises:
        Http404: there is none, or it is not in the store.
    """
    deck = {"night": draft.slides, "copy": draft.deck_for_readers, "made": made_of(draft.slides)}.get(what)
    if deck is None:
        raise Http404("There is no such file.")
    stored: FieldFile = deck.file if what == "night" else deck.copy
    try:
        opened = stored.open("rb")
    except FileNotFoundError as error:
        logger.exception("A file of slides is not in the store: %s", stored.name)
        raise Http404("There is no such file.") from error
    response = FileResponse(opened, as_attachment=True, filename=deck.filename)
    response["Content-Type"] = deck.media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
