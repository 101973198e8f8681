"""The app of what the help changed."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Plans, their estimates, several sites together, and what a sub-project could see before it begins."""

    name = "pluginnovation.web.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden, and give the worker what pages ask it for."""
        from pluginnovation.web.people.events import pupils_hidden
        from pluginnovation.web.projects.plan_answer import ESTIMATED_BY, SHOWN_AT
        from pluginnovation.web.records.job_doings import DOINGS

        from .doings import ANSWER, LOOK, SPREAD, answer, look, spread
        from .for_projects import answer_to, shown_at
        from .forgetting import forget

        pupils_hidden.connect(forget)
        ESTIMATED_BY.append(answer_to)
        SHOWN_AT.append(shown_at)
        DOINGS.update({LOOK: look, ANSWER: answer, SPREAD: spread})
