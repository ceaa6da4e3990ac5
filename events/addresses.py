"""Addresses that were public go on leading somewhere; those that never were leave nothing behind."""

from django.db import models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site


class OnceItWasPublic:
    """For a page: Wagtail keeps each former address as a redirect, and a draft's was never anybody's.

    Every slot of an evening begins as `slot-1`, and takes its address from its first title.
    """

    def get_route_paths(self) -> list[str]:
        """Where it can be viewed, below its own address. Asked by Wagtail before it writes redirects."""
        was_public = self.live or self.first_published_at  # type: ignore[attr-defined]
        return super().get_route_paths() if was_public else []  # type: ignore[misc, no-any-return]


def stored_address(noun: models.Model) -> str:
    """The address of a row as it is in the database; empty where it isn't there yet."""
    model = type(noun)
    slug = model._base_manager.filter(pk=noun.pk).values_list("slug", flat=True).first() if noun.pk else None
    return model(slug=slug).get_absolute_url() if slug else ""  # type: ignore[attr-defined, no-any-return]


@transaction.atomic
def lead_on(*, old: str, new: str) -> None:
    """An address became another one: the old one, and all that led to it, lead to the new one at once."""
    automatic = Redirect.objects.filter(automatically_created=True, redirect_page=None)
    automatic.filter(old_path__in=[Redirect.normalise_path(old), Redirect.normalise_path(new)]).delete()
    automatic.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.create(
        old_path=Redirect.normalise_path(old), redirect_link=new, is_permanent=True, automatically_created=True
    )


def led_to(path: str, site: Site | None) -> str | None:
    """Where an address that was public leads now; None where it leads nowhere on this site."""
    moved = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(path)).first()
    if moved is None:
        return None
    if moved.redirect_page_id:
        page = Page.objects.live().filter(pk=moved.redirect_page_id).first()
        return page.get_url() if page else None
    link = str(moved.redirect_link)
    return link if link.startswith("/") and not link.startswith("//") else None


@transaction.atomic
def lead_from_original(page: Page, original_url: str) -> Redirect | None:
    """The path at which a write-up first appeared leads to its page here: for when its old site's name is ours.

    Only where no page of ours answers, and never away from this site. What organisers entered stays, and so does what
    led here from an address that was corrected since. Returns the row if one was made.
    """
    old = Redirect.normalise_path(original_url)
    nowhere = ("/", Redirect.normalise_path(page.get_url() or "/"))
    longest = Redirect._meta.get_field("old_path").max_length or 0
    if not original_url or old in nowhere or len(old) > longest or Redirect.objects.filter(old_path=old).exists():
        return None
    return Redirect.objects.create(old_path=old, redirect_page=page, is_permanent=True, automatically_created=True)
