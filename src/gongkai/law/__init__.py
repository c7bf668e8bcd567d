"""The Regulation 政府信息公开条例 as code: pure functions over dated data; no framework, no clock.

=================  ===================================================================================
``calendar``       working days: :class:`~gongkai.law.calendar.WorkingCalendar`
``clock``          the reply clock of Article 33: ``reply_deadline`` (explained), ``due_date`` (bulk)
``limits``         every other limit: correction, third parties, fee payment, publication
``receipt``        the day of receipt by channel (Article 31)
``outcomes``       what a case may end in, and what must be on file first
``letters``        the letters of a case and what each must contain
``remedies``       review and suit by outcome and date of reply
``disputes``       review and suit: by when to answer, what they end in, why they are lost
``fees``           the two tariffs of the information-processing fee
``categories``     what Articles 19 to 21 require to be published
``exemptions``     Articles 14 to 16
``validity``       normative documents in force, lapsed, repealed
``parameters``     the dated numbers behind all of these, and how an office corrects them
=================  ===================================================================================

Rooms are imported one by one (``from gongkai.law.clock import due_date``) so that a command pays for what
it uses. Whatever cannot be answered raises :class:`LawError` with a Chinese sentence for the clerk.
"""

from .errors import LawError

__all__ = ["LawError"]
