#include "detector/text/line_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/line_geometry.h"
#include "detector/text/line_room.h"
#include "detector/text/stacked_text.h"
#include "detector/text/text_evidence.h"

namespace burntin {
namespace {

// A reading this sure is not tried in another orientation.
constexpr double kSureConfidence = 0.85;
// What the quick reader reads this surely needs no other if it says enough.
constexpr double kSureAlone = 0.95;
constexpr double kLineShape = 2;
// An orientation is judged by how much it lets the reader read, up to so many
// characters.
constexpr int kEnoughCharacters = 8;
// Fewer are little to go by.
constexpr int kFewCharacters = 2;
// A lone character is at most this much wider than high.
constexpr double kWidestLone = 2.2;
// A cut-out this much higher than wide may hold a turned line, or letters one
// below another.
constexpr double kTall = 1.5;
// A line that is read worse than this is tried as in a mirror, if the detector
// is about sure of it and it has a line's shape: a film seen from behind.
constexpr double kDoubtfulConfidence = 0.7;
constexpr double kLikely = 0.7;

// What the quick reader is not shown at each longer side of a cut-out, as a
// part of its height, and half of that at its ends: detectors leave twice the
// room around letters that it was taught. Of 461 lines of the train split's
// default profile it reads 77 % without a slip with nothing left out, 83 with
// 0.05, 84 with 0.1 and 86 with 0.15 and 0.2; of 163 of the accuracy profile
// 74, 79, 83, 82 and 78.
constexpr double kLeftOut = 0.1;
// Boxes fit more or less well, and at a picture's edge there is no room. What
// the quick reader is not quite sure of, it is shown again with these left out.
constexpr double kOtherwiseLeftOut[] = {0, 0.2};

// What the quick reader takes for letters of a script that it does not know.
// Letters that are turned or mirrored look like these.
constexpr std::string_view kUnknownLetter = "\xEF\xBF\xBD";
constexpr double kMostlyUnknown = 0.34;

// Characters that are others, or themselves, upside down.
constexpr char kBothWays[] = "01689HINOSXZloszx -./:";

// How good a reading is, to choose among orientations.
double Merit(const Reading& reading) {
  return reading.confidence *
         std::min(CountCharacters(reading), kEnoughCharacters);
}

bool HasLineShape(const Image& line) {
  const auto [shorter, longer] = std::minmax(line.rows, line.columns);
  return longer >= kLineShape * shorter;
}

std::vector<int> OrientationsToTry(const Image& line, int likeliest) {
  std::vector<int> all = line.rows > kTall * line.columns
                             ? std::vector{90, 270, 0, 180}
                             : std::vector{0, 180};
  const auto first = std::find(all.begin(), all.end(), likeliest);
  if (first != all.end()) std::rotate(all.begin(), first, first + 1);
  return all;
}

// Whether text reads as other text when it is turned upside down, as 1986 does.
bool ReadsBothWays(const Reading& reading) {
  return reading.text.Reveal().find_first_not_of(kBothWays) ==
         std::string::npos;
}

bool IsOfUnknownLetters(const Reading& reading) {
  const std::string& text = reading.text.Reveal();
  int unknown = 0;
  for (size_t at = text.find(kUnknownLetter); at != std::string::npos;
       at = text.find(kUnknownLetter, at + kUnknownLetter.size())) {
    ++unknown;
  }
  return unknown > 0 && unknown >= kMostlyUnknown * CountCharacters(reading);
}

// Whether one character stands in a box with room for several.
bool IsLostInBox(const Reading& reading, const Image& picture) {
  return CountCharacters(reading) == 1 &&
         picture.columns > kWidestLone * picture.rows;
}

absl::StatusOr<Reading> ReadBy(int who, const Image& picture,
                               TextEngines& engines) {
  TextRecognizer& reader = who == kQuickReader   ? *engines.quick_reader
                           : who == kFirstReader ? *engines.first_reader
                                                 : *engines.second_reader;
  ASSIGN_OR_RETURN(Reading reading, reader.Recognize(picture));
  reading.recognizer = who;
  return reading;
}

// The best of what one reader makes of a line.
class BestReading {
 public:
  BestReading(int who, double likelihood, TextEngines& engines)
      : who_(who), likelihood_(likelihood), engines_(&engines) {}

  // Reads `picture`, in which the text is upright if it has this pose on the
  // line, and which has a detector's room around it unless it is `close`.
  absl::Status Try(Image picture, const LinePose& pose, bool close = false) {
    ASSIGN_OR_RETURN(
        Reading reading,
        ReadBy(who_,
               who_ == kQuickReader && !close ? WithLessRoom(picture, kLeftOut)
                                              : picture,
               *engines_));
    if (Merit(reading) <= Merit(reading_)) return absl::OkStatus();
    reading_ = std::move(reading);
    picture_ = std::move(picture);
    pose_ = pose;
    return absl::OkStatus();
  }

  // Tries all orientations of `line` until one reads well. A mirrored pose is
  // that of the text beside the mirror.
  absl::Status TryTurned(const Image& line, const LinePose& likeliest) {
    LinePose pose = likeliest;
    for (const int orientation :
         OrientationsToTry(line, likeliest.orientation)) {
      pose.orientation = orientation;
      // Text turned clockwise is set upright by turning it back.
      RETURN_IF_ERROR(Try(Turn(line, (360 - orientation) % 360), pose));
      if (IsSure()) break;
    }
    return absl::OkStatus();
  }

  // Reads what was read best once more as it is, unless what was left out is
  // plain, since it may hold letters, and with less around it where it is not
  // quite sure. No character gets lost.
  absl::Status TryOtherRooms() {
    for (const double left_out : kOtherwiseLeftOut) {
      if (picture_.empty()) break;
      if (reading_.confidence >= kSureAlone &&
          (left_out > 0 || IsRoomPlain(picture_, kLeftOut))) {
        break;
      }
      ASSIGN_OR_RETURN(
          Reading reading,
          ReadBy(who_, WithLessRoom(picture_, left_out), *engines_));
      const int more = CountCharacters(reading) - CountCharacters(reading_);
      if ((more >= 0 && Merit(reading) > Merit(reading_)) ||
          (more > 0 && reading.confidence >= kSureConfidence)) {
        reading_ = std::move(reading);
      } else if (more > 0) {  // it may have lost some
        reading_.confidence = std::min(reading_.confidence, reading.confidence);
      }
    }
    return absl::OkStatus();
  }

  bool IsSure() const {
    return ShowsText(reading_, likelihood_) &&
           reading_.confidence >= kSureConfidence && !ReadsBothWays(reading_) &&
           !IsOfUnknownLetters(reading_);
  }
  // Whether there is much to read, and it is read surely, text or not.
  bool IsClear() const {
    return CountCharacters(reading_) >= kFewCharacters &&
           reading_.confidence >= kSureConfidence;
  }
  bool IsDoubtful() const {
    return !ShowsText(reading_, likelihood_) ||
           reading_.confidence < kDoubtfulConfidence;
  }

  const Reading& reading() const { return reading_; }
  // The one that was read; empty when nothing could be.
  const Image& picture() const { return picture_; }
  const LinePose& pose() const { return pose_; }

 private:
  int who_;
  double likelihood_;
  TextEngines* engines_;
  Reading reading_;
  Image picture_;
  LinePose pose_;
};

// Tries the letters of a column side by side. A cut-out has its longer side
// across, so a column lies in it, on its left side or on its right.
absl::Status TryUnstacked(const Image& line, BestReading* best) {
  const bool is_tall = line.rows > kTall * line.columns;
  for (const int turn : is_tall ? std::vector{0} : std::vector{90, 270}) {
    ASSIGN_OR_RETURN(std::optional<Image> letters, Unstack(Turn(line, turn)));
    if (letters) {
      RETURN_IF_ERROR(best->Try(*std::move(letters),
                                {.orientation = (360 - turn) % 360},
                                /*close=*/true));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<BestReading> ReadBest(const Image& line, double likelihood,
                                     const LinePose& likeliest, int who,
                                     TextEngines& engines) {
  BestReading best(who, likelihood, engines);
  const LinePose upright = {.orientation = likeliest.orientation};
  const LinePose mirrored = {.orientation = likeliest.orientation,
                             .mirrored = true};
  if (likeliest.mirrored) {
    RETURN_IF_ERROR(best.TryTurned(Mirror(line), mirrored));
    if (best.IsSure()) return best;
  }
  RETURN_IF_ERROR(best.TryTurned(line, upright));
  if (!HasLineShape(line)) return best;
  if (best.IsDoubtful()) RETURN_IF_ERROR(TryUnstacked(line, &best));
  // The quick reader costs little, and reads some lines well from the wrong
  // side.
  const bool in_doubt =
      who == kQuickReader ? !best.IsSure() : best.IsDoubtful();
  if (in_doubt && likelihood >= kLikely && !likeliest.mirrored) {
    RETURN_IF_ERROR(best.TryTurned(Mirror(line), mirrored));
  }
  return best;
}

// What the second reader makes of the picture that the first read best. Where
// the first read nothing (another script), it may be upside down.
absl::StatusOr<Reading> ReadAgain(const Image& line, const BestReading& best,
                                  double likelihood, TextEngines& engines) {
  if (!best.picture().empty()) {
    return ReadBy(kSecondReader, best.picture(), engines);
  }
  ASSIGN_OR_RETURN(Reading reading, ReadBy(kSecondReader, line, engines));
  if (!HasLineShape(line) || ShowsTextToSecond(reading, likelihood)) {
    return reading;
  }
  ASSIGN_OR_RETURN(Reading turned,
                   ReadBy(kSecondReader, Turn(line, 180), engines));
  return Merit(turned) > Merit(reading) ? turned : reading;
}

// Whether one of `confirmed` says just the same.
bool IsAmong(const Reading& reading, const std::vector<Reading>& confirmed) {
  return std::any_of(confirmed.begin(), confirmed.end(),
                     [&](const Reading& other) {
                       return other.text.Reveal() == reading.text.Reveal();
                     });
}

// What the quick reader is sure of, confirmed: by what it says itself if that
// settles the line, by the same on another view, or by the next reader, and by
// the second where the two do not agree. Nothing if they leave it in doubt.
absl::StatusOr<std::optional<LineReading>> Confirm(
    const BestReading& quick, double likelihood,
    const std::vector<Reading>& confirmed, const Settles& settles,
    TextEngines& engines) {
  LineReading result{.pose = quick.pose(),
                     .is_sure = quick.IsSure(),
                     .readings = {quick.reading()}};
  if (quick.IsSure() && (IsAmong(quick.reading(), confirmed) ||
                         (quick.reading().confidence >= kSureAlone && settles &&
                          settles(quick.reading())))) {
    return std::make_optional(std::move(result));
  }
  const bool has_first = engines.first_reader != nullptr;
  ASSIGN_OR_RETURN(Reading next,
                   ReadBy(has_first ? kFirstReader : kSecondReader,
                          quick.picture(), engines));
  const bool agree = ShowTextTogether(quick.reading(), next);
  const bool shows_text = has_first ? ShowsText(next, likelihood)
                                    : ShowsTextToSecond(next, likelihood);
  if (!agree && !shows_text) return std::optional<LineReading>();
  const bool is_settled = settles && settles(next);
  result.readings.push_back(std::move(next));
  if (has_first && !agree && !is_settled) {
    ASSIGN_OR_RETURN(Reading second,
                     ReadBy(kSecondReader, quick.picture(), engines));
    result.readings.push_back(std::move(second));
  }
  return std::make_optional(std::move(result));
}

// The line as the slower readers see it, for whom the quick one's reading is
// one more where it saw the same. Without a first reader, what the quick one,
// which there is then, sees is taken for that.
absl::StatusOr<std::optional<LineReading>> ReadInDoubt(
    const Image& line, const BestReading& quick, double likelihood,
    const LinePose& likeliest, const Settles& settles, TextEngines& engines) {
  const bool has_first = engines.first_reader != nullptr;
  BestReading best = quick;
  if (has_first) {
    ASSIGN_OR_RETURN(best, ReadBest(line, likelihood,
                                    quick.IsSure() ? quick.pose() : likeliest,
                                    kFirstReader, engines));
  }
  const Reading& first = best.reading();
  LineReading result{.pose = best.pose(), .is_sure = best.IsSure()};
  // Text that is the same on its head may have been read that way.
  const bool saw_the_same =
      has_first && !quick.picture().empty() &&
      (quick.pose() == best.pose() ||
       (quick.reading().text.Reveal() == first.text.Reveal() &&
        ReadsBothWays(first)));
  const bool shows_text =
      (ShowsText(first, likelihood) && !IsLostInBox(first, best.picture())) ||
      (saw_the_same && ShowTextTogether(quick.reading(), first));
  if (shows_text && settles && settles(first) &&
      !IsOfLikeCharacters(first.text.Reveal())) {
    result.readings = {first};
    return std::make_optional(std::move(result));
  }
  Reading second;
  if (IsWorthASecondReading(first, likelihood)) {
    ASSIGN_OR_RETURN(second, ReadAgain(line, best, likelihood, engines));
  }
  result.is_text = shows_text || ShowsTextToSecond(second, likelihood);
  if (!result.is_text && !IsTextUnread(first, likelihood, HasLineShape(line))) {
    return std::optional<LineReading>();
  }
  result.readings = {first, std::move(second)};
  if (saw_the_same) {
    result.readings.push_back(quick.reading());
  }
  return std::make_optional(std::move(result));
}

}  // namespace

absl::StatusOr<std::optional<LineReading>> ReadLine(const Image& line,
                                                    double likelihood,
                                                    const LineHints& hints,
                                                    const Settles& settles,
                                                    TextEngines& engines) {
  BestReading quick(kQuickReader, likelihood, engines);
  if (engines.quick_reader == nullptr) {
    return ReadInDoubt(line, quick, likelihood, hints.likeliest, settles,
                       engines);
  }
  ASSIGN_OR_RETURN(quick, ReadBest(line, likelihood, hints.likeliest,
                                   kQuickReader, engines));
  RETURN_IF_ERROR(quick.TryOtherRooms());
  if (!engines.thorough && IsSurelyNoText(quick.reading(), likelihood)) {
    return std::optional<LineReading>();
  }
  if (quick.IsClear()) {
    ASSIGN_OR_RETURN(
        std::optional<LineReading> confirmed,
        Confirm(quick, likelihood, hints.confirmed, settles, engines));
    if (confirmed) return confirmed;
  }
  return ReadInDoubt(line, quick, likelihood, hints.likeliest, settles,
                     engines);
}

}  // namespace burntin
