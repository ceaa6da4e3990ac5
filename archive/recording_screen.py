"""An evening's recording in the admin: its chapters as texts to take along, its transcripts."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from events.chapter_texts import as_webvtt, for_soundcloud, for_youtube
from events.clips import clips_of
from events.enums import RecordingKind
from events.planning import ConfirmView, OrganisersView

from .caption_blocks import Fault, NotCaptions
from .forms import TranscriptForm
from .models import Transcript
from .transcribing import delete_transcript, keep_transcript
from .transcripts import language_in_words

MADE = {RecordingKind.VIDEO: ("YouTube", for_youtube), RecordingKind.AUDIO: ("SoundCloud", for_soundcloud)}


class RecordingMixin(OrganisersView):
    """Views about the recording of one evening, as its newest draft has it."""

    header_icon = "media"

    @cached_property
    def draft(self) -> Any:
        return self.evening.get_latest_revision_as_object()

    @property
    def screen(self) -> str:
        return reverse("evening_recording:screen", args=[self.evening.pk])

    def recordings(self) -> list[Any]:
        """One of each kind, the video first."""
        found = {str(row.kind): row for row in reversed(list(self.draft.recordings.all()))}
        return [found[kind] for kind in RecordingKind.values if kind in found]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = super().get_breadcrumbs_items()
        if not isinstance(self, RecordingView):
            trail.insert(-1, {"url": self.screen, "label": "Recording"})
        return trail

    def transcript(self) -> Transcript:
        return get_object_or_404(Transcript, event=self.evening, language=self.kwargs["language"])  # type: ignore[attr-defined]


class RecordingView(RecordingMixin, FormView):
    """Chapters to paste, transcripts as they are, and a form for another."""

    template_name = "archive/admin/recording.html"
    form_class = TranscriptForm
    page_title = "Recording"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.draft}

    def form_valid(self, form: TranscriptForm) -> HttpResponse:
        if form.captions is None:
            raise Http404("No file.")
        try:
            transcript, warnings = keep_transcript(
                event=self.evening,
                language=form.cleaned_data["language"],
                filename=form.cleaned_data["file"].name,
                captions=form.captions,
                made_for=form.recording,
                by=self.organiser,
                at=timezone.now(),
            )
        except NotCaptions as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"“{transcript.filename}” is kept, {transcript.cues.count():,} lines of it.")
        self.warn(warnings)
        return redirect(self.screen)

    def form_invalid(self, form: TranscriptForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def warn(self, warnings: list[Fault]) -> None:
        if warnings:
            lines = format_html_join("", "<br>{}", ((warning.sentence,) for warning in warnings))
            messages.warning(self.request, format_html("Have a look at these:{}", lines))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        transcripts = self.evening.transcripts.select_related("by").defer("source")  # type: ignore[attr-defined]
        return {
            **super().get_context_data(**kwargs),
            "event": self.evening,
            "texts": [text for row in self.recordings() for text in texts_of(row, self.draft)],
            "chapters": self.draft.chapters.count(),
            "transcripts": [(row, language_in_words(row.language)) for row in transcripts],
        }


def texts_of(recording: Any, event: Any) -> list[dict[str, Any]]:
    """A recording's chapters for its platform, and as WebVTT."""
    clips = clips_of(recording, event)
    if not clips:
        return []
    kind = RecordingKind(recording.kind)
    platform, written = MADE[kind]
    pasted = written(clips)
    of_it = f"{str(kind.label).lower()}"
    return [
        {"key": f"{kind}-text", "label": f"For {platform}’s description", "text": pasted.text, "faults": pasted.faults},
        {"key": f"{kind}-vtt", "label": f"As WebVTT, for the {of_it}", "text": as_webvtt(clips), "file": str(kind)},
    ]


class ChaptersView(RecordingMixin, View):
    """The chapters of a recording as a file of WebVTT, of the newest draft."""

    def get(self, request: HttpRequest, *args: Any, kind: str, **kwargs: Any) -> HttpResponse:
        recording = next((row for row in self.recordings() if row.kind == kind), None)
        if recording is None:
            raise Http404("No such recording.")
        return _file(as_webvtt(clips_of(recording, self.draft)), f"{self.series.slug}-{self.evening.number}-{kind}.vtt")


class OriginalView(RecordingMixin, View):
    """The file of a transcript, as it came."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        transcript = self.transcript()
        return _file(transcript.source, transcript.filename)


def _file(words: str, name: str) -> HttpResponse:
    response = HttpResponse(words, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name.replace(chr(34), "")}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class DeleteTranscriptView(RecordingMixin, ConfirmView):
    page_title = "Delete the transcript"
    question = (
        "Readers and the search will no longer have it, and it can’t be brought back here. "
        "Download the original first if you may want it again."
    )
    button = "Delete it"

    def act(self) -> str:
        transcript = self.transcript()
        delete_transcript(transcript=transcript, by=self.organiser)
        return f"“{transcript.filename}” is deleted."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.transcript()
        return super().get_context_data(**kwargs)

    def back(self) -> str:
        return self.screen


class RecordingViewSet(ViewSet):  # type: ignore[misc]
    """Reached from the evening; in no menu of its own."""

    name = "evening_recording"
    url_prefix = "recording"

    def get_urlpatterns(self) -> list[URLPattern]:
        transcript = "<int:event_pk>/transcripts/<slug:language>"
        return [
            path("<int:event_pk>/", RecordingView.as_view(), name="screen"),
            path("<int:event_pk>/chapters/<slug:kind>/", ChaptersView.as_view(), name="chapters"),
            path(f"{transcript}/original/", OriginalView.as_view(), name="original"),
            path(f"{transcript}/delete/", DeleteTranscriptView.as_view(), name="delete_transcript"),
        ]
