"""栏目维护责任清单: which department and who keeps each column, since when; whether it is fed in time; who is told."""
