// burntin-measure: asks several methods what text DICOM files show, one after
// the other in one process, and what it costs.
// usage: burntin-measure --models DIR [--languages LANG] < TASKS
//   --models DIR      holds the files that models/fetch puts there
//   --languages LANG  Tesseract's, as in eng+deu (default eng)
// A task is a line of JSON:
//   {"path": FILE, "methods": ["burntin", "burntin-new", "burntin-every",
//    "burntin-thorough", "burntin-own", "tesseract-psm3", "tesseract-psm11/8",
//    "decode", ...], "pictures": {"folder": DIR, "frames": [0]}}
// Methods are asked in the order given; an engine is loaded when it is first
// asked. "/8" asks about each eighth frame. `pictures` may be missing; without
// `frames` there is one of each frame. The answer is a line of JSON for each
// method, then one for the pictures. Or a task is
//   {"together": {"warm_up": FILE, "paths": [FILE, ...], "workers": 2,
//    "in_flight": 3, "isolated": true}}
// and the answer one line, as together.h has it. Texts are printed: give it
// files whose texts may be seen.
// Exit status: 0 the input ended, 2 wrong usage, a task that is none, or the
// output cannot be written.
#include <malloc.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "benchmarks/bench/method.h"
#include "benchmarks/bench/pictures.h"
#include "benchmarks/bench/together.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"

namespace burntin::bench {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kUsage =
    "usage: burntin-measure --models DIR [--languages LANG] < TASKS\n";
constexpr std::string_view kTesseract = "tesseract-psm";
constexpr int kLastPageSegmentation = 13;

Json ToJson(const Box& box) { return {box.x, box.y, box.width, box.height}; }

Json ToJson(const FoundText& found) {
  Json frames = Json::array();
  for (const FrameRange& range : found.frame_ranges) {
    frames.push_back({range.first, range.last});
  }
  Json text = {
      {"source", found.source},         {"box", ToJson(found.box)},
      {"frames", std::move(frames)},    {"orientation", found.orientation},
      {"confidence", found.confidence}, {"text", found.text.Reveal()}};
  if (!found.category.empty()) {
    text["category"] = found.category;
    text["score"] = found.score;
  }
  return text;
}

// The most memory that this program has had at a time; 0 if that cannot be
// read. What getrusage tells may be that of the process that started it.
int64_t PeakBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;) {
    int64_t kibibytes = 0;
    if (name == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

Json ToJson(const Answer& answer) {
  Json texts = Json::array();
  for (const FoundText& found : answer.texts) texts.push_back(ToJson(found));
  Json json = {{"texts", std::move(texts)}, {"frames", answer.frames},
               {"cpu_ms", answer.cpu_ms},   {"open_ms", answer.open_ms},
               {"peak_bytes", PeakBytes()}, {"stages_ms", answer.stages_ms}};
  if (!answer.verdict.empty()) {
    json["verdict"] = answer.verdict;
    json["risk"] = answer.risk;
  }
  return json;
}

Json ToJson(const TogetherAnswer& answer) {
  return {{"wall_ms", answer.wall_ms},
          {"stages_ms", answer.stages_ms},
          {"frames", answer.frames},
          {"verdicts", answer.verdicts}};
}

Json ToJson(const absl::Status& error) {
  const std::optional<Reason> reason = ReasonOf(error);
  return {{"error", reason ? ReasonName(*reason) : "UNKNOWN"},
          {"message", std::string(error.message())}};
}

absl::Status NoSuchMethod() {
  return Error(Reason::kInvalidArgument,
               "There is no method of this name. Name one of the usage.");
}

// `setting` is what follows "tesseract-psm": "11", or "11/8".
absl::StatusOr<std::unique_ptr<Method>> MakeTesseract(std::string_view setting,
                                                      const Engines& engines) {
  const size_t slash = std::min(setting.find('/'), setting.size());
  int stride = 1;
  if (slash < setting.size()) {
    const std::string_view number = setting.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), stride);
    if (error != std::errc() || end != number.data() + number.size() ||
        stride < 1) {
      return NoSuchMethod();
    }
  }
  for (int psm = 0; psm <= kLastPageSegmentation; ++psm) {
    if (setting.substr(0, slash) == std::to_string(psm)) {
      return MakeTesseractMethod(engines, psm, stride);
    }
  }
  return NoSuchMethod();
}

absl::StatusOr<std::unique_ptr<Method>> MakeMethod(const std::string& name,
                                                   const Engines& engines) {
  if (name == "burntin") return MakeBurntinMethod(engines, Way::kUsual);
  if (name == "burntin-new") {
    return MakeBurntinMethod(engines, Way::kNew);
  }
  if (name == "burntin-thorough") {
    return MakeBurntinMethod(engines, Way::kThorough);
  }
  if (name == "burntin-every") {
    return MakeBurntinMethod(engines, Way::kEveryFrame);
  }
  if (name == "burntin-own") return MakeBurntinMethod(engines, Way::kOwn);
  if (name == "decode") return MakeDecodingMethod();
  if (name.starts_with(kTesseract)) {
    return MakeTesseract(std::string_view(name).substr(kTesseract.size()),
                         engines);
  }
  return NoSuchMethod();
}

TogetherTask ToTask(const Json& task) {
  return {.warm_up = task.at("warm_up"),
          .paths = task.at("paths"),
          .workers = task.at("workers"),
          .in_flight = task.at("in_flight"),
          .isolated = task.at("isolated")};
}

class Bench {
 public:
  explicit Bench(Engines engines) : engines_(std::move(engines)) {}

  // Prints the answers to one task.
  void Run(const Json& task) {
    if (task.contains("together")) {
      const auto answer = InspectTogether(engines_, ToTask(task["together"]));
      Print("together",
            answer.ok() ? ToJson(*answer) : ToJson(answer.status()));
      return;
    }
    const std::string path = task.at("path");
    for (const std::string name : task.value("methods", Json::array())) {
      const absl::StatusOr<Answer> answer = Ask(name, path);
      Print(name, answer.ok() ? ToJson(*answer) : ToJson(answer.status()));
    }
    if (task.contains("pictures")) Print("pictures", Draw(path, task));
  }

 private:
  absl::StatusOr<Answer> Ask(const std::string& name, const std::string& path) {
    auto known = methods_.find(name);
    if (known == methods_.end()) {
      ASSIGN_OR_RETURN(std::unique_ptr<Method> method,
                       MakeMethod(name, engines_));
      known = methods_.emplace(name, std::move(method)).first;
    }
    return known->second->Measure(path);
  }

  static Json Draw(const std::string& path, const Json& task) {
    const Json& wanted = task["pictures"];
    const auto pictures = WritePictures(
        path, wanted.value("frames", std::vector<int>()), wanted.at("folder"));
    if (!pictures.ok()) return ToJson(pictures.status());
    Json files = Json::array();
    for (const Picture& picture : *pictures) {
      files.push_back({{"frame", picture.frame}, {"file", picture.file}});
    }
    return {{"files", std::move(files)}};
  }

  static void Print(const std::string& method, Json answer) {
    answer["method"] = method;
    // What a reader returns need not be valid UTF-8.
    std::cout << answer.dump(-1, ' ', /*ensure_ascii=*/false,
                             Json::error_handler_t::replace)
              << std::endl;
  }

  const Engines engines_;
  std::map<std::string, std::unique_ptr<Method>> methods_;
};

int Main(const std::vector<std::string>& arguments) {
  Engines engines{.languages = "eng"};
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--models") engines.model_directory = arguments[i + 1];
    if (arguments[i] == "--languages") engines.languages = arguments[i + 1];
  }
  if (engines.model_directory.empty() || arguments.size() % 2 != 0) {
    std::cerr << kUsage;
    return 2;
  }
  Bench bench(std::move(engines));
  std::string line;
  while (std::getline(std::cin, line)) {
    try {
      bench.Run(Json::parse(line));
    } catch (const Json::exception&) {
      std::cerr << "burntin-measure: a line is no task.\n";
      return 2;
    }
    if (!std::cout) {
      std::cerr << "burntin-measure: the output cannot be written.\n";
      return 2;
    }
  }
  return 0;
}

}  // namespace
}  // namespace burntin::bench

int main(int argc, char** argv) {
  burntin::LimitLibraryThreads(argv);
  // As burntin-decoder does: memory of one frame serves the next.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return burntin::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
