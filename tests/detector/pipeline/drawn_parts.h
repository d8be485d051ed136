// Objects whose frames are drawn, and readers that see what is drawn: text is a
// bright block whose grey says what it reads.
#ifndef BURNTIN_TESTS_DETECTOR_PIPELINE_DRAWN_PARTS_H_
#define BURNTIN_TESTS_DETECTOR_PIPELINE_DRAWN_PARTS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/pipeline/part_reader.h"
#include "detector/report.h"
#include "detector/temporal/cell_areas.h"
#include "tests/detector/pipeline/fake_parts.h"
#include "tests/testutil/text_picture.h"

namespace burntin {

constexpr int kRows = 128;
constexpr int kColumns = 192;
constexpr uint8_t kGround = 20;
inline const std::map<uint8_t, std::string> kWords = {
    {255, "name"}, {200, "scale"}, {150, "word"}};

struct Block {
  Box box;
  uint8_t grey = 0;
};

class DrawnObject final : public FakeObject {
 public:
  explicit DrawnObject(int frames)
      : FakeObject(frames),
        pictures_(static_cast<size_t>(frames),
                  FlatPicture(kRows, kColumns, kGround)) {}

  Image& picture(int frame) { return pictures_[static_cast<size_t>(frame)]; }
  void Draw(int first, int last, const Block& block) {
    for (int frame = first; frame <= last; ++frame) {
      for (int y = block.box.y; y < block.box.y + block.box.height; ++y) {
        for (int x = block.box.x; x < block.box.x + block.box.width; ++x) {
          picture(frame).pixels[static_cast<size_t>(y) * kColumns + x] =
              block.grey;
        }
      }
    }
  }
  void AddCode(const std::string& code, const FrameRange& frames) {
    codes_.emplace_back(code, frames);
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    if (IsUndecodable(plane.frame)) {
      return Error(Reason::kFrameDecodeFailed, "A frame is damaged.");
    }
    DecodedPlane decoded{.views = {picture(plane.frame)}};
    for (const auto& [code, frames] : codes_) {
      if (plane.frame < frames.first || plane.frame > frames.last) continue;
      decoded.stated.push_back({.box = {100, 20, 64, 64},
                                .text = PhiText(code),
                                .is_barcode = true});
    }
    return decoded;
  }

 private:
  std::vector<std::pair<std::string, FrameRange>> codes_;
  std::vector<Image> pictures_;
};

// Boxes around the pixels of each word's grey.
inline std::vector<std::pair<Box, uint8_t>> BlocksOf(const Image& view) {
  std::map<uint8_t, Box> found;
  for (int y = 0; y < view.rows; ++y) {
    for (int x = 0; x < view.columns; ++x) {
      const uint8_t grey =
          view.pixels[static_cast<size_t>(y) * view.columns + x];
      if (!kWords.contains(grey)) continue;
      const Box pixel = {x, y, 1, 1};
      const auto known = found.find(grey);
      found[grey] = known == found.end() ? pixel : Unite(known->second, pixel);
    }
  }
  std::vector<std::pair<Box, uint8_t>> blocks;
  for (const auto& [grey, box] : found) blocks.emplace_back(box, grey);
  return blocks;
}

inline const Block kName = {{20, 20, 60, 12}, 255};
inline const Block kScale = {{20, 90, 40, 12}, 200};

// Sees blocks that are words.
class DrawnReader final : public PlaneReader, public PartReader {
 public:
  explicit DrawnReader(float evidence) : evidence_(evidence) {}

  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles& settles,
                                               TextTimings* timings) override {
    ++full;
    ASSIGN_OR_RETURN(PartText found, FindIn(views, {{{0, 0, kColumns, kRows}}},
                                            {}, settles, timings));
    if (full > 1 && forgets) found.regions.clear();
    return std::move(found.regions);
  }
  absl::StatusOr<GlanceMap> Glance(const Image& view, const Box& area,
                                   TextTimings*) override {
    GlanceMap map(view.rows, view.columns);
    for (const auto& [box, grey] : BlocksOf(view)) {
      const Box seen = Intersect(box, area);
      CellMarks(view.rows, view.columns).ForEachIn(seen, [&](int x, int y) {
        map.At(x, y) = evidence_;
      });
    }
    return map;
  }
  absl::StatusOr<PartText> FindIn(const std::vector<Image>& views,
                                  const std::vector<std::vector<Box>>& areas,
                                  const std::vector<Box>&, const Settles&,
                                  TextTimings*) override {
    ++closer;
    PartText found;
    if (closer > seeing && closer <= seeing + blind) {
      if (leaves_unread) found.unread = {unread};
      return found;
    }
    for (const auto& [box, grey] : BlocksOf(views[0])) {
      for (const Box& area : areas[0]) {
        if (Intersect(area, box) != box) continue;
        TextRegion region = Region(0, kWords.at(grey));
        region.box = {box.x - room, box.y - room, box.width + 2 * room,
                      box.height + 2 * room};
        found.regions.push_back(std::move(region));
      }
    }
    return found;
  }

  int seeing = 0;              // looks, of any kind, before the blind ones
  int blind = 0;               // looks that find no text
  int full = 0;                // frames looked at in full
  int closer = 0;              // looks by the detectors, those included
  bool leaves_unread = false;  // what a blind look says of the line ...
  Box unread = kName.box;      // ... in this place
  bool forgets = false;        // full looks but the first find nothing
  int room = 0;                // around the block, of a text's box

 private:
  const float evidence_;
};

// What matters of a report.
inline std::string Describe(const InstanceReport& report) {
  std::string text = std::to_string(static_cast<int>(report.verdict));
  for (const Finding& finding : report.findings) {
    text += "\n" + std::to_string(finding.box.x) + "," +
            std::to_string(finding.box.y) + " " +
            std::to_string(static_cast<int>(finding.match.category));
    for (const FrameRange& range : finding.frame_ranges) {
      text +=
          " " + std::to_string(range.first) + "-" + std::to_string(range.last);
    }
  }
  return text;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_PIPELINE_DRAWN_PARTS_H_
