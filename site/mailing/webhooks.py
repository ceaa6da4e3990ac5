"""Around anymail's views: a body that can't be read is the sender's fault, and not an error of ours."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

logger = logging.getLogger(__name__)
UNREADABLE = (AnymailError, ValueError, KeyError, TypeError, AttributeError)


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A webhook that answers 400 to what it can't read. Nothing of the body is logged: it has addresses."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AnymailWebhookValidationFailure:
            raise
        except UNREADABLE as error:
            logger.warning("An event of the mail provider could not be read: %s", type(error).__name__)
            return HttpResponseBadRequest("That could not be read.")

    return answer
