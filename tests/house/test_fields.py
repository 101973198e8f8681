"""Every field of every table is sorted: does it tell who somebody is, what is known about a pupil, or neither?

A new field without a place here fails. *identity* names a living person: it stays in `web/people`, is deleted when the
person is disposed of, and is never exported in bulk. *pupil* is about a pupil's code: deleted at disposal. *kept* is
about places, runs and acts: it stays and names nobody; the log of visits and of disposals keeps the code.
"""

import pytest
from django.apps import apps
from django.db.models import Model

SORTED = {
    "people.Installation": {"kept": "first_simulated_at first_real_import_at first_real_source"},
    "people.DemoRole": {"kept": "role user"},
    "people.SignInLink": {"kept": "token_hash user made_at expires_at used_at"},
    "people.Duty": {"kept": "source person user role duty_role assignment_type organisation group start_date end_date"},
    "people.DutyEvent": {
        "kept": "source person user role duty_role assignment_type organisation group start_date end_date"
    },
    "people.Person": {
        "identity": "source_id given_name family_name sort_key civic_no civic_no_lookup email eppn birth_date",
        "pupil": "code source security_marking status in_source is_pupil",
    },
    "people.PersonEvent": {"pupil": "code security_marking status"},
    "people.Responsible": {"pupil": "pupil responsible relation_type"},
    "people.Organisation": {
        "kept": "code source source_id display_name sort_key organisation_type parent school_unit_code municipality"
        " school_types"
    },
    "people.Group": {"kept": "code source source_id display_name sort_key group_type organisation start_date end_date"},
    "people.Membership": {"pupil": "group pupil start_date end_date"},
    "people.Enrolment": {
        "pupil": "pupil organisation school_type school_year programme start_date end_date leave_reason"
    },
    "people.Visit": {"kept": "at viewer role reach through pupil page"},
    "people.AuditEvent": {"kept": "at by action about details"},
    "people.User": {"identity": "login name", "kept": "password last_login person is_active"},
    "records.Import": {
        "kept": "source place by at finished_at status simulated lateness_is_absence profile files counts fingerprints"
        " because"
    },
    "records.Quarantined": {"kept": "of_import resource file line rule value_class"},
    "records.Head": {"kept": "table version"},
    "records.DisposalRow": {"kept": "at by codes purged"},
    "signals.Answer": {"pupil": "pupil signal since level as_of what by role at"},
    "signals.SignalChange": {"pupil": "source pupil signal as_of before after"},
    "signals.Run": {
        "kept": "source as_of known_at run_at rule_set rules_since shown simulated first_day last_day offered reported"
        " coverage axis_sv axis_en"
    },
    "signals.PupilSnapshot": {
        "pupil": "run pupil school state waits level leading share unexcused coverage school_days last_true figures"
        " weekdays bars calendar days"
    },
    "signals.GroupSnapshot": {
        "kept": "run group school year pupils known signalled waiting share coverage shared heat subjects line dots"
    },
    "signals.SchoolSnapshot": {
        "kept": "run school municipality pupils known signalled waiting unknown classes classes_known share coverage"
        " years shared line"
    },
    "signals.MunicipalitySnapshot": {
        "kept": "run municipality name sort_key schools pupils signalled_share share coverage hidden line"
    },
}

OURS = [model for app in ("people", "records", "signals") for model in apps.get_app_config(app).get_models()]


def fields_of(model: type[Model]) -> set[str]:
    """A table's own columns; row numbers and the history's own are left out."""
    return {f.name for f in model._meta.local_fields if f.name != "id" and not f.name.startswith("pgh_")}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_sorted(model):
    words = [word for kind in SORTED.get(model._meta.label, {}).values() for word in kind.split()]
    assert len(words) == len(set(words))
    assert set(words) == fields_of(model)


def test_who_somebody_is_stands_among_people_only():
    assert {label.split(".")[0] for label, kinds in SORTED.items() if "identity" in kinds} == {"people"}


def test_no_table_is_sorted_that_is_not_there():
    assert not set(SORTED) - {model._meta.label for model in OURS}
