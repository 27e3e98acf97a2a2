"""What a member is told: in the app at once, by e-mail without content."""
