"""The way into an application: the applicant's own until it is sent in, the region's from then on."""

from django.http import Http404, HttpRequest

from pluginnovation.web.people.rights.asker import duty_of, user_of

from .door import REGIONAL
from .models import Application, Review
from .places import APPLY, applications_in_reach, municipalities, names_of


def open_application_or_404(request: HttpRequest, number: int) -> Application:
    """An application that the viewer may read.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    rows = applications_in_reach(duty_of(request)).select_related("call__programme", "submitted_by", "closed_by")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def own_application_or_404(request: HttpRequest, number: int) -> Application:
    """An application that the viewer's place makes. Raises Http404 otherwise."""
    if duty_of(request).role not in APPLY:
        raise Http404
    return open_application_or_404(request, number)


def received_application_or_404(request: HttpRequest, number: int) -> Application:
    """An application that the region has received. Raises Http404 otherwise."""
    if duty_of(request).role not in REGIONAL:
        raise Http404
    return open_application_or_404(request, number)


def own_review(request: HttpRequest, application: Application) -> Review | None:
    """The review of it that the viewer is asked to write; None: none that stands."""
    return application.reviews.filter(reviewer=user_of(request), withdrawn_at=None).first()


def reads_nothing(request: HttpRequest, application: Application) -> bool:
    """Whether the viewer has a conflict of interest in it, or has been asked to review it and not answered that."""
    review = own_review(request, application)
    return review is not None and review.conflict is not False


def place_name(application: Application) -> str:
    """The name of the school or the municipality that applies."""
    return names_of([application.school]).get(application.school) or municipalities().get(
        application.municipality, application.municipality
    )
