"""群众留言 in the back office."""
