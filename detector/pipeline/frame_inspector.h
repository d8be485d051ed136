// Finds the text on the frames of a cine one after the other. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_
#define BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"
#include "detector/base/region.h"
#include "detector/pipeline/plane_look.h"
#include "detector/temporal/seen_text.h"
#include "detector/temporal/view_history.h"

namespace burntin {

// A text of a cine; two of one number are the same.
struct NumberedText {
  int number = 0;
  TextRegion region;
};

// What is known of a cine after some of its frames. Copies are independent.
// Memory is bounded by a few frames, however many were looked at. One thread at
// a time.
//
// The first frame is looked at in full. Of each other one, only what is not as
// it was: the quick detector glimpses there, and what it sees that is no known
// text in its known place goes through the whole cascade. A frame is looked at
// in full again that shows new text, or a known one that may have changed, or
// perhaps a new barcode, or that cannot be compared.
class CineMemory {
 public:
  // The texts on the cine's next frame. After an error, or an exception, the
  // next frame is looked at in full.
  absl::StatusOr<std::vector<NumberedText>> Next(const PlaneId& plane,
                                                 const FrameTools& tools);

 private:
  struct Known {
    NumberedText text;
    size_t view = 0;  // where it stands out most
    SeenText look;
  };
  // Where a look found no text, though the quick detector saw a line.
  struct Denied {
    size_t view = 0;
    SeenText look;
  };
  using Areas = std::vector<std::vector<Box>>;  // by view

  absl::StatusOr<std::vector<NumberedText>> LookAtAll(const PlaneId& plane,
                                                      const FrameTools& tools);
  absl::StatusOr<std::vector<NumberedText>> LookAtChanges(
      const PlaneViews& views, const std::vector<Change>& changes,
      const FrameTools& tools);
  // Adds what the quick detector sees and nothing explains to `wanted`, and
  // what is too doubtful to be looked at on its first frame to `skipped`.
  absl::Status Glimpse(const PlaneViews& views,
                       const std::vector<Change>& changes,
                       const Areas& explained, const FrameTools& tools,
                       Areas* wanted, Areas* skipped);
  // What is known to stand, or known to be no text, on this frame; adds the
  // texts, and forgets those that are in doubt.
  Areas Explained(const PlaneViews& views, std::vector<NumberedText>* texts,
                  bool* in_doubt);
  void Deny(const PlaneViews& views, const std::vector<TextRegion>& found);
  void Replace(const PlaneViews& views, std::vector<TextRegion> found,
               std::vector<NumberedText>* texts);
  bool IsWorthALook(const GlimpsedLine& line, const Image& view,
                    size_t index) const;
  const NumberedText& Remember(const PlaneViews& views, TextRegion region);
  bool Fits(const PlaneViews& views) const;
  bool MayShowOtherCode(const PlaneViews& views,
                        const std::vector<Change>& changes) const;
  void MakeRoom(const PlaneViews& views);

  std::vector<ViewHistory> history_;  // by view; empty: nothing is known
  std::vector<Known> known_;          // the oldest first
  std::vector<Denied> denied_;        // the oldest first
  Areas seen_lines_;                  // that were looked at on this frame
  Areas skipped_;                     // on the last frame
  int numbers_ = 0;
  int restless_ = 0;  // frames in a row that had to be looked at in full
  int direct_ = 0;    // frames that are looked at in full without asking
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_FRAME_INSPECTOR_H_
