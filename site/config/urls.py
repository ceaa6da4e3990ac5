"""Every address of the site. Views stand before Wagtail's pages, which take the rest."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views.sign_in import to_sign_in

handler403 = "pages.views.permission_denied"
handler404 = "pages.views.page_not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own forms for a password, hidden behind ours.
    path("cms/login/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("", include("events.site_history")),
    path("account/", include("accounts.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("mailing.outbox_urls")),
    path("portal/", include("speakers.portal.urls")),
    path("", include("pages.urls")),
    path("", include("mailing.urls")),
    path("", include("events.urls")),
    path("", include("archive.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [path("", include(wagtail_urls))]
