"""Reminders to staff (提醒): the outbox for desk, mail and text messages, quiet hours; work done on a schedule."""
