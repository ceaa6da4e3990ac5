"""What holds for the outbox as a whole: whether news are paused, and whether the mail server answers."""

from typing import Self

from django.db import models


class Delivery(models.Model):
    """One row, made when it is first needed. No row: all is well."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    news_paused_at = models.DateTimeField(null=True, blank=True)
    news_paused_why = models.CharField(max_length=300, blank=True)
    # Bounces before the news were last resumed no longer count.
    counted_from = models.DateTimeField(null=True, blank=True)
    away_since = models.DateTimeField(null=True, blank=True)
    # What the mail server said, or how it failed, without addresses.
    away_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="mailing_one_delivery")]
        verbose_name_plural = "delivery"

    def __str__(self) -> str:
        return "News are paused" if self.news_paused_at else "News leave"

    @classmethod
    def now(cls) -> Self:
        """As it stands; a row that is not saved where all has always been well."""
        return cls.objects.filter(pk=1).first() or cls()
