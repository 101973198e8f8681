"""What the pages of support write in their templates."""
