"""The evidence bundle 证据包 of a case for a review or a court, and its verification on any machine."""
