"""An answer as a document for others: counts of ten or more, and nothing that gives a person away beside what went out
before."""

from datetime import datetime

from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import SentMessage, StoredPlan
from .stored import newest_of, plan_of
from .together import about, result_of


def hand_out(*, row: StoredPlan, site: str, by: User | None, at: datetime) -> SentMessage:
    """The message about the answer that stands. The same answer handed out again is the same message.

    Takes   site   the node's or place's name for itself
    Raises  Refusal 'estimate_missing', and of `evidence.message.message_of`: 'under_ten', 'all_or_nobody',
            'differs_by_few'
    """
    from pluginnovation.evidence.message import Sent, bytes_of, message_from, message_of

    estimate = newest_of(row)
    if estimate is None:
        raise refused.no_estimate()
    earlier = list(row.sent.order_by("at", "pk"))
    known = [Sent(message_from(one.content.encode()), one.treated, one.compared) for one in earlier]
    sent = message_of(result_of(estimate), about(plan_of(row), site=site), engine=estimate.engine, earlier=known)
    content = bytes_of(sent.message).decode()
    if earlier and earlier[-1].content == content:
        return earlier[-1]
    with recorded("hand_out_estimate", by=by, at=at, about=row.name):
        return SentMessage.objects.create(
            plan=row, content=content, treated=sent.treated, compared=sent.compared, by=by, at=at
        )
