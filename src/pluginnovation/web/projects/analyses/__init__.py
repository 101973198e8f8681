"""The current-state analysis on pages: pre-filled from the records, written in parts, every version kept."""
