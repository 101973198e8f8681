"""The app of the hub's pages. It is installed in the hub's settings, and never in a node's."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Pages, images, documents, received estimates, and registrations for events."""

    name = "pluginnovation.web.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is to follow when a page is published, and what is to be asked before a file is deleted."""
        from django.db.models.signals import pre_delete
        from wagtail.signals import page_published, page_unpublished

        from .indexing import published, unpublished
        from .pages.dropping import connect
        from .publishing import count_version
        from .shown_files import keep_what_is_shown

        connect()
        page_published.connect(count_version, dispatch_uid="knowledge.version")
        page_published.connect(published, dispatch_uid="knowledge.index")
        page_unpublished.connect(unpublished, dispatch_uid="knowledge.forget")
        for kind in ("HubImage", "HubDocument"):
            pre_delete.connect(keep_what_is_shown, self.get_model(kind), dispatch_uid=f"knowledge.keep_shown.{kind}")
