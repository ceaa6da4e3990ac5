"""Where a mail provider tells what became of mails. Only the provider that is configured, and only with a secret."""

from collections.abc import Iterator

from anymail import urls as anymail_urls
from django.conf import settings
from django.urls import URLPattern, path

from .webhooks import readable

PREFIX = "hooks/mail/"


def hooks(provider: str) -> Iterator[URLPattern]:
    """Anymail's tracking address of one provider; what it receives is not ours."""
    for pattern in anymail_urls.urlpatterns:
        name = str(pattern.name)
        if name in (f"{provider}_tracking_webhook", f"{provider}_webhook"):
            yield path(f"{PREFIX}{provider}/", readable(pattern.callback), name="mail_hook")
            return


urlpatterns = list(hooks(settings.MAIL_PROVIDER)) if settings.MAIL_HOOKS else []
