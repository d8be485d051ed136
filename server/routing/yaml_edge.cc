#include "server/routing/yaml_edge.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <exception>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "server/routing/pattern.h"

namespace burntin {
namespace {

constexpr size_t kMostBytes = size_t{1} << 20;
constexpr size_t kMostNotes = 50;
constexpr size_t kMostQuotedBytes = 60;
constexpr char kWriteOut[] =
    "Anchors, aliases and tags are not read. Write the value out.";

// Sees every node before any is built.
class ShapeCheck final : public YAML::EventHandler {
 public:
  explicit ShapeCheck(YamlNotes* errors) : errors_(errors) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      errors_->Add(mark,
                   "A second document starts here. Write all rules into "
                   "one.");
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Check(mark, "", anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    errors_->Add(mark, kWriteOut);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& /*value*/) override {
    Check(mark, tag, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    Check(mark, tag, anchor);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    Check(mark, tag, anchor);
  }
  void OnMapEnd() override {}

  int documents() const { return documents_; }

 private:
  // "?" and "!" are the library's tags for plain and for quoted text.
  void Check(const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    const bool tagged = !tag.empty() && tag != "?" && tag != "!";
    if (anchor != YAML::NullAnchor || tagged) errors_->Add(mark, kWriteOut);
  }

  YamlNotes* errors_;
  int documents_ = 0;
};

std::optional<YAML::Node> Load(const std::string& text, YamlNotes* errors) {
  ShapeCheck check(errors);
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  while (errors->empty() && parser.HandleNextDocument(check)) {
  }
  if (!errors->empty()) return std::nullopt;
  if (check.documents() == 0) {
    errors->Add(YAML::Mark(),
                "The file is empty. Write `version: 1` and "
                "`rules:`, or delete it to quarantine "
                "everything.");
    return std::nullopt;
  }
  return YAML::Load(text);
}

}  // namespace

void YamlNotes::Add(const YAML::Mark& mark, std::string message) {
  // The library counts from 0, and has -1 where it does not know.
  notes_.push_back({std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1,
                    std::move(message)});
}

std::vector<ProtocolNote> YamlNotes::Sorted() const {
  std::vector<ProtocolNote> sorted = notes_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const ProtocolNote& one, const ProtocolNote& other) {
                     return std::tie(one.line, one.column) <
                            std::tie(other.line, other.column);
                   });
  if (sorted.size() > kMostNotes) sorted.resize(kMostNotes);
  return sorted;
}

std::optional<YAML::Node> LoadDocument(std::string_view text,
                                       YamlNotes* errors) {
  if (text.size() > kMostBytes) {
    errors->Add(YAML::Mark(),
                "The file has more than 1 MiB. Is it a protocol?");
    return std::nullopt;
  }
  if (!IsUtf8(text)) {
    errors->Add(YAML::Mark(), "The file is not UTF-8. Save it as UTF-8.");
    return std::nullopt;
  }
  try {
    return Load(std::string(text), errors);
  } catch (const YAML::Exception& exception) {
    errors->Add(exception.mark,
                fmt::format("This is not valid YAML: {}.", exception.msg));
  } catch (const std::exception&) {
    errors->Add(YAML::Mark(), "This is not valid YAML.");
  }
  return std::nullopt;
}

void ForEachKey(
    const YAML::Node& map, YamlNotes* errors,
    const std::function<void(const std::string& name, const YAML::Node& key,
                             const YAML::Node& value)>& read) {
  std::set<std::string> seen;
  for (const auto& entry : map) {
    if (!entry.first.IsScalar()) {
      errors->Add(entry.first, "A key has to be plain text.");
      continue;
    }
    const std::string& name = entry.first.Scalar();
    if (!seen.insert(name).second) {
      errors->Add(entry.first, fmt::format("`{}` is there twice. Remove one of "
                                           "the two.",
                                           Quoted(name)));
      continue;
    }
    read(name, entry.first, entry.second);
  }
}

std::string Quoted(std::string_view text) {
  std::string quoted;
  for (const char c : text.substr(0, kMostQuotedBytes)) {
    quoted += absl::ascii_isprint(static_cast<unsigned char>(c)) ? c : '?';
  }
  if (text.size() > kMostQuotedBytes) quoted += "...";
  return quoted;
}

}  // namespace burntin
