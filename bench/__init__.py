"""Every figure that we promise of gongkai's speed, one module each: a ratio measured in one run, against its limit.

``make bench`` runs them all; ``python -m bench --quick`` runs them on little data, to see that they run at all.
Run from the root of the source tree. Nothing here is part of the installed package.
"""
