#include "detector/dicom/jpeg_end.h"

#include <algorithm>

namespace burntin {

void JpegEnd::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    size_t used = 0;
    // The two states in which most bytes pass go fast.
    if (state_ == State::kData) {
      used = std::min(bytes.find('\xFF'), bytes.size());
    } else if (state_ == State::kSkip) {
      used = std::min(length_, bytes.size());
      length_ -= used;
      if (length_ == 0) state_ = State::kData;
    }
    if (used == 0) {
      Step(static_cast<uint8_t>(bytes.front()));
      used = 1;
    }
    bytes.remove_prefix(used);
  }
}

void JpegEnd::Step(uint8_t byte) {
  switch (state_) {
    case State::kData:
      if (byte == 0xFF) state_ = State::kMarker;
      break;
    case State::kMarker:
      AtMarker(byte);
      break;
    case State::kLengthHigh:
      length_ = size_t{byte} << 8;
      state_ = State::kLengthLow;
      break;
    case State::kLengthLow:
      // The length counts its own two bytes.
      length_ = std::max<size_t>(length_ | byte, 2) - 2;
      state_ = length_ == 0 ? State::kData : State::kSkip;
      break;
    case State::kSkip:
      break;
    case State::kEnded:
      if (byte != 0x00 && byte != 0xFF) ++bytes_after_end_;
      break;
  }
}

void JpegEnd::AtMarker(uint8_t byte) {
  if (byte == 0xFF) return;  // a fill byte before the marker
  if (byte < 0x80 || (byte >= 0xD0 && byte <= 0xD8)) {
    // Stuffed data, a restart or the start of the image: no length follows.
    state_ = State::kData;
  } else if (byte == 0xD9) {
    state_ = State::kEnded;
  } else {
    state_ = State::kLengthHigh;
  }
}

}  // namespace burntin
