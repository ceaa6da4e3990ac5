"""Who may see the outbox, and what its screens have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import OutgoingMail
from .pausing import PERMISSION
from .prepared import BLANK


def may_see_outbox(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(PERMISSION))


def with_gaps(words: str) -> str:
    """A message's words with its blanks named. What was filled in may be a code or a link, and isn't shown."""
    return BLANK.sub(lambda found: f"[{found[1].replace('_', ' ')}]", words)


def subject_of(mail: OutgoingMail) -> str:
    return with_gaps(mail.message.subject)


class OutboxMixin(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """For whoever may see the outbox."""

    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_outbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [(reverse("outbox:index"), "Mails"), ("", self.get_page_title())]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in trail)]
