"""Why an answer is what it is: read from clingo, weighed, compared, checked."""
