"""Pure functions over strings: cleaning, folding, tokens, sentences. No I/O, no project state."""
