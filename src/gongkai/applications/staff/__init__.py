"""依申请公开 in the back office: the lists, the page of a case, and a page for each verb that says what will follow."""
