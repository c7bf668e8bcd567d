"""What binds the rooms together: settings, addresses, the command line."""
