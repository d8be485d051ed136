#include "detector/dicom/jpeg_markers.h"

#include <algorithm>

namespace burntin {
namespace {

// SOF0 to SOF15, among which three codes are tables, and JPEG-LS's SOF55.
bool IsFrameHeader(uint8_t code) {
  return (code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 &&
          code != 0xCC) ||
         code == 0xF7;
}

}  // namespace

void JpegMarkers::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    size_t used = 0;
    // The two states in which most bytes pass go fast.
    if (state_ == State::kData) {
      used = std::min(bytes.find('\xFF'), bytes.size());
    } else if (state_ == State::kSkip) {
      used = Skip(bytes);
    }
    if (used == 0) {
      Step(static_cast<uint8_t>(bytes.front()));
      used = 1;
    }
    bytes.remove_prefix(used);
  }
}

size_t JpegMarkers::Skip(std::string_view bytes) {
  const size_t used = std::min(length_, bytes.size());
  if (in_frame_header_) {
    frame_header_ += bytes.substr(
        0, std::min(used, kFrameHeaderBytes - frame_header_.size()));
  }
  length_ -= used;
  if (length_ == 0) {
    state_ = State::kData;
    if (in_frame_header_) ReadFrameHeader();
  }
  return used;
}

void JpegMarkers::Step(uint8_t byte) {
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

void JpegMarkers::AtMarker(uint8_t byte) {
  if (byte == 0xFF) return;  // a fill byte before the marker
  if (byte == 0x01) has_tem_ = true;
  if (byte < 0x80 || (byte >= 0xD0 && byte <= 0xD8)) {
    // Stuffed data, a restart or the start of the image: no length follows.
    state_ = State::kData;
  } else if (byte == 0xD9) {
    state_ = State::kEnded;
  } else {
    state_ = State::kLengthHigh;
    in_frame_header_ = IsFrameHeader(byte) && !frame_ && !has_tem_;
    frame_header_.clear();
  }
}

// Precision, lines, samples of a line, components (T.81 B.2.2).
void JpegMarkers::ReadFrameHeader() {
  in_frame_header_ = false;
  if (frame_header_.size() < kFrameHeaderBytes) return;
  const auto byte = [&](size_t at) {
    return static_cast<int>(static_cast<uint8_t>(frame_header_[at]));
  };
  frame_ = {.precision = byte(0),
            .rows = byte(1) << 8 | byte(2),
            .columns = byte(3) << 8 | byte(4),
            .components = byte(5)};
}

}  // namespace burntin
