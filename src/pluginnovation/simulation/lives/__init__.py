"""Pupils' lives term by term, from year 5 until some years after upper secondary school, without lessons.

Open `seam.py` first: what one term sees, and what help can change.
"""
