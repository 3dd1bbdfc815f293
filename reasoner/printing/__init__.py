"""What is printed: rows, trees, tables, timelines, JSON."""
