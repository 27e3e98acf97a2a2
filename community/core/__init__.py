"""The kernel. It knows nothing clinical: events, audiences, policies, errors, text, limits, tasks, the clock."""
