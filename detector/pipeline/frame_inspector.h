// Finds the text on the frames of a cine one after the other, or on the
// pictures of a series. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_
#define BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"
#include "detector/base/region.h"
#include "detector/pipeline/plane_look.h"
#include "detector/temporal/familiar_cells.h"
#include "detector/temporal/seen_text.h"
#include "detector/temporal/unsettled_cells.h"
#include "detector/temporal/view_history.h"
#include "detector/text/first_glance.h"

namespace burntin {

// A text of a cine; two of one number are the same.
struct NumberedText {
  int number = 0;
  TextRegion region;
};

// What is known of a cine after some of its frames, or of a series after some
// of its pictures. Copies are independent. Memory is bounded by a few frames,
// however many were looked at. One thread at a time.
//
// The first frame is looked at in full. Of each other one, a first glance sees
// only what is not as it was. Where that looks like text, is none of the known
// texts in their places, and looks more like text than what was looked at there
// before, or where a known text may have changed, the detectors look and the
// readers read. A frame is looked at in full again where they find new text, or
// no longer find a known one; that cannot be compared; or while one look does
// not settle what is there: something that stands looks so much like text that
// it may be some all the same, what moves behind a text may have it read
// otherwise, or nobody can read a line, and the verdict is open. Barcodes are
// read on every frame, where it is decoded.
class CineMemory {
 public:
  // The texts on the cine's next frame. After an error, or an exception, the
  // next frame is looked at in full.
  absl::StatusOr<std::vector<NumberedText>> Next(const PlaneId& plane,
                                                 const FrameTools& tools);

  // The next frame is an object of its own, whose verdict no other frame's
  // doubts may have used up.
  void BeginPicture() { doubts_ = 0; }

  // About what it takes, in bytes. 0 before the first frame.
  int64_t Bytes() const;

 private:
  // What was seen of one view of each frame.
  struct Seen {
    ViewHistory history;
    FamiliarCells familiar;
    UnsettledCells unsettled;
  };
  struct Known {
    NumberedText text;
    size_t view = 0;  // where it stands out most
    SeenText look;
    int looks = 1;  // how often it was looked at in full
  };
  using Areas = std::vector<std::vector<Box>>;  // by view

  // What is known of a frame before anything of it is read.
  struct Sighted {
    std::vector<NumberedText> texts;  // that stand on it as they did
    std::vector<Known> doubtful;      // that may have changed
    std::vector<Box> explained;       // where `texts` are
    // Whether one may read otherwise now, which further full looks settle.
    bool is_unsettled = false;
  };

  absl::StatusOr<std::vector<NumberedText>> LookAtAll(
      const DecodedPlane& decoded, const FrameTools& tools,
      std::vector<Seen> seen);
  absl::StatusOr<std::vector<NumberedText>> LookAtChanges(
      const DecodedPlane& decoded, const std::vector<Change>& changes,
      const FrameTools& tools);
  // A first glance at what changed of each view.
  static absl::StatusOr<std::vector<GlanceMap>> Glance(const PlaneViews& views,
                                                       const Areas& areas,
                                                       const FrameTools& tools);
  // The text in `areas` that `explained` does not cover.
  static absl::StatusOr<PartText> FindNew(const PlaneViews& views,
                                          const Areas& areas,
                                          const std::vector<Box>& explained,
                                          const FrameTools& tools);
  // Where text may have appeared, or may have changed.
  Areas Suspects(const PlaneViews& views, const std::vector<Change>& changes,
                 const std::vector<GlanceMap>& maps,
                 const Sighted& sighted) const;
  // Whether something that did not change may be text all the same.
  bool IsUnsettled(const std::vector<Change>& changes) const;
  static bool AreTheSame(const std::vector<TextRegion>& found,
                         const std::vector<Known>& doubtful);
  static bool AnyApart(const std::vector<Box>& lines, const Sighted& sighted);
  // Takes those texts out of `known_` that may have changed.
  Sighted Explain(const PlaneViews& views);
  // Adds the barcodes of a frame, with their numbers.
  void AddCode(TextRegion code, std::vector<NumberedText>* texts);
  // What was looked at in `looked` and is none of `texts` is no text; beside
  // one, no other. `changes` is empty where nothing is known of the frame
  // before.
  void LearnFrom(const std::vector<GlanceMap>& maps, const Areas& looked,
                 const std::vector<Change>& changes,
                 const std::vector<NumberedText>& texts);
  // What a full look leaves open.
  void LeaveOpen(const std::vector<GlanceMap>& maps,
                 const std::vector<NumberedText>& texts);
  void Replace(const PlaneViews& views, std::vector<TextRegion> found,
               bool in_full, Sighted* sighted);
  void CountLooks(const std::vector<NumberedText>& texts);
  const NumberedText& Remember(const PlaneViews& views, TextRegion region,
                               int looks);
  bool Fits(const PlaneViews& views) const;
  void MakeRoom(const PlaneViews& views);

  std::vector<Seen> seen_;    // by view; empty: nothing is known
  std::vector<Known> known_;  // the oldest first
  // Of the frames before, only so that a code keeps its number: a few, the
  // latest ones last.
  std::vector<NumberedText> codes_;
  int numbers_ = 0;
  int restless_ = 0;  // frames in a row on which something was not as expected
  int doubts_ = 0;    // frames looked at in full for a line that is unread
  int direct_ = 0;    // frames that are looked at in full without asking
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_
