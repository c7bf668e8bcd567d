"""复议诉讼 in the back office: lists by what is due, the page of a case and of each verb, what was lost and why."""
