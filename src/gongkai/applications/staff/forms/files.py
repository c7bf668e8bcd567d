"""A file that comes into the case."""

from __future__ import annotations

from django import forms

from ...models import FileKind
from .base import UploadField, VerbForm

# Evidence, letters, released files and proofs come in by the verbs that make them.
TAKEN_IN = (FileKind.REQUEST, FileKind.CORRECTION, FileKind.ANSWER, FileKind.ID_PROOF, FileKind.DISPUTE)


class FileForm(VerbForm):
    """存入文件."""

    kind = forms.ChoiceField(
        label="是什么",
        choices=[(kind.value, kind.label) for kind in TAKEN_IN],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是什么文件。"},
    )
    file = UploadField("文件", "加密存入；每次打开都有记录。")
