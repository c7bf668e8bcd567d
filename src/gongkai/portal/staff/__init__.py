"""The back office of the portal: writing, examining, reviewing and withdrawing what the public reads."""
