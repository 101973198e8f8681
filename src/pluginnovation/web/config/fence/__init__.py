"""The second fence: the database itself gives the web's role only the rows that a ground opens.

`privacy/grounds.py` is the definition, `web/people/reach.py` the same rule as queries, and this the same rule as
policies of PostgreSQL. A property test makes the three agree. If every filter of the pages were gone, a query of the
web would still give only what the one who asks may see; and nothing at all when nobody is said to ask.
"""

from .raising import fence_print, lower_fence, raise_fence

__all__ = ["fence_print", "lower_fence", "raise_fence"]
