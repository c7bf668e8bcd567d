"""Supervision 监督: what an inspector would fault, what the watch over the site finds, and drills for when it fails."""
