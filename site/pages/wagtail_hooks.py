"""What holds for the whole admin, whatever part of it one is in."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_dates() -> str:
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request: HttpRequest, items: list[Any]) -> None:
    """An organiser has no use for a list of what is new in the software below."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
