"""What `check --deploy` refuses or doubts about signing in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's own name


@register(Tags.security, deploy=True)
def check_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A mailbox alone must not open the admin of a site on the internet."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error(
            "The admin opens without a second factor.",
            hint="Leave SECOND_FACTOR_REQUIRED out of the environment, or set it to 1.",
            id="accounts.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_limits_are_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Tries are counted in the cache: in a memory of its own, each process would allow as many again."""
    if settings.REDIS_URL or settings.EMBEDDED_WORKER:
        return []
    return [
        Warning(
            "Tries at signing in are counted in each process by itself.",
            hint="Set REDIS_URL; or run one web process with EMBEDDED_WORKER=1.",
            id="accounts.W001",
        )
    ]
