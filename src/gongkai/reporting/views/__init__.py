"""Pages of annual reports: for staff inside the back office, for the public on the site."""
