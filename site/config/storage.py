"""Static files under names that carry a checksum of what is in them, so that a browser may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Scripts import each other by those names too: else a browser would go on with the module of an older release."""

    support_js_module_import_aggregation = True
