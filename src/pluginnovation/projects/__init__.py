"""4 What we try: calls, current-state analysis, goals, reports, handover."""
