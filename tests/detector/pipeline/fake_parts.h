// Stand-ins for the parts of an inspection: an object whose frames are one
// pixel that says which frame it is, a reader that finds what the test
// planned for that frame, and a matcher that takes its orders from the text.
#ifndef BURNTIN_TESTS_DETECTOR_PIPELINE_FAKE_PARTS_H_
#define BURNTIN_TESTS_DETECTOR_PIPELINE_FAKE_PARTS_H_

#include <functional>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/pipeline/inspection.h"

namespace burntin {

class FakeObject : public DicomObject {
 public:
  explicit FakeObject(int frames) : frames_(frames) {
    for (int frame = 0; frame < frames; ++frame) {
      planes_.push_back({.source = Source::kFrame, .frame = frame});
    }
  }

  void AddOverlay(int group, int offset_x, int offset_y) {
    planes_.push_back({.source = Source::kOverlayPlane,
                       .source_index = group,
                       .offset_x = offset_x,
                       .offset_y = offset_y});
  }
  // Adds a page of a document.
  void AddPage() {
    planes_.push_back({.source = Source::kDocument, .frame = frames_++});
  }
  // Makes it a presentation state that draws `text`.
  void AddGraphicText(const std::string& text) {
    ++frames_;
    planes_.push_back({.source = Source::kGraphicAnnotation});
    graphic_text_.push_back({.text = PhiText(text)});
  }
  void AddOmission(Reason reason) {
    omissions_.push_back(Error(reason, "A place was left out."));
  }
  void AddIdentifier(const std::string& keyword, const std::string& value) {
    header_.identifiers.push_back({keyword, PhiText(value)});
  }
  void SetSeries(const std::string& uid) { header_.series_instance_uid = uid; }
  void FailToDecode(int frame) { undecodable_ = frame; }
  void DecodeToNothing(int frame) { without_picture_ = frame; }

  const Header& header() const override { return header_; }
  int frames_total() const override { return frames_; }
  const std::vector<PlaneId>& planes() const override { return planes_; }
  const std::vector<absl::Status>& omissions() const override {
    return omissions_;
  }
  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    if (plane.source == Source::kGraphicAnnotation) {
      return DecodedPlane{.stated = graphic_text_};
    }
    if (plane.frame == undecodable_) {
      return Error(Reason::kFrameDecodeFailed, "A frame is damaged.");
    }
    if (plane.frame == without_picture_) return DecodedPlane();
    return DecodedPlane{
        .views = {Image{.rows = 1,
                        .columns = 1,
                        .pixels = {static_cast<uint8_t>(plane.frame)}}}};
  }

 protected:
  bool IsUndecodable(int frame) const { return frame == undecodable_; }

 private:
  int frames_;
  int undecodable_ = -1;
  int without_picture_ = -1;
  Header header_;
  std::vector<StatedText> graphic_text_;
  std::vector<PlaneId> planes_;
  std::vector<absl::Status> omissions_;
};

// What is found on a frame; see FakeReader.
using Plan = std::function<absl::StatusOr<std::vector<TextRegion>>(int frame)>;

class FakeReader final : public PlaneReader {
 public:
  explicit FakeReader(Plan plan) : plan_(std::move(plan)) {}

  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles&,
                                               TextTimings* timings) override {
    timings->candidates_ms += 3;
    timings->detect_ms += 1;
    timings->recognize_ms += 2;
    return plan_(views.front().pixels.front());
  }

 private:
  Plan plan_;
};

// A region at `x` that reads `text`.
inline TextRegion Region(int x, const std::string& text) {
  return {.box = {x, 0, 10, 10},
          .likelihood = 1,
          .readings = {{.text = PhiText(text), .confidence = 1}}};
}

// "name" is the patient's name, "scale" is benign, anything else unproven.
// Looks for two identifiers of a header at most.
class FakeMatcher final : public PhiMatcher {
 public:
  std::vector<Match> MatchPlane(std::span<const TextRegion> regions,
                                const Header&) const override {
    std::vector<Match> matches;
    for (const TextRegion& region : regions) {
      matches.push_back(MatchOf(region.readings.front()));
    }
    return matches;
  }

  PreparedHeader Prepare(const Header& header) const override {
    return PreparedHeader(header, /*terms=*/nullptr,
                          /*is_complete=*/header.identifiers.size() <= 2);
  }

 private:
  static Match MatchOf(const Reading& reading) {
    if (reading.text.Reveal() == "name") {
      return {.category = Category::kPersonName,
              .score = 0.99,
              .matched_attribute = "PatientName",
              .reading = reading};
    }
    if (reading.text.Reveal() == "scale") {
      return {.category = Category::kBenign, .score = 0, .reading = reading};
    }
    return {.category = Category::kOther, .score = 0.3, .reading = reading};
  }
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_PIPELINE_FAKE_PARTS_H_
