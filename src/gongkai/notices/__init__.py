"""Reminders to staff (提醒): an outbox for the desk, mail and text messages, quiet hours; and work done on a schedule."""
