"""Case-free discussion: spaces, threads, posts, and what each member has read of them."""
