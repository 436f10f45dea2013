"""What the edge itself remembers: which workers are alive."""

from typing import ClassVar

from django.db import models


class WorkerBeat(models.Model):
    """When a lane of a worker was last heard of. A dead worker's just grows old."""

    worker = models.CharField(max_length=100)
    lane = models.CharField(max_length=20)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "lane"], name="one_beat_for_each_lane"
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} {self.lane}"
