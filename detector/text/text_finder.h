// text: finds the text on a plane and reads it.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_FINDER_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_FINDER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/network_choice.h"
#include "detector/base/region.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/first_glance.h"
#include "detector/text/neural_network.h"
#include "detector/text/text_candidates.h"
#include "detector/text/text_recognizer.h"

namespace burntin {

// The engines of one worker.
struct TextEngines {
  std::unique_ptr<TextCandidates> candidates;
  std::unique_ptr<FirstGlance> first_glance;  // null: none
  // The judge of how likely a line is; sees lines in all directions.
  std::unique_ptr<AreaTextDetector> first_detector;
  // Looks again, closely, where the first leaves doubts.
  std::unique_ptr<AreaTextDetector> second_detector;
  // Sees lines as the first detector does, but without the quick one that says
  // where: for small parts of a picture, and for one more look, with all that
  // is around, at what nobody can read. Null: the first detector looks at
  // parts, and what nobody can read counts as it is.
  std::unique_ptr<AreaTextDetector> careful_detector;
  // For text of all kinds: one more opinion on what nobody can read. Null:
  // none.
  std::unique_ptr<AreaTextDetector> general_detector;
  // Whether the second detector looks at everything the first looks at, and the
  // slower readers at everything the quick one sees no text in.
  bool thorough = false;
  // Reads most lines surely in a fraction of the others' time. Null: none.
  std::unique_ptr<TextRecognizer> quick_reader;
  // Knows more scripts, with other mistakes. Null: none, where there is a quick
  // one.
  std::unique_ptr<TextRecognizer> first_reader;
  // One more opinion.
  std::unique_ptr<TextRecognizer> second_reader;
};

// Whether a reading says so much about a person that no second opinion could
// make a difference. Empty: none does.
using Settles = std::function<bool(const Reading&)>;

// CPU milliseconds; added to, never reset.
struct TextTimings {
  double candidates_ms = 0;
  double detect_ms = 0;
  double recognize_ms = 0;
};

// What parts of a plane show.
struct PartText {
  std::vector<TextRegion> regions;
  // Lines that are as likely text as not, and that nobody can read.
  std::vector<Box> unread;
};

struct TextModels {
  std::string model_directory;
  std::string tessdata_directory;
  std::string languages;
  std::shared_ptr<NeuralRuntime> runtime;  // null: OpenCV's
  NetworkChoice networks = NetworkChoice::kAll;
  bool glances = false;  // there is a first glance, a network of our own
  // All of every view goes to the careful detector, at both sizes, and to one
  // for text of all kinds where there is one: slower, and the measure of what
  // the stages before may leave out.
  bool thorough = false;
};

// Loads one set of engines. MODEL_NOT_LOADED, with what to do, if any part is
// missing.
absl::StatusOr<TextEngines> MakeTextEngines(const TextModels& models);

// Serves one thread at a time.
class TextFinder {
 public:
  explicit TextFinder(TextEngines engines) : engines_(std::move(engines)) {}

  // The text on one plane, given as views of equal size. What one view shows
  // and another hides is found; what several show is reported once, with the
  // readings of all. Boxes lie within the view. An error means that an engine
  // failed, and that nothing may be concluded.
  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles& settles,
                                               TextTimings* timings);

  // The same, of `areas[i]` of `views[i]` alone, which are small: they are
  // looked at even where a view before shows the same. Areas of a view lie
  // apart from each other. Text that one of `known` mostly covers is left
  // out, unread.
  absl::StatusOr<PartText> FindIn(const std::vector<Image>& views,
                                  const std::vector<std::vector<Box>>& areas,
                                  const std::vector<Box>& known,
                                  const Settles& settles, TextTimings* timings);

  // Needs a first glance. What it says of `area` of `view`: where it sees next
  // to no evidence, Find has next to no chance to find text.
  absl::StatusOr<GlanceMap> Glance(const Image& view, const Box& area,
                                   TextTimings* timings);

 private:
  absl::StatusOr<PartText> Search(const std::vector<Image>& views,
                                  const std::vector<std::vector<Box>>& areas,
                                  const std::vector<Box>& known,
                                  AreaTextDetector& first_detector,
                                  const Settles& settles, TextTimings* timings);

  TextEngines engines_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_FINDER_H_
