"""The plain pages of a website, its settings and its pictures."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtailmedia.models import AbstractMedia

from .pictures import DAMAGED, CannotBeRead, without_metadata

PROSE = ["bold", "italic", "link", "document-link", "ol", "ul"]
PROSE_WITH_HEADINGS = [*PROSE, "h2", "h3"]


class Picture(AbstractImage):
    """An uploaded picture. Where and with what it was taken is nobody's business: EXIF goes at upload."""

    admin_form_fields = Image.admin_form_fields
    _stripped: Any = None

    def clean(self) -> None:
        super().clean()
        try:
            self.strip()
        except CannotBeRead as error:
            raise ValidationError({"file": DAMAGED}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.strip()
        super().save(*args, **kwargs)

    def strip(self) -> None:
        """Take the metadata out of a newly given file, once; size, hash and sides are those of what is kept.

        Raises:
            CannotBeRead: it is no picture, or a damaged one.
        """
        if not self.file or self.file._committed or self.file.file is self._stripped:
            return
        self._stripped = self.file.file = without_metadata(self.file.file)
        self.file.__dict__.pop("_dimensions_cache", None)
        self._meta.get_field("file").update_dimension_fields(self, force=True)
        self._set_image_file_metadata()


def private_storage() -> Storage:
    """Files that are public only while something says so: no web server serves them."""
    return storages["private"]


class MediaFile(AbstractMedia):
    """A recording kept as a file of ours. Where it is heard and seen decides who may have it."""

    file = models.FileField(upload_to="recordings/%Y/", storage=private_storage)

    # No thumbnail: no page shows one, and it would give away what is withheld.
    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = "media file"

    @property
    def url(self) -> str:
        return reverse("recording", args=[self.pk])


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="pages_unique_rendition")
        ]


class ReservedSlugMixin:
    """Refuses addresses that views use (ARCHITECTURE: these first segments and bare numbers are reserved)."""

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        slug = getattr(self, "slug", "") or ""
        if slug in settings.RESERVED_SLUGS or slug.isdigit():
            raise ValidationError({"slug": f"The address “{slug}” belongs to a part of the site. Choose another one."})


class HomePage(Page):
    """The front page. What is next, what was said and what was held is drawn by the upper apps' template tags."""

    lede = models.TextField(
        "a sentence or two for newcomers",
        blank=True,
        help_text="Shown under the title when no evening is planned, and in search engines.",
    )
    body = RichTextField("more text", blank=True, features=PROSE_WITH_HEADINGS)

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.SearchField("body")]
    template = "pages/home_page.html"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, which asks twice for each step down: no page of ours reads the rest of an address itself."""
        if not path_components:
            return super().route(request, path_components)  # type: ignore[no-any-return]
        address = f"{self.url_path}{'/'.join(path_components)}/"
        # The slug has an index, the whole path has none.
        page = Page.objects.live().filter(slug=path_components[-1], url_path=address).first()
        if page is None:
            raise Http404("No page has this address.")
        return RouteResult(page.specific)


class StandardPage(ReservedSlugMixin, Page):
    """A page of text: about, privacy, accessibility."""

    introduction = models.TextField(blank=True, help_text="One or two sentences under the title.")
    body = RichTextField(blank=True, features=PROSE_WITH_HEADINGS)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "pages/standard_page.html"


@register_setting(icon="cog", order=900)
class SiteSettings(BaseSiteSetting):
    """What holds for the whole site."""

    main_series = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="main series",
        help_text="The series that short addresses such as /60 lead to, and that the front page shows.",
    )
    contact_email = models.EmailField("contact address", blank=True, help_text="Shown in the footer.")
    footer_text = models.CharField(max_length=300, blank=True, help_text="A line at the foot of every page.")

    panels = [
        PageChooserPanel("main_series", page_type="events.SeriesPage"),
        FieldPanel("contact_email"),
        FieldPanel("footer_text"),
    ]

    class Meta:
        verbose_name = "site settings"
