"""What we try together, on pages: programmes, calls, sub-projects, process support and reports."""
