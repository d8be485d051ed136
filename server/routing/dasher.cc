#include "server/routing/dasher.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "server/routing/modality_terms.h"
#include "server/routing/pattern.h"
#include "server/routing/project_id.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = size_t{1} << 16;
constexpr size_t kMostQuotedBytes = 40;
constexpr size_t kMostNotes = 50;
constexpr char kModality[] = "Modality";
constexpr char kModel[] = "ManufacturersModelName";
constexpr char kTrials[] = "clinical_trial_names";
constexpr char kSpace[] = " \t\f\v";

std::string Quoted(std::string_view text) {
  std::string quoted(text.substr(0, kMostQuotedBytes));
  for (char& c : quoted) {
    if (!absl::ascii_isprint(static_cast<unsigned char>(c))) c = '?';
  }
  return quoted;
}

// As Java reads them: each ends with \n, \r or both.
std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    const size_t ending = text.substr(end, 2) == "\r\n" ? 2 : 1;
    text.remove_prefix(std::min(end + ending, text.size()));
  }
  return lines;
}

// A piece of a line, and where it stands; columns are counted from 1.
struct Piece {
  std::string text;
  int column = 1;
};

// Cuts the first word off; `column` is that of `rest`.
Piece TakeWord(std::string_view* rest, int* column) {
  const auto skip = [&](size_t count) {
    rest->remove_prefix(count);
    *column += static_cast<int>(count);
  };
  skip(std::min(rest->find_first_not_of(kSpace), rest->size()));
  const size_t size = std::min(rest->find_first_of(kSpace), rest->size());
  Piece word{std::string(rest->substr(0, size)), *column};
  skip(size);
  return word;
}

std::vector<Piece> Entries(std::string_view rest, int column) {
  std::vector<Piece> entries;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(','), rest.size());
    const std::string_view entry = rest.substr(0, end);
    const size_t start = entry.find_first_not_of(kSpace);
    if (start != std::string_view::npos) {
      std::string text(entry.substr(start));
      absl::StripTrailingAsciiWhitespace(&text);
      entries.push_back({std::move(text), column + static_cast<int>(start)});
    }
    const size_t taken = std::min(end + 1, rest.size());
    rest.remove_prefix(taken);
    column += static_cast<int>(taken);
  }
  return entries;
}

// Whether the entry looks like several that are not parted by a comma: it holds
// another separator, or white space or a control character other than a space.
bool LooksLikeSeveral(std::string text) {
  static const auto* const kSeparators =
      new absl::StatusOr<Pattern>(Pattern::Compile(
          "(?s).*[;|\\p{C}\\p{Z}\u3001\uff0c\uff1b].*", LetterCase::kCounts));
  std::replace(text.begin(), text.end(), ' ', '_');
  return !kSeparators->ok() || (*kSeparators)->Matches(text);
}

bool SaysAll(const Piece& entry) {
  return entry.text == "ALL" || entry.text == "ALLOW ALL";
}

struct List {
  int line = 0;  // 0: the file does not have it
  std::vector<Piece> entries;
  bool all = false;
};

class Reader {
 public:
  explicit Reader(const ProtocolSite& site) : site_(site) {}

  ReadProtocol Read(std::string_view text) {
    if (text.size() > kMostBytes || !IsUtf8(text)) {
      Fail(1, 1, "This is not a protocol: it is too long, or not UTF-8.");
      return Answer(text);
    }
    int number = 0;
    for (const std::string_view line : LinesOf(text)) ReadLine(line, ++number);
    if (modalities_.line == 0) {
      Fail(1, 1, "The line `0008,0060 Modality ...` is missing.");
    }
    if (models_.line == 0) {
      Fail(1, 1,
           "The line `0008,1090 ManufacturersModelName ...` is missing. "
           "Write ALLOW ALL in it to exclude no model.");
    }
    CheckProject();
    CheckModalities();
    CheckModels();
    return Answer(text);
  }

 private:
  void Fail(int line, int column, std::string message) {
    errors_.push_back({line, column, std::move(message)});
  }

  void CheckProject() {
    const std::string& project = site_.hospital_project;
    if (project.empty()) {
      Fail(1, 1,
           "The file does not say which the hospital project is. Set "
           "routing.hospital_project, or --hospital-project.");
    } else if (!IsProjectId(project) || IsSameProject(project, kUnassigned)) {
      Fail(1, 1,
           "The hospital project has to be the ID of a project: letters, "
           "digits, _ and -, at most 64.");
    } else if (IsSameProject(project, site_.quarantine_project)) {
      Fail(1, 1, "The hospital project cannot be the quarantine project.");
    }
  }

  void ReadLine(std::string_view line, int number) {
    int column = 1;
    const Piece tag = TakeWord(&line, &column);
    if (tag.text.empty() || tag.text == kTrials) return;
    const Piece name = TakeWord(&line, &column);
    List* list = nullptr;
    if (tag.text == "0008,0060" && name.text == kModality) list = &modalities_;
    if (tag.text == "0008,1090" && name.text == kModel) list = &models_;
    if (list == nullptr) {
      Fail(number, tag.column,
           // Not quoted: a wrong file may hold anything.
           fmt::format("This is not a line of protocol.txt. There are "
                       "`0008,0060 {}`, `0008,1090 {}` and `{}`.",
                       kModality, kModel, kTrials));
    } else if (list->line != 0) {
      Fail(number, tag.column,
           fmt::format("Line {} lists the same. Write one of the two.",
                       list->line));
    } else {
      *list = {number, Entries(line, column), false};
    }
  }

  void CheckModalities() {
    if (modalities_.line == 0) return;
    if (modalities_.entries.empty()) {
      Fail(modalities_.line, 1, "No modality is listed. Write some, or ALL.");
    }
    for (const Piece& entry : modalities_.entries) {
      const bool has_space =
          entry.text.find_first_of(kSpace) != std::string::npos;
      if (SaysAll(entry)) {
        modalities_.all = true;
      } else if (has_space) {
        Fail(modalities_.line, entry.column,
             fmt::format("`{}` holds a space. Part modalities by commas.",
                         Quoted(entry.text)));
      } else if (!IsModalityTerm(entry.text)) {
        notices_.push_back(
            {modalities_.line, entry.column,
             fmt::format("`{}` is not a modality of the DICOM standard. {}",
                         Quoted(entry.text), ModalityAdvice(entry.text))});
      }
    }
  }

  void CheckModels() {
    if (models_.line == 0) return;
    if (models_.entries.empty()) {
      Fail(models_.line, 1, "No model is listed. Write some, or ALLOW ALL.");
    }
    for (const Piece& entry : models_.entries) {
      if (!SaysAll(entry)) {
        CheckModel(entry);
        continue;
      }
      models_.all = true;
      if (models_.entries.size() == 1) return;
      Fail(models_.line, entry.column,
           fmt::format("`{}` stands beside models, so it is not clear whether "
                       "they are excluded. Write one or the other.",
                       Quoted(entry.text)));
    }
  }

  void CheckModel(const Piece& entry) {
    if (LooksLikeSeveral(entry.text)) {
      Fail(models_.line, entry.column,
           fmt::format("`{}` looks like several models. Part them by commas, "
                       "and words by spaces.",
                       Quoted(entry.text)));
    } else if (entry.text.find(' ') != std::string::npos) {
      notices_.push_back(
          {models_.line, entry.column,
           fmt::format("`{}` is one model. Part models by commas.",
                       Quoted(entry.text))});
    }
  }

  static std::vector<std::string> Texts(const List& list) {
    std::vector<std::string> texts;
    for (const Piece& entry : list.entries) texts.push_back(entry.text);
    return texts;
  }

  static int ColumnOf(const List& list) {
    return list.entries.empty() ? 1 : list.entries.front().column;
  }

  void AddRules(Protocol* protocol) const {
    if (!models_.all) {
      Rule rule;
      rule.name = kModel;
      rule.line = models_.line;
      rule.column = ColumnOf(models_);
      ValueCondition listed;
      listed.attribute = Attribute::kManufacturerModelName;
      listed.any_case = LetterCase::kIgnored;
      listed.any_of = Texts(models_);
      rule.values.push_back(std::move(listed));
      protocol->rules.push_back(std::move(rule));
    }
    Rule rule;
    rule.name = kModality;
    rule.line = modalities_.line;
    rule.column = ColumnOf(modalities_);
    rule.action = RouteAction::kToProject;
    rule.project = site_.hospital_project;
    rule.verdicts = {Verdict::kClear};
    if (!modalities_.all) {
      ValueCondition listed;
      listed.attribute = Attribute::kModality;
      listed.any_of = Texts(modalities_);
      rule.values.push_back(std::move(listed));
    }
    protocol->rules.push_back(std::move(rule));
  }

  ReadProtocol Answer(std::string_view text) {
    std::stable_sort(errors_.begin(), errors_.end(),
                     [](const ProtocolNote& one, const ProtocolNote& other) {
                       return one.line < other.line;
                     });
    if (errors_.size() > kMostNotes) errors_.resize(kMostNotes);
    if (notices_.size() > kMostNotes) notices_.resize(kMostNotes);
    if (!errors_.empty()) return {nullptr, errors_, notices_};
    Protocol protocol;
    protocol.quarantine_project = site_.quarantine_project;
    protocol.hospital_project = site_.hospital_project;
    protocol.dasher = DasherLinesOf(text);
    AddRules(&protocol);
    return {
        std::make_shared<const Protocol>(std::move(protocol)), {}, notices_};
  }

  const ProtocolSite& site_;
  std::vector<ProtocolNote> errors_;
  std::vector<ProtocolNote> notices_;
  List modalities_;
  List models_;
};

bool Holds(const std::string& line, const std::string& text) {
  return line.find(text) != std::string::npos;
}

}  // namespace

ReadProtocol ParseDasher(std::string_view text, const ProtocolSite& site) {
  return Reader(site).Read(text);
}

DasherLines DasherLinesOf(std::string_view text) {
  const std::vector<std::string_view> lines = LinesOf(text);
  const auto first_with = [&](const char* name) -> std::string {
    for (const std::string_view line : lines) {
      if (line.find(name) != std::string_view::npos) return std::string(line);
    }
    return "error2";
  };
  return {first_with("Modality"), first_with("ModelName")};
}

DasherRoute RouteAsDasher(const DasherLines& lines,
                          const std::optional<std::string>& modality,
                          const std::optional<std::string>& model) {
  bool quarantine = false;
  if (!Holds(lines.modalities, "ALL")) {
    if (!modality) return DasherRoute::kUnassigned;
    quarantine = !Holds(lines.modalities, *modality);
  }
  if (!Holds(lines.models, "ALL")) {
    if (!model) return DasherRoute::kUnassigned;
    quarantine = quarantine || Holds(lines.models, *model);
  }
  return quarantine ? DasherRoute::kQuarantine : DasherRoute::kHospital;
}

std::optional<std::string> AsDasherReads(std::string_view values) {
  const std::string_view first = values.substr(0, values.find('\\'));
  if (first.empty()) return std::nullopt;
  return std::string(first);
}

std::string DasherProject(const Protocol& protocol, DasherRoute route) {
  switch (route) {
    case DasherRoute::kHospital:
      return protocol.hospital_project;
    case DasherRoute::kQuarantine:
      return protocol.quarantine_project;
    case DasherRoute::kUnassigned:
      break;
  }
  return kUnassigned;
}

}  // namespace burntin
