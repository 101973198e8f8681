"""Meters: what lies between a pupil and a national programme or a degree, and where the pupil has been enrolled.

A run works each different record out once; a page only shows what came of it.

    records                      what the grades, plans and enrolments of each pupil say, as one text
    eligibility, degree, path    what comes of such a text: figures and sentences in two languages
    names, told                  the words
"""
