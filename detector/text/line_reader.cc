#include "detector/text/line_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/line_geometry.h"
#include "detector/text/stacked_text.h"

namespace burntin {
namespace {

// A reading this sure is not tried in another orientation.
constexpr double kSureConfidence = 0.85;
// What the first reader must reach for a box to be text. At 0.5 and two
// characters it flagged 4 % of 189 clean pictures and lost none of 117
// identifying ones that the detector had found.
constexpr double kTextConfidence = 0.5;
constexpr int kTextCharacters = 2;
// A single character must be surer: noise reads as "1" or "-".
constexpr double kLetterConfidence = 0.9;
// Tesseract reads much into noise, so alone it must be surer and say more.
constexpr double kSecondReaderConfidence = 0.8;
constexpr int kSecondReaderCharacters = 4;
// A box this sure and this long is text even if nobody can read it: another
// script, say, or a hand's writing. Of 136 clean pictures, none had such a box.
constexpr double kSureLikelihood = 0.9;
constexpr double kLineShape = 2;
// An orientation is judged by how much it lets the reader read, up to so many
// characters.
constexpr int kEnoughCharacters = 8;
// A cut-out this much higher than wide may hold a turned line, or letters one
// below another.
constexpr double kTall = 1.5;
// A line that is read worse than this is tried as in a mirror, if the detector
// is about sure of it and it has a line's shape: a film seen from behind.
constexpr double kDoubtfulConfidence = 0.7;
constexpr double kLikely = 0.7;

// Letters and digits: ASCII ones and whatever is not ASCII.
int CountCharacters(const Reading& reading) {
  int count = 0;
  for (const char c : reading.text.Reveal()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool starts_other = byte >= 0xC0;  // UTF-8: first of several bytes
    const bool is_alnum = (byte >= '0' && byte <= '9') ||
                          ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    count += starts_other || is_alnum;
  }
  return count;
}

bool IsText(const Reading& first) {
  const int characters = CountCharacters(first);
  if (characters >= kTextCharacters) {
    return first.confidence >= kTextConfidence;
  }
  return characters == 1 && first.confidence >= kLetterConfidence;
}

bool IsTextToSecond(const Reading& second) {
  return CountCharacters(second) >= kSecondReaderCharacters &&
         second.confidence >= kSecondReaderConfidence;
}

// How good a reading is, to choose among orientations.
double Merit(const Reading& reading) {
  return reading.confidence *
         std::min(CountCharacters(reading), kEnoughCharacters);
}

bool HasLineShape(const Image& line) {
  const auto [shorter, longer] = std::minmax(line.rows, line.columns);
  return longer >= kLineShape * shorter;
}

std::vector<int> OrientationsToTry(const Image& line) {
  if (line.rows > kTall * line.columns) return {90, 270, 0, 180};
  return {0, 180};
}

// The best of what the first reader makes of a line.
class BestReading {
 public:
  explicit BestReading(TextRecognizer& reader) : reader_(reader) {}

  // Reads `picture`, in which the text would be upright if it were turned by
  // `orientation` on the line.
  absl::Status Try(Image picture, int orientation) {
    ASSIGN_OR_RETURN(Reading reading, reader_.Recognize(picture));
    if (Merit(reading) <= Merit(reading_)) return absl::OkStatus();
    reading_ = std::move(reading);
    picture_ = std::move(picture);
    orientation_ = orientation;
    return absl::OkStatus();
  }

  // Tries all orientations of `line` until one reads well.
  absl::Status TryTurned(const Image& line) {
    for (const int orientation : OrientationsToTry(line)) {
      // Text turned clockwise is set upright by turning it back.
      RETURN_IF_ERROR(Try(Turn(line, (360 - orientation) % 360), orientation));
      if (IsSure()) break;
    }
    return absl::OkStatus();
  }

  bool IsSure() const {
    return IsText(reading_) && reading_.confidence >= kSureConfidence;
  }
  bool IsDoubtful() const {
    return !IsText(reading_) || reading_.confidence < kDoubtfulConfidence;
  }

  const Reading& reading() const { return reading_; }
  // The one that was read; empty when nothing could be.
  const Image& picture() const { return picture_; }
  int orientation() const { return orientation_; }

 private:
  TextRecognizer& reader_;
  Reading reading_;
  Image picture_;
  int orientation_ = 0;
};

// Tries the letters of a column side by side. A cut-out has its longer side
// across, so a column lies in it, on its left side or on its right.
absl::Status TryUnstacked(const Image& line, BestReading* best) {
  const bool is_tall = line.rows > kTall * line.columns;
  for (const int turn : is_tall ? std::vector{0} : std::vector{90, 270}) {
    ASSIGN_OR_RETURN(std::optional<Image> letters, Unstack(Turn(line, turn)));
    if (letters) {
      RETURN_IF_ERROR(best->Try(*std::move(letters), (360 - turn) % 360));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<BestReading> ReadBest(const Image& line, double likelihood,
                                     TextRecognizer& reader) {
  BestReading best(reader);
  RETURN_IF_ERROR(best.TryTurned(line));
  if (!HasLineShape(line)) return best;
  if (best.IsDoubtful()) RETURN_IF_ERROR(TryUnstacked(line, &best));
  if (best.IsDoubtful() && likelihood >= kLikely) {
    RETURN_IF_ERROR(best.TryTurned(Mirror(line)));
  }
  return best;
}

// What the second reader makes of the picture that the first read best. Where
// the first read nothing (another script), it may be upside down.
absl::StatusOr<Reading> ReadAgain(const Image& line, const BestReading& best,
                                  TextRecognizer& reader) {
  if (!best.picture().empty()) return reader.Recognize(best.picture());
  ASSIGN_OR_RETURN(Reading reading, reader.Recognize(line));
  if (!HasLineShape(line) || IsTextToSecond(reading)) return reading;
  ASSIGN_OR_RETURN(Reading turned, reader.Recognize(Turn(line, 180)));
  return Merit(turned) > Merit(reading) ? turned : reading;
}

}  // namespace

absl::StatusOr<std::optional<LineReading>> ReadLine(const Image& line,
                                                    double likelihood,
                                                    const Settles& settles,
                                                    TextEngines& engines) {
  ASSIGN_OR_RETURN(const BestReading best,
                   ReadBest(line, likelihood, *engines.first_reader));
  const Reading& first = best.reading();
  LineReading result{.orientation = best.orientation()};
  if (IsText(first) && settles && settles(first)) {
    result.readings = {first};
    return std::make_optional(std::move(result));
  }
  ASSIGN_OR_RETURN(Reading second,
                   ReadAgain(line, best, *engines.second_reader));
  const bool is_long_and_sure =
      likelihood >= kSureLikelihood && HasLineShape(line);
  if (!IsText(first) && !IsTextToSecond(second) && !is_long_and_sure) {
    return std::optional<LineReading>();
  }
  result.readings = {first, std::move(second)};
  return std::make_optional(std::move(result));
}

}  // namespace burntin
