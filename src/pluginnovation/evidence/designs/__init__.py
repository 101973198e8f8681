"""One file per design: a frozen plan and a table in, a frozen result out."""
