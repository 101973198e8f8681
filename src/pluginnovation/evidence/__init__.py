"""5 What it changed: a locked plan in, an estimate with its doubt out, and what several sites say together.

Open `estimate.py` first: which design answers which plan. Then `pool.py` for several sites, `grade.py` for how sure
that makes us, and `plain.py` for the paragraph.
"""
