"""The pages of what it changed: plans, answers, several together, and planning."""
