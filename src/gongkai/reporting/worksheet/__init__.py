"""政府网站工作年度报表: the website work sheet, from the records, and from people where only they know.

The field list is data (``lists/*.yaml``), each with the first year that it is used for.
"""
