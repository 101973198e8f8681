"""A text that isn't sent yet stays in the browser's session storage, and nowhere else.

The script that keeps it (`static/draft.js`) throws every draft away that is older than half an hour or belongs to
another session than the one that is signed in; the start page, where signing out leads, throws all of them away. Notes
in a class of secrecy have no draft at all.
"""

import hashlib

from django.http import HttpRequest


def draft_key(request: HttpRequest, about: str) -> str:
    """What the browser calls a draft: a print of the session, which nothing can be got from, and what it is about."""
    session = request.session.session_key or ""
    return f"{hashlib.sha256(f'draft {session}'.encode()).hexdigest()[:16]} {about}"
