"""The annual report 政府信息公开工作年度报告 as a document: forms, checks, readers, writers.

Pure Python: no framework, no database. A report computed from records, read from
somebody's file or rolled up from many bodies is always the same `report.Report`.
"""
