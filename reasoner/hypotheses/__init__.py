"""Further questions about a case: what if, when, what would it take, which reading."""
