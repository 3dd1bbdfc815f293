"""Questions about a whole law: what its cases show, what they would not notice, what is dead."""
