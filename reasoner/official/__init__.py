"""The official words of the law, and what has become of them."""
