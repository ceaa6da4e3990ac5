"""A recording in a page: nothing is asked of its platform before a reader presses."""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..enums import RecordingKind
from ..playback import PLACE, Moment, Playback, playback

register = template.Library()


@register.inclusion_tag("components/recording.html", takes_context=True)
def recording(context: Any, event: Any, talk: Any = None, at: Any = None, chapters: bool = True) -> dict[str, Any]:
    """The recording of an evening with its chapters, or of one talk. Nothing where there is nothing to say.

    Once in a page. With js/recording.js it plays in the page; without, every link leads to the platform. `at` is the
    second of the evening from which it is to play.
    """
    moment = at if isinstance(at, int) else None
    found = playback(event, talk, moment)
    return {
        "request": context.get("request"),
        "place": PLACE,
        "title": f"Recording of {event.title}",
        "playback": found,
        "press": _press(found, talk, moment),
        "event": event,
        # A talk's only chapter says no more than the button above it.
        "chapters": found.chapters if chapters and (talk is None or len(found.chapters) > 1) else (),
    }


def _press(found: Playback, talk: Any, at: int | None) -> str:
    """What the button says: playing is done here, watching and listening elsewhere."""
    begin = found.begin
    if begin is None:
        return ""
    away = "Listen to" if begin.source.kind == RecordingKind.AUDIO else "Watch"
    verb = "Play" if begin.embed else away
    if at is not None and begin.seconds == at:
        return f"{verb} from {begin.clock}"
    if talk is None:
        return f"{verb} the recording"
    return f"{verb} {'the whole evening' if begin.seconds is None else 'this talk'}"


@register.simple_tag
def talk_moment(event: Any, talk: Any) -> Moment | None:
    """Where a talk begins in the evening's recording, for a "Watch from 9:13"; None where no address can name that.

    `<a href="{{ moment.url }}"{% plays moment %}>` plays in the place of `{% recording event %}` in the same page.
    """
    begin = playback(event, talk).begin
    return begin if begin and begin.seconds is not None else None


@register.simple_tag
def plays(moment: Moment) -> SafeString:
    """The attributes of a link that js/recording.js plays in the page, and steers by the evening's own clock."""
    if not moment.embed and not moment.source.is_file:
        return SafeString("")
    framed = {"embed": moment.embed, "kind": moment.source.kind, "offset": moment.source.offset} if moment.embed else {}
    told = {**framed, "at": moment.seconds}
    return format_html_join("", ' data-{}="{}"', ((name, value) for name, value in told.items() if value is not None))
