"""文书 of disclosure on application: drafted from templates, numbered, signed, printed, sent.

=============  ==============================================================================================
``asks``       what a drafter fills in, by kind of letter; ``forms`` makes the forms
``points``     where in a template the points of the law stand; ``checking`` refuses a template without them
``context``    the case's data and what the law has a letter say on its day
``drafting``   draft, sign, issue
``numbers``    文号 without gaps
``store``      templates of the agency, versions, the built-in ones (``building`` writes those)
``printing``   PDF of a letter, receipts, envelopes, 送达回证
``posting``    by mail to the applicant, with the server's answer as proof
=============  ==============================================================================================
"""

from .checking import TemplateRefusedError
from .context import context_of
from .drafting import IncompleteLetterError, draft, issue, preview, sign, values_of
from .forms import form_for
from .posting import send_by_email
from .printing import envelopes, pdf_of, receipts, service_proofs

__all__ = [
    "IncompleteLetterError",
    "TemplateRefusedError",
    "context_of",
    "draft",
    "envelopes",
    "form_for",
    "issue",
    "pdf_of",
    "preview",
    "receipts",
    "send_by_email",
    "service_proofs",
    "sign",
    "values_of",
]
