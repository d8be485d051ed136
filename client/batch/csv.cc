#include "client/batch/csv.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "client/output/wording.h"

namespace burntin {
namespace {

std::string Joined(const std::set<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string Reasons(const v1::InstanceReport& report) {
  std::vector<std::string> codes;
  for (const v1::Reason& reason : report.reasons()) {
    codes.push_back(reason.code());
  }
  return fmt::format("{}", fmt::join(codes, " "));
}

std::string Categories(const v1::InstanceReport& report) {
  std::set<std::string> categories;
  for (const v1::Region& region : report.regions()) {
    if (region.category() == v1::CATEGORY_BENIGN) continue;
    categories.emplace(CategoryWord(region.category()));
  }
  return Joined(categories);
}

std::string Attributes(const v1::InstanceReport& report) {
  std::set<std::string> attributes;
  for (const v1::Region& region : report.regions()) {
    if (!region.matched_attribute().empty()) {
      attributes.insert(region.matched_attribute());
    }
  }
  return Joined(attributes);
}

}  // namespace

std::string CsvHeader() {
  return "path,study_instance_uid,series_instance_uid,sop_instance_uid,"
         "sop_class_uid,modality,manufacturer,model,transfer_syntax_uid,"
         "verdict,risk,frames_total,frames_inspected,inspected_in_full,"
         "findings,findings_truncated,categories,matched_attributes,reasons,"
         "given_up,detector\n";
}

std::string CsvValue(std::string_view text) {
  constexpr std::string_view kBeginsFormula = "=+-@\t\r";
  std::string value;
  if (!text.empty() && kBeginsFormula.find(text[0]) != std::string_view::npos) {
    value += '\'';
  }
  value += text;
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string CsvRow(const v1::InstanceReport& report, bool given_up) {
  const std::vector<std::string> values = {
      report.path(),
      report.study_instance_uid(),
      report.series_instance_uid(),
      report.sop_instance_uid(),
      report.sop_class_uid(),
      report.modality(),
      report.manufacturer(),
      report.manufacturer_model_name(),
      report.transfer_syntax_uid(),
      std::string(VerdictWord(report.verdict())),
      fmt::format("{}", report.risk()),
      std::to_string(report.frames_total()),
      std::to_string(report.frames_inspected()),
      report.inspected_in_full() ? "true" : "false",
      std::to_string(FindingsOf(report)),
      report.regions_truncated() ? "true" : "false",
      Categories(report),
      Attributes(report),
      Reasons(report),
      given_up ? "true" : "false",
      report.versions().detector()};
  std::string row;
  for (const std::string& value : values) {
    if (!row.empty()) row += ',';
    row += CsvValue(value);
  }
  return row + '\n';
}

}  // namespace burntin
