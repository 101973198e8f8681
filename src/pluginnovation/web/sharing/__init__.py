"""The sharing pages. Nothing stands here yet."""
