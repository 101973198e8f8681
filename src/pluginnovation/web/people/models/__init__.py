"""What is stored about people: identities, places, duties, visits and audit."""

from .access import DemoRole, Installation, SignInLink
from .duty import Duty
from .former import FormerIdentity
from .person import Person, Responsible
from .place import Enrolment, Group, Membership, Organisation, Resident
from .trace import AuditEvent, Visit
from .user import User

__all__ = [
    "AuditEvent",
    "DemoRole",
    "Duty",
    "Enrolment",
    "FormerIdentity",
    "Group",
    "Installation",
    "Membership",
    "Organisation",
    "Person",
    "Resident",
    "Responsible",
    "SignInLink",
    "User",
    "Visit",
]
