"""A caller that also streams, and that can give up in the middle."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence

import grpc

from . import places


class SoakCaller(places.Caller):
    """One identity's calls; serves one thread."""

    def _messages(self, request, header, data: bytes) -> Iterator:
        yield request(header=header)
        for start in range(0, len(data), places.CHUNK_BYTES):
            yield request(chunk=data[start:start + places.CHUNK_BYTES])

    def stream(self, files: Sequence[pathlib.Path]) -> grpc.Call:
        """Sends files on one InspectStream; iterate over its responses. The
        `request_id` of a file is its place in `files`."""
        def requests() -> Iterator:
            for number, file in enumerate(files):
                data = file.read_bytes()
                yield from self._messages(
                    self.detection.InspectStreamRequest,
                    self.detection.InstanceHeader(
                        request_id=str(number), file_size_bytes=len(data)),
                    data)
        return self._inspector.InspectStream(requests(), timeout=600,
                                             metadata=self.metadata)

    def begin(self, file: pathlib.Path, timeout_s: float) -> grpc.Future:
        """Begins InspectInstance and does not wait for it."""
        data = file.read_bytes()
        return self._inspector.InspectInstance.future(
            self._messages(self.detection.InspectInstanceRequest,
                           self.detection.InstanceHeader(
                               file_size_bytes=len(data)), data),
            timeout=timeout_s, metadata=self.metadata)

    def close(self) -> None:
        """Ends the connection."""
        self.channel.close()
