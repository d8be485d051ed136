"""Video streams by ffmpeg: MPEG-2, H.264 and HEVC, in several containers."""

from __future__ import annotations

import pathlib

import numpy as np

from .tools import read_output, run_tool

# Everything that a stream would otherwise take from the machine or the build.
_STEADY = ("-threads", "1", "-flags", "+bitexact", "-fflags", "+bitexact",
           "-map_metadata", "-1", "-colorspace", "smpte170m", "-color_range",
           "tv")
_CODECS = {
    "mpeg2": ("-c:v", "mpeg2video", "-q:v", "3", "-g", "12", "-bf", "2"),
    "h264": ("-c:v", "libx264", "-profile:v", "high", "-level", "4.1",
             "-x264-params", "threads=1"),
    "h264-42": ("-c:v", "libx264", "-profile:v", "high", "-level", "4.2",
                "-x264-params", "threads=1"),
    "h264-3d": ("-c:v", "libx264", "-profile:v", "high", "-level", "4.2",
                "-x264-params", "threads=1:frame-packing=3"),
    "hevc": ("-c:v", "libx265", "-profile:v", "main", "-x265-params",
             "level-idc=5.1:pools=none:frame-threads=1:info=0:log-level=none",
             "-tag:v", "hvc1"),
    "hevc10": ("-c:v", "libx265", "-profile:v", "main10", "-x265-params",
               "level-idc=5.1:pools=none:frame-threads=1:info=0:"
               "log-level=none", "-tag:v", "hvc1"),
}
_BARE = {"mpeg2": "m2v", "h264": "h264", "hevc": "hevc"}
_FORMATS = {"es": None, "ts": "mpegts", "ps": "mpeg", "mp4": "mp4"}


def encode_video(rgb: np.ndarray, codec: str, container: str,
                 scratch: pathlib.Path, options: tuple = ()) -> bytes:
    """Returns the stream of `rgb`, 8 bits, shape (frames, rows, columns, 3).

    `container` is "es" (a bare stream), "ts", "ps" or "mp4".
    """
    _, rows, columns, _ = rgb.shape
    family = codec.split("-")[0].removesuffix("10")
    form = _FORMATS[container] or _BARE[family].replace("m2v", "mpeg2video")
    target = scratch / "video.bin"
    pixels = "yuv420p10le" if codec == "hevc10" else "yuv420p"
    run_tool("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt",
             "rgb24", "-s", f"{columns}x{rows}", "-r", "25", "-i", "-",
             "-vf", "scale=out_color_matrix=bt601:out_range=tv", "-pix_fmt",
             pixels, *_CODECS[codec], *_STEADY, *options, "-f", form, target,
             stdin=rgb.tobytes())
    return read_output(target)
