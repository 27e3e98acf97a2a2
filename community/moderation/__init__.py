"""One queue for everything that needs a human: holds, reports, appeals; and the sanctions that follow."""
