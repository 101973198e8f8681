"""2 What we notice: one file per signal with its definition."""
