"""What locks are shown as: dots of four, and a word. Apart from the rule, so that a page loads nothing heavy."""

from typing import Final

DOTS: Final = (0, 1, 2, 3, 4, 4)
WORDS_SV: Final = ("Okänt", "Mycket osäkert", "Osäkert", "Måttlig", "Hög")
WORDS_EN: Final = ("Unknown", "Very uncertain", "Uncertain", "Moderate", "High")
MOST: Final = 5
MOST_LATE: Final = 3  # when the plan was locked after its outcome had begun: somebody may have known what to ask
