#include "client/batch/plan.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "client/batch/checksum.h"
#include "client/html/atomic_file.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

using nlohmann::json;

constexpr char kFormat[] = "burntin-batch-1";
// "OFFSET CHECKSUM\n", in 20 and 8 digits, so that a part's line has a place
// that can be computed.
constexpr int64_t kIndexLineBytes = 30;

std::string PlanPath(const std::string& batch) { return batch + "/plan.json"; }
std::string ManifestPath(const std::string& batch) {
  return batch + "/manifest.tsv";
}
std::string IndexPath(const std::string& batch) {
  return batch + "/manifest.index";
}

char Letter(FoundFile::State state) {
  switch (state) {
    case FoundFile::State::kReadable:
      return 'r';
    case FoundFile::State::kEmpty:
      return 'e';
    case FoundFile::State::kUnreadable:
      break;
  }
  return 'u';
}

FoundFile::State StateOf(char letter) {
  if (letter == 'r') return FoundFile::State::kReadable;
  if (letter == 'e') return FoundFile::State::kEmpty;
  return FoundFile::State::kUnreadable;
}

// Paths may hold any byte, line feeds too.
std::string ManifestLine(const FoundFile& file) {
  return fmt::format("{}\t{}\t{}\n", Letter(file.state), file.bytes,
                     absl::Utf8SafeCEscape(file.path));
}

std::optional<FoundFile> ParseManifestLine(std::string_view line) {
  if (line.size() < 4 || line[1] != '\t') return std::nullopt;
  const size_t tab = line.find('\t', 2);
  if (tab == std::string_view::npos) return std::nullopt;
  int64_t bytes = 0;
  const char* end = line.data() + tab;
  const auto [rest, error] = std::from_chars(line.data() + 2, end, bytes);
  std::string path;
  const std::string escaped(line.substr(tab + 1));
  if (error != std::errc() || rest != end || !absl::CUnescape(escaped, &path)) {
    return std::nullopt;
  }
  return MakeFoundFile(std::move(path), bytes, StateOf(line[0]));
}

absl::Status NotThePlan(const std::string& batch) {
  return Error(Reason::kInvalidArgument,
               "The manifest in " + batch +
                   " is not the one that was planned, or is damaged. Plan the "
                   "batch again in another folder.");
}

// Writes the lines of the manifest and of its index.
class ManifestWriter {
 public:
  ManifestWriter(int64_t part_size, std::ostream* manifest, std::ostream* index)
      : manifest_(manifest), index_(index) {
    plan_.part_size = part_size;
  }

  void Add(const FoundFile& file) {
    part_ += ManifestLine(file);
    ++plan_.instances;
    plan_.bytes += file.bytes;
    if (plan_.instances % plan_.part_size == 0) EndPart();
  }

  void AddSkipped() { ++plan_.skipped; }

  int64_t instances() const { return plan_.instances; }

  Plan Finish() {
    if (!part_.empty()) EndPart();
    plan_.id = chain_;
    return plan_;
  }

 private:
  void EndPart() {
    const std::string line =
        fmt::format("{:020} {}\n", offset_, Checksum(part_));
    *index_ << line;
    *manifest_ << part_;
    offset_ += static_cast<int64_t>(part_.size());
    chain_ = Checksum(chain_ + line);
    part_.clear();
  }

  std::ostream* const manifest_;
  std::ostream* const index_;
  Plan plan_;
  std::string part_;  // the lines of the part that is not full yet
  std::string chain_;
  int64_t offset_ = 0;
};

absl::Status MakeFolders(const std::string& batch) {
  std::error_code error;
  std::filesystem::create_directories(batch, error);
  const bool made_new = !error && std::filesystem::is_empty(batch, error);
  if (made_new) {
    std::filesystem::permissions(batch, std::filesystem::perms::owner_all,
                                 error);
  }
  std::filesystem::create_directories(batch + "/parts", error);
  if (!error) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "The folder " + batch +
                   " cannot be made or written. Check its path and "
                   "permissions.");
}

absl::StatusOr<std::vector<std::string>> Absolute(
    const std::vector<std::string>& paths) {
  std::vector<std::string> absolute;
  for (const std::string& path : paths) {
    std::error_code error;
    absolute.push_back(
        std::filesystem::absolute(path, error).lexically_normal().string());
    if (error) {
      return Error(Reason::kInvalidArgument,
                   "The working folder cannot be found. Give absolute paths.");
    }
  }
  return absolute;
}

absl::Status WritePlanFile(const std::string& batch, const Plan& plan) {
  const json document = {
      {"format", kFormat},           {"instances", plan.instances},
      {"bytes", plan.bytes},         {"skipped", plan.skipped},
      {"part_size", plan.part_size}, {"manifest", plan.id}};
  return WriteAtomically(PlanPath(batch), [&](std::ostream& out) {
    out << document.dump(2) << '\n';
    return absl::OkStatus();
  });
}

// Answers that an earlier plan of the same folder left have no plan any more.
absl::Status CheckHasNoPlan(const std::string& batch) {
  std::error_code error;
  if (std::filesystem::exists(PlanPath(batch), error)) {
    return Error(Reason::kInvalidArgument,
                 batch +
                     " holds a plan already, which does not change any more. "
                     "Run it, or plan in another folder.");
  }
  if (std::filesystem::exists(batch + "/parts", error) &&
      !std::filesystem::is_empty(batch + "/parts", error)) {
    return Error(
        Reason::kInvalidArgument,
        batch + " holds answers without a plan. Plan in another folder.");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadBytes(const std::string& path, int64_t offset,
                                      int64_t bytes) {
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<size_t>(bytes), '\0');
  if (!file.seekg(offset) || !file.read(text.data(), bytes)) {
    return Error(Reason::kInvalidArgument,
                 path + " is cut off or cannot be read.");
  }
  return text;
}

int64_t FileBytes(const std::string& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  return error ? -1 : static_cast<int64_t>(bytes);
}

struct PartPlace {
  int64_t offset = 0;
  std::string checksum;
};

absl::StatusOr<PartPlace> PlaceOf(const std::string& batch, int64_t part) {
  ASSIGN_OR_RETURN(
      const std::string line,
      ReadBytes(IndexPath(batch), part * kIndexLineBytes, kIndexLineBytes));
  PartPlace place;
  const auto [rest, error] =
      std::from_chars(line.data(), line.data() + 20, place.offset);
  if (error != std::errc() || rest != line.data() + 20) {
    return NotThePlan(batch);
  }
  place.checksum = line.substr(21, 8);
  return place;
}

}  // namespace

int64_t Plan::SizeOf(int64_t part) const {
  return std::min(part_size, instances - part * part_size);
}

std::string PartLogPath(const std::string& batch, int64_t part) {
  return fmt::format("{}/parts/{:09}.log", batch, part);
}

absl::StatusOr<Plan> WritePlan(const std::string& batch,
                               const std::vector<std::string>& paths,
                               int64_t part_size,
                               const LooksLikeDicomFunction& looks_like_dicom,
                               const std::function<void(int64_t)>& planned) {
  ASSIGN_OR_RETURN(const std::vector<std::string> absolute, Absolute(paths));
  RETURN_IF_ERROR(MakeFolders(batch));
  RETURN_IF_ERROR(CheckHasNoPlan(batch));
  Plan plan;
  const auto write_both = [&](std::ostream& manifest, std::ostream& index) {
    ManifestWriter writer(part_size, &manifest, &index);
    const WalkVisitor visitor{
        .found =
            [&](const FoundFile& file) {
              writer.Add(file);
              planned(writer.instances());
            },
        .skipped = [&](const std::string&) { writer.AddSkipped(); }};
    RETURN_IF_ERROR(VisitFiles(absolute, looks_like_dicom, visitor));
    plan = writer.Finish();
    if (plan.instances > 0) return absl::OkStatus();
    return Error(Reason::kInvalidArgument,
                 "There is nothing to plan: no DICOM file was found. Check "
                 "the paths.");
  };
  RETURN_IF_ERROR(
      WriteAtomically(ManifestPath(batch), [&](std::ostream& manifest) {
        return WriteAtomically(IndexPath(batch), [&](std::ostream& index) {
          return write_both(manifest, index);
        });
      }));
  RETURN_IF_ERROR(WritePlanFile(batch, plan));
  return plan;
}

absl::StatusOr<Plan> ReadPlan(const std::string& batch) {
  std::ifstream file(PlanPath(batch), std::ios::binary);
  if (!file) {
    return Error(
        Reason::kInvalidArgument,
        "There is no plan in " + batch + ". Make one with burntin batch plan.");
  }
  const json document = json::parse(file, nullptr, /*allow_exceptions=*/false);
  Plan plan;
  const auto number = [&](const char* key) -> int64_t {
    return document.contains(key) && document[key].is_number_integer()
               ? document[key].get<int64_t>()
               : -1;
  };
  const auto text = [&](const char* key) -> std::string {
    return document.contains(key) && document[key].is_string()
               ? document[key].get<std::string>()
               : "";
  };
  if (!document.is_object() || text("format") != kFormat) {
    return Error(Reason::kInvalidArgument,
                 "The plan in " + batch +
                     " is damaged, or of another version of burntin.");
  }
  plan.instances = number("instances");
  plan.bytes = number("bytes");
  plan.skipped = number("skipped");
  plan.part_size = number("part_size");
  plan.id = text("manifest");
  if (plan.instances < 1 || plan.bytes < 0 || plan.part_size < 1 ||
      FileBytes(IndexPath(batch)) != plan.parts() * kIndexLineBytes) {
    return NotThePlan(batch);
  }
  return plan;
}

absl::StatusOr<std::vector<FoundFile>> ReadPart(const std::string& batch,
                                                const Plan& plan,
                                                int64_t part) {
  ASSIGN_OR_RETURN(const PartPlace place, PlaceOf(batch, part));
  int64_t end = FileBytes(ManifestPath(batch));
  if (part + 1 < plan.parts()) {
    ASSIGN_OR_RETURN(const PartPlace next, PlaceOf(batch, part + 1));
    end = next.offset;
  }
  if (end < place.offset) return NotThePlan(batch);
  ASSIGN_OR_RETURN(
      const std::string text,
      ReadBytes(ManifestPath(batch), place.offset, end - place.offset));
  if (Checksum(text) != place.checksum) return NotThePlan(batch);
  std::vector<FoundFile> files;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::optional<FoundFile> file = ParseManifestLine(line);
    if (!file) return NotThePlan(batch);
    files.push_back(*std::move(file));
  }
  if (static_cast<int64_t>(files.size()) != plan.SizeOf(part)) {
    return NotThePlan(batch);
  }
  return files;
}

}  // namespace burntin
