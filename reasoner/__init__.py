"""Regulations written as answer set programs: ask about a case and see why."""
