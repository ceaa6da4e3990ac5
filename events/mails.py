"""The mails of an evening in the admin: what is planned, what it says exactly, approving it, calling it back."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from mailing.prepared import fill, fill_html

from .announcing import (
    CannotGo,
    approve,
    call_back,
    discard,
    plan_again,
    send_test,
    withdraw_approval,
)
from .enums import MailKind
from .forms import MessageForm, PlanForm
from .letters import Letter
from .models import Announcement
from .outcomes import MailRow, counts_of, rows_of, shown_letter
from .planning import ConfirmView, OrganisersView
from .plans import EveningMails, Plan
from .recipients import count_hearing, recipients_of, sample_filling
from .sending import fresh_evening

# A mail's own page shows nothing but its words: no script, no picture, nothing from anywhere.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


class MailsMixin(OrganisersView):
    """Views about the mails of one evening; `name` in the address says which."""

    header_icon = "mail"

    @cached_property
    def now(self) -> Any:
        return timezone.now()

    @cached_property
    def mails(self) -> EveningMails:
        return EveningMails.of(fresh_evening(self.evening), at=self.now)

    @cached_property
    def plan(self) -> Plan:
        found = self.mails.find(self.kwargs["name"])  # type: ignore[attr-defined]
        if found is None:
            raise Http404("This evening has no such mail.")
        return found

    @property
    def mail(self) -> Announcement:
        return self.plan.mail

    @cached_property
    def letter(self) -> Letter:
        return shown_letter(self.mails, self.plan)

    @property
    def mails_url(self) -> str:
        return reverse("series:mails", args=[self.evening.pk])

    @property
    def mail_url(self) -> str:
        return reverse("series:mail", args=[self.evening.pk, self.mail.name])

    def who(self) -> int:
        """How many would get it, or were to get it."""
        if self.mail.message is not None:
            return self.mail.recipients
        return int(recipients_of(self.mail, leaves_at=self.plan.leaves_at, at=self.plan.leaves_at).count())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = super().get_breadcrumbs_items()
        if self.page_title != "Mails":
            trail.insert(-1, {"url": self.mails_url, "label": "Mails"})
        return trail


class MailsView(MailsMixin, TemplateView):
    """All of an evening's mails, in order of time."""

    template_name = "events/admin/mails.html"
    page_title = "Mails"

    @cached_property
    def header_buttons(self) -> list[Any]:
        write = reverse("series:mail_write", args=[self.evening.pk])
        return [HeaderButton("Write a message", write, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[MailRow] = rows_of(self.mails.plans())
        return {
            **super().get_context_data(**kwargs),
            "event": self.evening,
            "rows": rows,
            "hearing": count_hearing(),
            "changes": self.mails.changes(),
        }


class MailView(MailsMixin, TemplateView):
    """One mail, exactly as it goes."""

    template_name = "events/admin/mail.html"

    def get_page_title(self) -> str:
        return str(self.mail.get_kind_display())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filling = sample_filling()
        return {
            **super().get_context_data(**kwargs),
            "event": self.evening,
            "mails": self.mails,
            "plan": self.plan,
            "mail": self.mail,
            "letter": self.letter,
            "text": fill(self.letter.text, filling),
            "digest": self.letter.digest,
            "differs": self.mail.state == "approved" and self.mail.approved_words != self.letter.digest,
            "who": self.who(),
            "counts": counts_of(self.mail),
            "editable": self.mail.is_open,
        }


class MailHtmlView(MailsMixin, View):
    """The mail's HTML by itself, for the frame."""

    @method_decorator(csp_override(MAIL_POLICY))  # type: ignore[arg-type]  # the stub knows no switches
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(fill_html(self.letter.html, sample_filling()))


class EditMailView(MailsMixin, FormView):
    """Its subject, first words and time; all of a message of the organisers' own."""

    template_name = "events/admin/mail_form.html"
    page_title = "Words and time"

    def get_form_class(self) -> type[PlanForm]:
        return MessageForm if self.mail.is_free else PlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mail": self.mail, "event": self.evening}

    def form_valid(self, form: PlanForm) -> HttpResponse:
        mail = form.save()
        if mail is None:
            return self.form_invalid(form)
        messages.success(self.request, "Saved. Look at the mail, then approve it.")
        return redirect("series:mail", self.evening.pk, mail.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.mail_url if self.mail.pk or not self.mail.is_free else self.mails_url
        return {**super().get_context_data(**kwargs), "event": self.evening, "mail": self.mail, "back": back}


class WriteMailView(EditMailView):
    """A new message of the organisers' own."""

    page_title = "Write a message"

    @cached_property
    def plan(self) -> Plan:
        return self.mails.plan(Announcement.usual(event=self.mails.event, kind=MailKind.FREE))


class MailVerbView(MailsMixin, ConfirmView):
    """Something that is done to a mail."""

    template_name = "events/admin/mail_confirm.html"

    def back(self) -> str:
        return self.mail_url

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        back = self.back()
        try:
            messages.success(request, self.act())
        except CannotGo as refusal:
            messages.error(request, str(refusal))
        return redirect(back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "mail": self.mail, "plan": self.plan, "mails": self.mails, "who": self.who()}


class ApproveMailView(MailVerbView):
    page_title = "Approve this mail"
    template_name = "events/admin/mail_approve.html"
    button = "Approve it"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.can_be_approved and request.GET.get("seen") == self.letter.digest:
            return super().get(request, *args, **kwargs)  # type: ignore[no-any-return]
        words = "Look at the mail as it is now, then approve it."
        messages.warning(request, self.plan.over or self.plan.not_yet or words)
        return redirect(self.mail_url)

    def act(self) -> str:
        seen = self.request.POST.get("seen", "")
        mail = approve(event=self.evening, name=self.mail.name, seen=seen, at=self.now, by=self.organiser)
        if mail.leaves_at is not None:
            return "It is on its way, and leaves in five minutes. Until then you can call it back from everybody."
        return "Approved. It goes by itself when its time comes, and moves with the evening."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = fill(self.letter.text, sample_filling())
        return {**super().get_context_data(**kwargs), "letter": self.letter, "text": text, "digest": self.letter.digest}


class WithdrawMailView(MailVerbView):
    page_title = "Don’t send it yet"
    question = "It will wait for somebody to approve it again."
    button = "Take the approval back"

    def act(self) -> str:
        withdraw_approval(event=self.evening, name=self.mail.name, at=self.now)
        return "It doesn’t go before somebody approves it again."


class CallBackMailView(MailVerbView):
    page_title = "Call it back"
    question = "What still waits of this mail will not leave. What has left has left."
    button = "Call it back"

    def act(self) -> str:
        mail = call_back(event=self.evening, name=self.mail.name, at=self.now)
        left = mail.recipients - mail.called_back
        if left:
            return f"Called back from {mail.called_back:,}. {left:,} had left or were just leaving."
        return "Called back: nobody gets it."


class PlanAgainView(MailVerbView):
    page_title = "Plan it again"
    question = "It will wait for approval again, with the same words and time."
    button = "Plan it again"

    def act(self) -> str:
        plan_again(event=self.evening, name=self.mail.name, at=self.now)
        return "It is planned again. Look at it, then approve it."


class DiscardMailView(MailVerbView):
    page_title = "Throw the message away"
    question = "Your message will be gone for good."
    button = "Throw it away"

    def back(self) -> str:
        gone = self.request.method == "POST" and self.mail.is_free
        return self.mails_url if gone else self.mail_url

    def act(self) -> str:
        discard(event=self.evening, name=self.mail.name, at=self.now)
        return "Your message is thrown away."


class TestMailView(MailVerbView):
    page_title = "Send a test to yourself"
    question = "You alone get this mail, as it would go now."
    button = "Send a test to me"

    def act(self) -> str:
        me = self.organiser
        send_test(event=self.evening, name=self.mail.name, at=self.now, to=me, filling=sample_filling())
        return f"A test is on its way to {me.email}."
