"""公开渠道 in the back office: the year in numbers, what appeared where, sending on, press conferences."""
