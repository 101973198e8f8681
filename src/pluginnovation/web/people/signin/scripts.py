"""The web's only scripts: what speaks with a passkey, and what keeps an unsent text; on the pages that need them."""

from collections.abc import Callable
from typing import Final, cast

from csp.decorators import csp_update
from django.http import HttpResponse

View = Callable[..., HttpResponse]

with_passkeys: Final = cast(Callable[[View], View], csp_update({"script-src": ["'self'"], "connect-src": ["'self'"]}))
# The one script that keeps a text that isn't sent yet, in the browser's session storage and never anywhere else.
with_drafts: Final = cast(Callable[[View], View], csp_update({"script-src": ["'self'"]}))
