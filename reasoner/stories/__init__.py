"""Stories made up by clingo: what they are made of, claims about a law, what breaks them."""
