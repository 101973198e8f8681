"""Review: read by somebody at another school than where it was written, and read anew when its day has come."""

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from ..by_two import may_publish, note_refused
from .reviewed import Reviewed

HOLDS_DAYS: Final = 365
REVIEWERS: Final = {"sv": "Granskare på en annan skola", "en": "Reviewer at another school"}


class PeerReview(AbstractGroupApprovalTask):
    """The step of a workflow where somebody reads the page: not its author, nor anybody at the author's school."""

    admin_form_fields = AbstractGroupApprovalTask.admin_form_fields

    def may_review(self, page: Any, user: Any) -> bool:
        """Whether this user stands far enough from the page to review it."""
        if not self._user_in_groups(user) or not user.school.strip():
            return False
        wrote = {page.owner, page.latest_revision.user if page.latest_revision else None} - {None}
        own = user.school.strip().casefold()
        return not any(each.pk == user.pk or each.school.strip().casefold() == own for each in wrote)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approved: the page says so from now on, by role and day, whatever stood there."""
        if action_name == "approve":
            note_review(task_state.workflow_state.content_object, user)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_actions(self, obj: Any, user: Any) -> Any:
        """What the user may do with the page at this step: nothing, for one of the same school."""
        return super().get_actions(obj, user) if self.may_review(obj, user) else []

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> Any:
        """The pages that wait for this user."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        waits = [each.pk for each in states if self.may_review(each.workflow_state.content_object, user)]
        return states.filter(pk__in=waits)

    @classmethod
    def get_description(cls) -> Any:
        """What Wagtail says of it where a workflow is put together."""
        return _("Någon på en annan skola än författarens läser sidan")

    class Meta:
        verbose_name = _("granskning")


class SecondPerson(AbstractGroupApprovalTask):
    """The last step of a workflow: an editor publishes, never the one who wrote the last change."""

    admin_form_fields = AbstractGroupApprovalTask.admin_form_fields

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approved: published. With a change of the own in it, it stays here and waits for somebody else."""
        latest = task_state.workflow_state.content_object.get_latest_revision()
        if action_name == "approve" and not may_publish(latest, user):
            note_refused(latest, user)
            return
        super().on_action(task_state, user, action_name, **kwargs)

    def get_actions(self, obj: Any, user: Any) -> Any:
        """What the user may do with the page at this step: only ask for changes, for the one who wrote it."""
        actions = super().get_actions(obj, user)
        if not actions or may_publish(obj.get_latest_revision(), user):
            return actions
        return [one for one in actions if one[0] != "approve"]

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> Any:
        """The pages that wait for this user."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        mine = [
            each.pk for each in states
            if not may_publish(each.workflow_state.content_object.get_latest_revision(), user)
        ]  # fmt: skip
        return states.exclude(pk__in=mine)

    @classmethod
    def get_description(cls) -> Any:
        """What Wagtail says of it where a workflow is put together."""
        return _("En redaktör publicerar, en annan än den som skrev sist")

    class Meta:
        verbose_name = _("publicering")


def note_review(page: Any, user: Any) -> None:
    """Write in the page's latest draft that it was reviewed today, by a role at another school."""
    latest: Any = page.get_latest_revision_as_object()
    if not isinstance(page.specific, Reviewed):
        return
    latest.reviewed_on = localdate()
    latest.reviewer_role = REVIEWERS.get(page.locale.language_code, REVIEWERS["sv"])
    latest.next_review = localdate() + timedelta(days=HOLDS_DAYS)
    # The draft stays its author's: who reviewed stands in the page's log.
    author = page.latest_revision.user if page.latest_revision else user
    latest.save_revision(user=author, clean=False)


class ReviewReminder(models.Model):
    """That a page's review was due and somebody was told: once for each day that was set."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    due = models.DateField(default=localdate)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "due"], name="reminded_once")]
