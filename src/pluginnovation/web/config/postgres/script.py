"""The roles as a script of SQL, for a PostgreSQL that isn't the home's own: an administrator of the server runs it."""

from .passwords import HUB_ROLES, ROLES
from .roles import HELD_BY_FENCE, LIMITS

HEAD = """\
-- Roles for PlugInnovation. Run it in the database that DATABASE_URL names, as an administrator of the server:
--   psql -v ON_ERROR_STOP=1 -d DATABASE -f roles.sql
-- It may be run again. Give each role a password afterwards: \\password {owner} and so on.
-- Tables from before, owned by another role:  REASSIGN OWNED BY that_role TO {owner};
"""
ROLE = """\
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF;
END $$;
ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {held};
"""
REST = """\
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO {owner}', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {web}', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO {worker}', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO {owner};
GRANT USAGE ON SCHEMA public TO {web}, {worker};
"""
THEN = """\
-- Then: DATABASE_URL for {web}, PLUG_WORKER_DATABASE_URL for {worker}, PLUG_OWNER_DATABASE_URL for {owner}, each only
-- where it is used, and plug up; plug doctor says whether the fence stands.
"""
THEN_HUB = """\
-- Then: HUB_DATABASE_URL for {web}, HUB_WORKER_DATABASE_URL for {worker}, HUB_OWNER_DATABASE_URL for {owner}, each only
-- where it is used, and plug hub prepare.
"""


def roles_script(*, hub: bool = False) -> str:
    """Owner, web and worker, the node's or the hub's: what they may do at all, and how long they may wait."""
    owner, web, worker = HUB_ROLES if hub else ROLES
    names = {"owner": owner, "web": web, "worker": worker}
    parts = [HEAD.format(owner=owner)]
    for role in (owner, web, worker):
        parts.append(ROLE.format(role=role, held=HELD_BY_FENCE[role]))
        parts += [f"ALTER ROLE {role} SET {setting} = '{value}';\n" for setting, value in LIMITS[role].items()]
    return "".join([*parts, REST.format(**names), (THEN_HUB if hub else THEN).format(**names)])
