"""The conditions of a law: every literal of every rule that stands under a provision."""
