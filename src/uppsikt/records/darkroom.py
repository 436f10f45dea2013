"""The worker's one warm camera: opened when the first picture is taken, closed once.

Nothing on the special path ever comes here (requirements 3.4): whoever asks for a
picture of what somebody wrote sees to that first.
"""

import threading

from django.conf import settings

from uppsikt.records.camera import Camera


class _Darkroom:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._camera: Camera | None = None

    def camera(self) -> Camera:
        with self._lock:
            if self._camera is None:
                hosts = settings.ALLOWED_PLATFORM_HOSTS
                self._camera = Camera(allowed=hosts).__enter__()
            return self._camera

    def close(self) -> None:
        with self._lock:
            if self._camera is not None:
                self._camera.close()
                self._camera = None


_ours = _Darkroom()


def camera() -> Camera:
    """Return the process's camera, opening it if need be.

    Raises `BrowserMissing` where the machine has no Chromium.
    """
    return _ours.camera()


def close() -> None:
    """End the browser; a second call, or one before any picture, does nothing."""
    _ours.close()
