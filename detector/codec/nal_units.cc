#include "detector/codec/nal_units.h"

#include <algorithm>
#include <iterator>

namespace burntin {
namespace {

constexpr uint8_t kStartCode[] = {0, 0, 1};

int TypeOf(VideoKind kind, NalUnit unit) {
  return kind == VideoKind::kH264 ? unit[0] & 0x1F : unit[0] >> 1 & 0x3F;
}

NalUnit WithoutTrailingZeros(NalUnit unit) {
  while (!unit.empty() && unit.back() == 0) unit.remove_suffix(1);
  return unit;
}

void Append(std::vector<NalUnit>& units, NalUnit unit) {
  unit = WithoutTrailingZeros(unit);
  if (!unit.empty()) units.push_back(unit);
}

std::vector<NalUnit> SplitAtStartCodes(absl::Span<const uint8_t> packet) {
  std::vector<NalUnit> units;
  const auto find = [&](const uint8_t* from) {
    return std::search(from, packet.data() + packet.size(),
                       std::begin(kStartCode), std::end(kStartCode));
  };
  const uint8_t* const end = packet.data() + packet.size();
  for (const uint8_t* at = find(packet.data()); at != end;) {
    const uint8_t* const start = at + std::size(kStartCode);
    at = find(start);
    Append(units, NalUnit(start, static_cast<size_t>(at - start)));
  }
  return units;
}

}  // namespace

size_t LengthBytes(VideoKind kind, absl::Span<const uint8_t> extra) {
  if (kind == VideoKind::kMpeg2 || extra.empty() || extra[0] != 1) return 0;
  // ISO/IEC 14496-15, 5.3.3.1.2 and 8.3.3.1.2.
  const size_t at = kind == VideoKind::kH264 ? 4 : 21;
  return extra.size() > at ? (extra[at] & 3) + size_t{1} : 0;
}

std::vector<NalUnit> SplitNalUnits(absl::Span<const uint8_t> packet,
                                   size_t length_bytes) {
  if (length_bytes == 0) return SplitAtStartCodes(packet);
  std::vector<NalUnit> units;
  while (packet.size() > length_bytes) {
    size_t length = 0;
    for (size_t i = 0; i < length_bytes; ++i) length = length << 8 | packet[i];
    packet.remove_prefix(length_bytes);
    length = std::min(length, packet.size());
    Append(units, packet.first(length));
    packet.remove_prefix(length);
  }
  return units;
}

bool IsParameterSet(VideoKind kind, NalUnit unit) {
  const int type = TypeOf(kind, unit);
  if (kind == VideoKind::kH264) return type == 7 || type == 8;
  return type >= 32 && type <= 34;
}

bool IsOfOtherPicture(VideoKind kind, NalUnit unit) {
  if (kind == VideoKind::kH264) {
    const int type = TypeOf(kind, unit);
    return type == 19 || type == 20 || type == 21;
  }
  return unit.size() > 1 && ((unit[0] & 1) << 5 | unit[1] >> 3) != 0;
}

}  // namespace burntin
