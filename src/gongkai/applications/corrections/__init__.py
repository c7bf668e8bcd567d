"""更正: somebody shows that a record about themselves is wrong and asks that it be set right (Article 41).

No application for disclosure: it has its own numbers and steps and is not counted in table 三.
"""
