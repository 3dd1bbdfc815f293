"""Cases: read from files, and changed."""
