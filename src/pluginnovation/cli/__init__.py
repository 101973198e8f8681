"""The plug command."""
