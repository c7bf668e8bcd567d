"""Disclosure on application 依申请公开 (Articles 27 to 45): applicants, applications, their events and figures."""
