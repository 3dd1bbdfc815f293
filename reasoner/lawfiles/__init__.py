"""Laws: read from annotated files, with their vocabulary, and checked."""
