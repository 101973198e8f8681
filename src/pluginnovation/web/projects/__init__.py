"""The projects pages. Nothing stands here yet."""
