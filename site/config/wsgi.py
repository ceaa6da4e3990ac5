"""The web process. With EMBEDDED_WORKER=1 the scheduler runs beside it in a thread."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

if settings.EMBEDDED_WORKER:
    from pages.scheduler import start_thread

    start_thread()
