"""The standard questions in the admin."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from ..forms.questions import StandardQuestionForm
from ..models import Answer, StandardQuestion
from ..panels import question_editor


class QuestionIndexView(IndexView):  # type: ignore[misc]
    def get_base_queryset(self) -> QuerySet[StandardQuestion]:
        asked = Answer.objects.filter(question=OuterRef("pk")).order_by().values("question")
        counted = asked.annotate(times=Count("contribution", distinct=True)).values("times")
        return StandardQuestion.objects.annotate(times_asked=Coalesce(Subquery(counted), 0))


class StandardQuestionViewSet(SnippetViewSet):  # type: ignore[misc]
    model = StandardQuestion
    icon = "help"
    menu_label = "Standard questions"
    menu_name = "standard-questions"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["text", "short_name", "guidance", "archived"]
    index_view_class = QuestionIndexView
    list_display = [
        "text",
        "short_name",
        NumberColumn("times_asked", label="Asked in talks", accessor="times_asked"),
        Column("archived", label="Archived", accessor=lambda question: "Yes" if question.archived else "No"),
    ]
    list_filter = ["archived"]
    ordering = "pk"
    search_fields = ["text", "short_name"]
    edit_handler = question_editor(StandardQuestionForm)
