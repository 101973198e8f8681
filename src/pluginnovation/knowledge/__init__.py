"""6 What we know: how sure, for whom, from which study, and which methods may fit a need."""
