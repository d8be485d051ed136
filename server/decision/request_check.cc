#include "server/decision/request_check.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/digest.h"

namespace burntin {
namespace {

constexpr size_t kMostUidBytes = 64;
constexpr size_t kMostIdBytes = 64;
constexpr size_t kMostLabelBytes = 256;
constexpr size_t kMostValueBytes = 1024;
constexpr int kMostInstances = 20'000;

absl::Status Invalid(const std::string& sentence) {
  return Error(Reason::kInvalidArgument, sentence);
}

absl::Status CheckLength(std::string_view field, const std::string& text,
                         size_t least, size_t most) {
  if (text.size() >= least && text.size() <= most) return absl::OkStatus();
  return Invalid(
      fmt::format("`{}` has to have {} to {} bytes.", field, least, most));
}

absl::Status CheckInstance(const v1::InstanceRef& instance) {
  RETURN_IF_ERROR(CheckLength("instances.sop_instance_uid",
                              instance.sop_instance_uid(), 1, kMostUidBytes));
  if (instance.sha256().empty() || IsSha256Hex(instance.sha256())) {
    return absl::OkStatus();
  }
  return Invalid(
      "`instances.sha256` has to be 64 lower-case hexadecimal digits, or "
      "empty.");
}

absl::Status CheckLocation(const v1::SessionLocation& location) {
  RETURN_IF_ERROR(
      CheckLength("location.project", location.project(), 1, kMostIdBytes));
  RETURN_IF_ERROR(CheckLength("location.experiment_id",
                              location.experiment_id(), 1, kMostIdBytes));
  RETURN_IF_ERROR(CheckLength("location.subject_label",
                              location.subject_label(), 0, kMostLabelBytes));
  return CheckLength("location.session_label", location.session_label(), 0,
                     kMostLabelBytes);
}

}  // namespace

absl::Status CheckRequest(const v1::DecideSessionRequest& request) {
  RETURN_IF_ERROR(CheckLength("study_instance_uid",
                              request.study_instance_uid(), 1, kMostUidBytes));
  if (request.has_location())
    RETURN_IF_ERROR(CheckLocation(request.location()));
  if (request.instances_size() < 1 ||
      request.instances_size() > kMostInstances) {
    return Invalid(fmt::format("`instances` has to name 1 to {} objects.",
                               kMostInstances));
  }
  for (const v1::InstanceRef& instance : request.instances()) {
    RETURN_IF_ERROR(CheckInstance(instance));
  }
  if (request.instances_expected() < 0) {
    return Invalid("`instances_expected` has to be 0 or more.");
  }
  return absl::OkStatus();
}

absl::Status CheckRequest(const v1::ExplainProtocolRequest& request) {
  if (!request.has_header()) return Invalid("`header` has to be set.");
  const v1::HeaderFacts& header = request.header();
  const auto check = [](std::string_view field, const std::string& text) {
    return CheckLength(fmt::format("header.{}", field), text, 0,
                       kMostValueBytes);
  };
  RETURN_IF_ERROR(check("modality", header.modality()));
  RETURN_IF_ERROR(check("manufacturer", header.manufacturer()));
  RETURN_IF_ERROR(
      check("manufacturer_model_name", header.manufacturer_model_name()));
  for (const std::string& version : header.software_versions()) {
    RETURN_IF_ERROR(check("software_versions", version));
  }
  RETURN_IF_ERROR(check("sop_class_uid", header.sop_class_uid()));
  for (const std::string& value : header.image_type()) {
    RETURN_IF_ERROR(check("image_type", value));
  }
  RETURN_IF_ERROR(check("burned_in_annotation", header.burned_in_annotation()));
  RETURN_IF_ERROR(check("station_name", header.station_name()));
  if (!std::isfinite(request.risk()) || request.risk() < 0 ||
      request.risk() > 1) {
    return Invalid("`risk` has to be in [0, 1].");
  }
  return absl::OkStatus();
}

}  // namespace burntin
