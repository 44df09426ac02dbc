"""What the program promises, tried until it counts: `python -m campaigns`, from a checkout.

Each part of a campaign counts how often a promise was broken, and beside it how often plain code, which
makes no such promise, broke it under the same conditions. A part in which the plain code does not fail
proves nothing, and counts as failed itself. `docs/reliability.md` has the promises and the figures.
"""
