"""What is stored about people: identities, places, duties, visits and audit."""

from .access import DemoRole, Installation, SignInLink
from .admission import Admission, AdmissionReader, AdmittedRows, ProtectionNotice
from .approval import Approval
from .duty import Duty
from .emergency import AccessRule, EmergencyAccess, EmergencyTry
from .extract import Extract, Statement, StatementAnswer
from .former import FormerIdentity
from .person import Person, Responsible
from .place import Enrolment, Group, Membership, Organisation, Resident, Schooled
from .seal import Seal
from .trace import AuditEvent, Visit
from .user import User

__all__ = [
    "AccessRule",
    "Admission",
    "AdmissionReader",
    "AdmittedRows",
    "Approval",
    "AuditEvent",
    "DemoRole",
    "Duty",
    "EmergencyAccess",
    "EmergencyTry",
    "Enrolment",
    "Extract",
    "FormerIdentity",
    "Group",
    "Installation",
    "Membership",
    "Organisation",
    "Person",
    "ProtectionNotice",
    "Resident",
    "Responsible",
    "Schooled",
    "Seal",
    "SignInLink",
    "Statement",
    "StatementAnswer",
    "User",
    "Visit",
]
