"""The libraries of pictures and files: for staff only. What the public reads are the copies that editions name."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from gongkai.bureau.models import User

from .access import roles_in

# Where Wagtail keeps pictures: what was uploaded, and the sizes made of it.
ORIGINALS, SIZES = "original_images", "images"
_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


def is_staff(user: User | AnonymousUser) -> bool:
    """Whether a user may enter the back office."""
    return user.is_authenticated and user.is_active and user.has_perm("wagtailadmin.access_admin")


@require_safe
@cache_control(private=True, max_age=300)
def media(request: HttpRequest, path: str) -> FileResponse:
    """A picture of the library, for a member of staff who may see it; for anybody else it does not exist."""
    if not is_staff(request.user) or not _may_see_picture(request.user, path):
        raise Http404
    media_type = mimetypes.guess_type(path)[0]
    if media_type not in _TYPES:
        raise Http404
    try:
        file = default_storage.open(path, "rb")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    headers = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, content_type=media_type, headers=headers)


def _may_see_picture(user: Any, path: str) -> bool:
    folder = PurePosixPath(path).parts[:1]
    images = get_image_model().objects.all()
    if folder == (ORIGINALS,):
        found = images.filter(file=path).first()
    elif folder == (SIZES,):
        found = images.filter(renditions__file=path).first()
    else:
        return False
    return found is not None and may_see(user, found)


def may_see(user: Any, record: Any) -> bool:
    """Whether a member of staff may see a picture or file: whoever may choose it, and in its agency whoever reviews
    what it stands in.
    """
    if policy_registry.get_by_type(type(record)).user_has_permission_for_instance(user, "choose", record):
        return True
    uploader = record.uploaded_by_user
    same = uploader is not None and uploader.agency_id is not None and uploader.agency_id == user.agency_id
    return same and bool(roles_in(user))


def guard_document(document: Any, request: HttpRequest) -> None:
    """``before_serve_document``: 404 for whoever may not see the file; there is no public way to the library."""
    if not is_staff(request.user) or not may_see(request.user, document):
        raise Http404
