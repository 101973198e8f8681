"""Many sites put together: what they have in common, how they differ, and what the next site may expect."""
