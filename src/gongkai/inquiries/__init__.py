"""Messages from the public (群众留言) and how they were answered."""
