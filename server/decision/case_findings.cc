#include "server/decision/case_findings.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>

#include "detector/base/error.h"
#include "server/digest/sha256.h"
#include "wire/decision_proto.h"
#include "wire/picture.h"

namespace burntin {
namespace {

constexpr double kWholeObject = 1;  // listed before what only scores

struct Scored {
  double score = 0;
  FindingRecord record;
};

Scored WholeObject(const std::string& sop_instance_uid) {
  Scored whole;
  whole.score = kWholeObject;
  whole.record.finding.set_sop_instance_uid(sop_instance_uid);
  whole.record.finding.set_instances_total(1);
  return whole;
}

Scored NotInspected(const std::string& sop_instance_uid) {
  Scored whole = WholeObject(sop_instance_uid);
  v1::Reason* reason = whole.record.finding.add_reasons();
  reason->set_code(std::string(ReasonName(Reason::kInstanceNotInspected)));
  reason->set_message(
      "The object was not inspected. Have it inspected, and the session "
      "decided again.");
  return whole;
}

std::optional<EvidenceReference> PictureOfRegion(const StoredReport& stored,
                                                 int region) {
  for (const KeptPicture& picture : stored.pictures) {
    if (std::count(picture.regions.begin(), picture.regions.end(), region) >
        0) {
      return picture.reference;
    }
  }
  return std::nullopt;
}

std::optional<EvidenceReference> PictureOfWhole(const StoredReport& stored) {
  for (const KeptPicture& picture : stored.pictures) {
    if (picture.of_whole_object) return picture.reference;
  }
  return std::nullopt;
}

void AddRegions(const StoredReport& stored, bool include_text,
                std::vector<Scored>* found) {
  const v1::InstanceReport& report = stored.report;
  for (int i = 0; i < report.regions_size(); ++i) {
    const v1::Region& region = report.regions(i);
    if (!IsListed(region)) continue;
    Scored one = WholeObject(report.sop_instance_uid());
    one.score = region.score();
    v1::Finding& finding = one.record.finding;
    *finding.mutable_region() = region;
    if (!include_text) finding.mutable_region()->clear_text();
    *finding.mutable_reasons() = report.reasons();
    // Such text stands in no pixels.
    one.record.has_picture = region.source() != v1::SOURCE_GRAPHIC_ANNOTATION;
    one.record.evidence = PictureOfRegion(stored, i);
    found->push_back(std::move(one));
  }
}

void AddFindings(const StoredReport& stored, bool include_text,
                 std::vector<Scored>* found) {
  const v1::InstanceReport& report = stored.report;
  if (report.verdict() == v1::VERDICT_CLEAR) return;
  AddRegions(stored, include_text, found);
  if (!NeedsWhole(report)) return;
  Scored whole = WholeObject(report.sop_instance_uid());
  *whole.record.finding.mutable_reasons() = report.reasons();
  whole.record.has_picture = !NothingWasDecoded(report);
  whole.record.evidence = PictureOfWhole(stored);
  found->push_back(std::move(whole));
}

// Equal messages, equal bytes. What differs without a meaning is left out.
std::string ReportBytes(v1::InstanceReport report) {
  report.clear_path();
  report.clear_timings();
  for (v1::Region& region : *report.mutable_regions()) region.clear_text();
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  report.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// So that a session is decided again once there are pictures to show.
std::string PicturesOf(const DecidedInstance& instance) {
  std::string digests;
  if (!instance.report) return digests;
  for (const KeptPicture& picture : instance.report->pictures) {
    digests += "\t" + picture.reference.sha256;
  }
  return digests;
}

std::string LineOf(const DecidedInstance& instance) {
  return instance.sop_instance_uid + "\t" + instance.sha256 + "\t" +
         (instance.report ? TextSha256(ReportBytes(instance.report->report))
                          : "none") +
         PicturesOf(instance) + "\n";
}

}  // namespace

CaseFindings FindingsOf(const SessionDecision& session, bool include_text) {
  CaseFindings all;
  std::vector<Scored> found;
  for (const DecidedInstance& instance : session.instances) {
    if (!instance.report) {
      found.push_back(NotInspected(instance.sop_instance_uid));
      continue;
    }
    AddFindings(*instance.report, include_text, &found);
    all.truncated =
        all.truncated || instance.report->report.regions_truncated();
  }
  std::stable_sort(
      found.begin(), found.end(),
      [](const Scored& a, const Scored& b) { return a.score > b.score; });
  all.total = static_cast<int>(found.size());
  if (all.total > kMostFindings) {
    all.truncated = true;
    found.resize(kMostFindings);
  }
  for (Scored& one : found) all.findings.push_back(std::move(one.record));
  return all;
}

std::string BasisSha256(const SessionDecision& session) {
  std::vector<std::string> lines;
  for (const DecidedInstance& instance : session.instances) {
    lines.push_back(LineOf(instance));
  }
  std::sort(lines.begin(), lines.end());
  const v1::Decision decision = ToProto(session.decision);
  std::string basis =
      "expected\t" + std::to_string(session.instances_expected) + "\t" +
      v1::RouteAction_Name(decision.action()) + "\t" +
      decision.target_project() + "\t" + v1::Verdict_Name(decision.verdict()) +
      "\t" + decision.rule() + "\n";
  for (const std::string& line : lines) basis += line;
  return TextSha256(basis);
}

}  // namespace burntin
