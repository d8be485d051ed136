"""Names of transfer syntaxes, as tables show them."""

_ROOT = "1.2.840.10008.1.2"
_NAMES = {
    "": "Implicit VR", ".1": "Explicit VR", ".2": "Big endian",
    ".1.98": "Encapsulated uncompressed", ".1.99": "Deflated",
    ".8.1": "Deflated frame", ".5": "RLE", ".4.50": "JPEG baseline",
    ".4.51": "JPEG extended", ".4.53": "JPEG spectral selection",
    ".4.55": "JPEG progressive", ".4.57": "JPEG lossless",
    ".4.70": "JPEG lossless SV1", ".4.80": "JPEG-LS lossless",
    ".4.81": "JPEG-LS near-lossless", ".4.90": "JPEG 2000 lossless",
    ".4.91": "JPEG 2000", ".4.201": "HTJ2K lossless",
    ".4.202": "HTJ2K lossless RPCL", ".4.203": "HTJ2K",
    ".4.110": "JPEG XL lossless", ".4.111": "JPEG XL recompressed JPEG",
    ".4.112": "JPEG XL", ".4.100": "MPEG-2 main level",
    ".4.101": "MPEG-2 high level", ".4.102": "H.264 level 4.1",
    ".4.103": "H.264 level 4.1 BD", ".4.104": "H.264 level 4.2 2D",
    ".4.105": "H.264 level 4.2 3D", ".4.106": "H.264 stereo",
    ".4.107": "HEVC main", ".4.108": "HEVC main 10",
}


def name_of_syntax(uid: str) -> str:
    """Returns a short name; the UID itself where there is none."""
    tail = uid.removeprefix(_ROOT)
    if tail.endswith(".1") and tail.startswith(".4.10"):
        return f"{_NAMES.get(tail[:-2], uid)}, fragmentable"
    return _NAMES.get(tail, uid)
