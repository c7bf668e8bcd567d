"""The pages that the public reads, one module a kind of page. All of them ask :mod:`gongkai.portal.queries`."""
