"""Words and small marks in templates."""
