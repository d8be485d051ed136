// Looks once more, with all that is around it, at what may be no text. Private
// to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_REGION_JUDGE_H_
#define BURNTIN_DETECTOR_TEXT_REGION_JUDGE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/region.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/text_finder.h"

namespace burntin {

// Of one view, which must outlive it, as must the detectors. An edge of what
// was cut out for the detector can look like a letter's; the whole picture
// shows what it is.
class RegionJudge {
 public:
  struct Detectors {
    AreaTextDetector* careful;            // null: all counts as it is
    AreaTextDetector* general = nullptr;  // of another kind; null: none
  };

  // What one reading settles, nobody else was asked about. The CPU time of
  // looks is added to `detect_ms`.
  RegionJudge(const Image& view, Detectors detectors, const Settles& settles,
              double* detect_ms)
      : view_(view),
        detectors_(detectors),
        settles_(settles),
        detect_ms_(detect_ms) {}

  // Whether `region` is text, `others` being what could be read well. A box
  // around lower ones of these is text only if it is without them: lines that
  // stand close, or one with much around it, look like a higher one on a
  // reduced picture. What readers do not agree about must look like text in its
  // surroundings, as it is, in a mirror or on its head; the more so the less
  // sure they are; a row of like characters must look surely like text. Most of
  // what they agree about must look like text at all.
  absl::StatusOr<bool> IsText(const TextRegion& region,
                              const std::vector<TextRegion>& others);

  // The same for what nobody could read, which must look surely like text, and
  // to both detectors unless one has no doubt.
  absl::StatusOr<bool> IsTextUnread(const TextRegion& region,
                                    const std::vector<TextRegion>& others);

 private:
  // Whether somebody read a row of high rings, and nobody else the same or
  // something else.
  bool IsRowOfHighRings(const TextRegion& region) const;
  // Whether `box` looks like text when `lines` in it are blanked.
  absl::StatusOr<bool> IsTextWithout(const Box& box,
                                     const std::vector<TextRegion>& lines);
  // Whether there is text in the place of `box`, so likely in the mean of the
  // view's poses.
  absl::StatusOr<bool> IsLikely(const Box& box, double least);
  // The mean itself; 0 where it is below `least`.
  absl::StatusOr<double> MeanLikelihood(const Box& box, double least);
  // Whether one of the poses shows text there.
  absl::StatusOr<bool> IsPossible(const Box& box);
  // How likely there is text in the place of `box`, in one of the poses.
  absl::StatusOr<double> LikelihoodInPose(const Box& box, int pose);
  // The same on `view`, where the box is, by one of the detectors.
  absl::StatusOr<double> LikelihoodAt(const Box& box, const Image& view,
                                      AreaTextDetector& detector);

  const Image& view_;
  const Detectors detectors_;
  const Settles& settles_;
  double* detect_ms_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_REGION_JUDGE_H_
