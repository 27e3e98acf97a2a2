"""The rules of the design as tests. Each rule has a checker and a proof that the checker can fail."""
