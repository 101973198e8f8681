"""School, class and pupil pages; snapshots; answers."""
