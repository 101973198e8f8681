"""Run in the environment of a home: signs readers in, and says on the last line of output what each may open.

Sessions are written straight into the database: how somebody signs in is not what is measured.
"""

import json
import sys
from importlib import import_module
from typing import Any

from pluginnovation.cli.home import start_django

ROLES = ("principal", "pupil_health")


def main() -> None:
    """Readers of the schools nearest to a size, as JSON."""
    readers, classes = int(sys.argv[1]), int(sys.argv[2])
    start_django()
    from django.db.models import Count, Q

    from pluginnovation.web.people.models import Organisation

    is_class = Q(groups__group_type="Klass")
    schools = Organisation.objects.annotate(classes=Count("groups", filter=is_class)).filter(classes__gt=0)
    nearest = sorted(schools, key=lambda school: (abs(school.classes - classes), school.code))
    found = [reader for school in nearest[:readers] for role in ROLES if (reader := _reader(school, role))]
    sys.stdout.write(f"{json.dumps(found[:readers])}\n")


def _reader(school: Any, role: str) -> dict[str, Any] | None:
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.people.duties import duties_of
    from pluginnovation.web.people.models import Duty, User
    from pluginnovation.web.people.reach import groups_in_reach, pupils_in_reach

    held = Duty.objects.filter(role=role, organisation=school.code).order_by("id").first()
    user = User.objects.filter(person=held.person_id).first() if held else None
    duty = next((duty for duty in duties_of(user, today()) if duty.role == role), None) if user else None
    if user is None or duty is None:
        return None
    groups = groups_in_reach(duty, today()).filter(group_type="Klass", organisation=school.code)
    pupils = pupils_in_reach(duty, today()).order_by("code")[:200]
    paths = {
        "school": [f"/skola/{school.code}/"],
        "class": [f"/klass/{group.code}/" for group in groups],
        "pupil": [f"/elev/{pupil.code}/" for pupil in pupils],
    }
    return {"cookie": _session(user, duty.key), "paths": paths} if all(paths.values()) else None


def _session(user: Any, role: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["role"] = role
    # As a passkey leaves it: two factors, at the level of an account of the installation's own.
    session["shown"] = {"how": "local", "authority": "", "levels": ["own"], "factors": True}
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
