"""Questions put to a law and a case, and answered by clingo."""
