"""数量、频次明显超过合理范围 (Article 35) and 信息处理费 (Article 42): counted, pointed at, reckoned; never decided.

The program refuses nobody. It says how many applications somebody made, by which measure that is much, and what the
law lets the office do: ask for the reasons, and after that judge.
"""
