"""The steps, each a file that says which one it follows."""
