"""统计信用公示 in the back office: the list by what is due, the page of a record, a page for each verb."""
