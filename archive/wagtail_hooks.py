"""The archive's side of Wagtail's admin."""

from typing import Any

from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_admin_viewset")
def recordings() -> Any:
    # Hooks are looked for while the forms of events are still being loaded (a rich text field does), so not above.
    from .recording_screen import RecordingViewSet

    return RecordingViewSet()


@hooks.register("register_admin_viewset")
def links_register() -> Any:
    from .viewsets import LinksViewSet

    return LinksViewSet()


@hooks.register("register_log_actions")
def describe_what_happened(actions: Any) -> None:
    actions.register_action("archive.keep_transcript")(TranscriptKept)
    actions.register_action("archive.delete_transcript")(TranscriptDeleted)


class TranscriptKept(LogFormatter):  # type: ignore[misc]
    label = "Keep a transcript"

    def format_message(self, log_entry: Any) -> str:
        return "The transcript “{filename}” was put in".format(**log_entry.data)


class TranscriptDeleted(LogFormatter):  # type: ignore[misc]
    label = "Delete a transcript"

    def format_message(self, log_entry: Any) -> str:
        return "The transcript “{filename}” was deleted".format(**log_entry.data)
