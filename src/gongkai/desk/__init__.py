"""The desk: the first screen of the back office, the lists that it counts, and the look of every staff page."""
