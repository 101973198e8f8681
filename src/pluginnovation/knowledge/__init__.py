"""6 What we know: how sure, for whom, from which study. Nothing stands here yet."""
