"""会商、征求其他行政机关意见、告知和转送: what other bodies are asked, and which body is the right one.

A county bureau of the same installation answers at its own desk and sees of the case only what it is asked; bodies
outside are asked by letter. Fields: law.md §J; Articles 10, 11, 33, 34 and 36(5).
"""
