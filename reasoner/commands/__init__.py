"""The commands, one module each.

Each has ``EXAMPLES`` for its help, ``add_arguments`` for its parser and ``run``, which gives the
status to end with. What is heavy is imported by ``run``, so that a start pays for one command only.
"""

DONE, FAILED, BAD_INPUT = 0, 1, 2
