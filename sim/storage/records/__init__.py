"""Records: what people and squads have done, kept under pseudonyms; names lie in a file of their own."""
