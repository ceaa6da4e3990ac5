"""What the editors of the speakers' side show, and in what order."""

import functools
import json
from typing import Any

from django import forms
from django.templatetags.static import static
from wagtail.admin import compare
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from .carried import decks_of
from .enums import AnswerMode
from .models import Answer, Contribution
from .sheet import Asked, Slot

STYLES = "css/admin-speakers.css"


class AnswersPanel(Panel):  # type: ignore[misc]
    """A question after the other, with its fields; which of them show follows who answers (without script, all)."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "speakers/admin/answers_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": [static(STYLES)]})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "questions": [self._question(asked) for asked in self.form.sheet.asked],
                "unasked": [self.form[f"ask-{question.pk}"] for question in self.form.unasked],
            }

        def _question(self, asked: Asked) -> dict[str, Any]:
            return {
                "asked": asked,
                "mode": self.form[asked.mode_name] if asked.has_choice else None,
                "slots": [self._slot(asked, slot) for slot in asked.slots if self._has_place(asked, slot)],
            }

        def _has_place(self, asked: Asked, slot: Slot) -> bool:
            return asked.has_choice or slot.joint

        def _slot(self, asked: Asked, slot: Slot) -> dict[str, Any]:
            modes = [AnswerMode.JOINT if slot.joint else AnswerMode.EACH, AnswerMode.BOTH]
            return {
                "slot": slot,
                "field": self.form[slot.name],
                "missing": None if slot.text else self.form[slot.missing_name],
                "rule": json.dumps({asked.mode_name: modes}) if asked.has_choice else "",
            }

        def get_comparison(self) -> list[Any]:
            fields = [
                functools.partial(comparison, Answer._meta.get_field(name))
                for name, comparison in (
                    ("wording", compare.TextFieldComparison),
                    ("speaker", compare.ForeignObjectComparison),
                    ("text", compare.RichTextFieldComparison),
                    ("missing", compare.ChoiceFieldComparison),
                )
            ]
            relation = Contribution._meta.get_field("answers")
            return [functools.partial(compare.ChildRelationComparison, relation, fields, label="Answers")]


class SlidesPanel(Panel):  # type: ignore[misc]
    """The file of slides: what is there, and a small form of its own that stands outside the editor's form."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "speakers/admin/slides_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            facts = {
                "decks": decks_of(self.instance),
                "contribution": self.instance,
                # The small forms stand beside the editor alone, not beside an earlier version.
                "may_change": self.request.resolver_match.url_name == "edit",
            }
            return {**super().get_context_data(parent_context), **facts}

        def get_comparison(self) -> list[Any]:
            fields = [Contribution._meta.get_field(name) for name in ("slides", "slides_pdf")]
            return [functools.partial(compare.ForeignObjectComparison, field) for field in fields]


class SimilarPanel(Panel):  # type: ignore[misc]
    """Shown when somebody new has a name much like another's: who they are, and a tick that this is another one."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "speakers/admin/similar_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": [static(STYLES)]})

        def is_shown(self) -> bool:
            return bool(getattr(self.form, "known", None))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            finder = AdminURLFinder(self.request.user)
            others = [
                {"label": self.form.describe(other), "url": finder.get_edit_url(other)} for other in self.form.known
            ]
            return {**super().get_context_data(parent_context), "others": others, "tick": self.form["another"]}


class MergedPanel(Panel):  # type: ignore[misc]
    """Who was merged into this person."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "speakers/admin/merged_panel.html"

        def is_shown(self) -> bool:
            return bool(self.form is not None and self.merged)

        @functools.cached_property
        def merged(self) -> list[Any]:
            return list(self.instance.merged_from.order_by("sort_name")) if self.instance.pk else []

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "merged": self.merged}


class Editor(ObjectList):  # type: ignore[misc]
    """For a form that makes fields of its own: no panel claims them by name, and Wagtail would show them once more."""

    class BoundPanel(ObjectList.BoundPanel):  # type: ignore[misc]
        def render_missing_fields(self) -> str:
            return ""


def contribution_editor(form: type[Any]) -> Editor:
    return Editor(
        [
            AnswersPanel(heading="Answers"),
            MultiFieldPanel([SlidesPanel(), FieldPanel("slides_url")], heading="Slides"),
            InlinePanel("links", heading="Links", label="link", panels=_LINK),
            InlinePanel(
                "asks",
                heading="Asks",
                label="ask",
                help_text="What the speakers ask of people. Give a link, an e-mail address, or neither.",
                panels=_ASK,
            ),
            InlinePanel("promises", heading="Promises", label="promise", panels=_PROMISE),
            MultiFieldPanel(
                [FieldPanel("proposed_title"), FieldPanel("teaser"), FieldPanel("introduction")],
                heading="For the programme and the chair",
            ),
            InlinePanel(
                "introductions",
                heading="How to introduce each of them",
                label="speaker",
                help_text="As they propose it. The talk’s own editor takes it over into the programme.",
                panels=[FieldPanel("speaker"), FieldRowPanel([FieldPanel(name) for name in _ABOUT])],
            ),
        ],
        base_form_class=form,
    )


_ABOUT = ("role", "organisation", "pronunciation")
_LINK = [
    FieldPanel("label"),
    FieldPanel("url"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
]
_ASK = [
    FieldPanel("text"),
    FieldRowPanel([FieldPanel("url"), FieldPanel("email")]),
    FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on"), FieldPanel("closes_precision")]),
]
_PROMISE = [
    FieldPanel("text"),
    FieldRowPanel([FieldPanel("due_on"), FieldPanel("due_precision")]),
]


def speaker_editor(form: type[Any]) -> Editor:
    return Editor(
        [
            FieldPanel("name"),
            SimilarPanel(heading="There is somebody with a similar name"),
            FieldPanel("photo"),
            FieldPanel("biography"),
            InlinePanel(
                "links", heading="Links", label="link", panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]
            ),
            InlinePanel(
                "aliases",
                heading="Other names",
                label="other name",
                help_text="Former names and other spellings, so that they are found under these too.",
                panels=[FieldPanel("name"), FieldPanel("public")],
            ),
            MultiFieldPanel(
                [FieldPanel("pronunciation"), FieldPanel("sort_name")], heading="How the name is said and sorted"
            ),
            MergedPanel(heading="Merged into this person"),
        ],
        base_form_class=form,
    )


def organisation_editor(form: type[Any]) -> Editor:
    return Editor(
        [
            FieldPanel("name"),
            SimilarPanel(heading="There is an organisation with a similar name"),
            FieldPanel("short_name"),
            FieldPanel("kind"),
            FieldPanel("website"),
            FieldPanel("parent"),
            InlinePanel(
                "former_names",
                heading="Former names",
                label="former name",
                help_text="A talk shows the name of its own day.",
                panels=[FieldPanel("name"), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])],
            ),
            FieldPanel("became"),
            FieldPanel("archived"),
        ],
        base_form_class=form,
    )


def question_editor(form: type[Any]) -> ObjectList:
    return ObjectList(
        [
            FieldPanel("text"),
            FieldPanel("short_name"),
            FieldPanel("guidance"),
            FieldPanel("archived"),
            InlinePanel(
                "former_wordings",
                heading="Former wordings",
                label="former wording",
                help_text="Kept by itself when the wording changes, so that old write-ups are recognised.",
                panels=[FieldPanel("text"), FieldPanel("until")],
            ),
        ],
        base_form_class=form,
    )
