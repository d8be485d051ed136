#include "detector/isolation/messages.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/stated_text_limits.h"
#include "detector/base/status_macros.h"
#include "detector/isolation/decoder.pb.h"

namespace burntin {
namespace {

constexpr int kMostViews = 64;
constexpr size_t kMostSentenceBytes = 500;
constexpr double kMostCpuMs = 1e9;
// No position is farther off, so that sums of a few stay an int.
constexpr int kFarthest = 1 << 28;

bool IsNear(int position) {
  return -kFarthest <= position && position <= kFarthest;
}

bool IsSource(int source) {
  return 0 <= source && source <= static_cast<int>(Source::kGraphicAnnotation);
}

// Sentences of ours are printable ASCII.
bool IsSentence(std::string_view text) {
  return text.size() <= kMostSentenceBytes &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return ' ' <= c && c <= '~'; });
}

void FillFailure(const absl::Status& status, isolation::Failure* failure) {
  const Reason reason = ReasonOf(status).value_or(Reason::kInternalFailure);
  failure->set_reason(std::string(ReasonName(reason)));
  failure->set_message(std::string(status.message()));
}

// Whether decoding can fail for this reason. The parent alone says that a
// worker crashed or took too long.
bool IsOfDecoding(Reason reason) {
  return ReasonCode(reason) != absl::StatusCode::kOk &&
         reason != Reason::kDecoderCrashed &&
         reason != Reason::kDecoderTimedOut;
}

absl::Status ReadFailure(const isolation::Failure& failure) {
  const std::optional<Reason> reason = ReasonFromName(failure.reason());
  if (!reason || !IsOfDecoding(*reason) || !IsSentence(failure.message())) {
    return NotBelievable();
  }
  return Error(*reason, failure.message());
}

void FillHeader(const Header& header, isolation::Header* message) {
  message->set_transfer_syntax_uid(header.transfer_syntax_uid);
  message->set_sop_class_uid(header.sop_class_uid);
  message->set_sop_instance_uid(header.sop_instance_uid);
  message->set_study_instance_uid(header.study_instance_uid);
  message->set_series_instance_uid(header.series_instance_uid);
  message->set_modality(header.modality);
  message->set_manufacturer(header.manufacturer);
  message->set_manufacturer_model_name(header.manufacturer_model_name);
  message->set_burned_in_annotation(header.burned_in_annotation);
  message->set_image_type(header.image_type);
  message->set_conversion_type(header.conversion_type);
  message->set_capture_device(header.capture_device);
  message->set_software_versions(header.software_versions);
  message->set_station_name(header.station_name);
  for (const Identifier& identifier : header.identifiers) {
    isolation::Identifier* added = message->add_identifiers();
    added->set_keyword(identifier.keyword);
    added->set_value(identifier.value.Reveal());
  }
}

Header ReadHeader(const isolation::Header& message) {
  Header header;
  header.transfer_syntax_uid = message.transfer_syntax_uid();
  header.sop_class_uid = message.sop_class_uid();
  header.sop_instance_uid = message.sop_instance_uid();
  header.study_instance_uid = message.study_instance_uid();
  header.series_instance_uid = message.series_instance_uid();
  header.modality = message.modality();
  header.manufacturer = message.manufacturer();
  header.manufacturer_model_name = message.manufacturer_model_name();
  header.burned_in_annotation = message.burned_in_annotation();
  header.image_type = message.image_type();
  header.conversion_type = message.conversion_type();
  header.capture_device = message.capture_device();
  header.software_versions = message.software_versions();
  header.station_name = message.station_name();
  for (const isolation::Identifier& identifier : message.identifiers()) {
    header.identifiers.push_back(
        {identifier.keyword(), PhiText(identifier.value())});
  }
  return header;
}

bool HasTwoAlike(const std::vector<PlaneId>& planes) {
  std::vector<std::tuple<Source, int, int>> sorted;
  sorted.reserve(planes.size());
  for (const PlaneId& plane : planes) {
    sorted.emplace_back(plane.source, plane.source_index, plane.frame);
  }
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

absl::StatusOr<std::vector<PlaneId>> ReadPlanes(
    const isolation::Object& message, const DicomLimits& limits) {
  const int count = message.source_size();
  if (message.source_index_size() != count || message.frame_size() != count ||
      message.offset_x_size() != count || message.offset_y_size() != count) {
    return NotBelievable();
  }
  std::vector<PlaneId> planes;
  planes.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    if (!IsSource(message.source(i)) || message.source_index(i) < 0 ||
        message.frame(i) < 0 || message.frame(i) >= limits.frames ||
        !IsNear(message.offset_x(i)) || !IsNear(message.offset_y(i))) {
      return NotBelievable();
    }
    planes.push_back({.source = static_cast<Source>(message.source(i)),
                      .source_index = message.source_index(i),
                      .frame = message.frame(i),
                      .offset_x = message.offset_x(i),
                      .offset_y = message.offset_y(i)});
  }
  if (HasTwoAlike(planes)) return NotBelievable();
  return planes;
}

// More frames than the limit are declared where an omission says so, or by
// several documents together.
bool CanBeTotal(const isolation::Object& message, const DicomLimits& limits) {
  const int total = message.frames_total();
  return total >= 0 &&
         (total <= limits.frames || total <= message.frame_size() ||
          message.omissions_size() > 0);
}

absl::StatusOr<Image> ReadView(const isolation::View& message,
                               const DicomLimits& limits) {
  if (message.rows() <= 0 || message.columns() <= 0 ||
      int64_t{message.rows()} * message.columns() > limits.pixels_per_frame ||
      (message.channels() != 1 && message.channels() != 3)) {
    return NotBelievable();
  }
  Image view;
  view.rows = message.rows();
  view.columns = message.columns();
  view.channels = message.channels();
  return view;
}

absl::StatusOr<StatedText> ReadStated(const isolation::StatedText& message) {
  if (!IsNear(message.x()) || !IsNear(message.y()) ||
      !IsNear(message.width()) || !IsNear(message.height()) ||
      message.width() < 0 || message.height() < 0) {
    return NotBelievable();
  }
  return StatedText{.box = {.x = message.x(),
                            .y = message.y(),
                            .width = message.width(),
                            .height = message.height()},
                    .text = PhiText(message.text()),
                    .is_barcode = message.is_barcode()};
}

}  // namespace

absl::Status NotBelievable() {
  return Error(Reason::kDecoderCrashed,
               "The process that decoded the object gave an answer that "
               "cannot be. Look at the object by hand.");
}

void FillHello(bool confined, isolation::Hello* message) {
  message->set_version(BURNTIN_VERSION);
  message->set_confined(confined);
}

bool IsOfThisVersion(const isolation::Hello& message) {
  return message.version() == BURNTIN_VERSION;
}

void FillPlaneId(const PlaneId& plane, isolation::PlaneId* message) {
  message->set_source(static_cast<int>(plane.source));
  message->set_source_index(plane.source_index);
  message->set_frame(plane.frame);
  message->set_offset_x(plane.offset_x);
  message->set_offset_y(plane.offset_y);
}

PlaneId ReadPlaneId(const isolation::PlaneId& message) {
  return {.source = static_cast<Source>(message.source()),
          .source_index = message.source_index(),
          .frame = message.frame(),
          .offset_x = message.offset_x(),
          .offset_y = message.offset_y()};
}

void FillError(const absl::Status& status, isolation::Reply* reply) {
  FillFailure(status, reply->mutable_error());
}

void FillObject(const DicomObject& object, isolation::Object* message) {
  FillHeader(object.header(), message->mutable_header());
  message->set_frames_total(object.frames_total());
  for (const PlaneId& plane : object.planes()) {
    message->add_source(static_cast<int>(plane.source));
    message->add_source_index(plane.source_index);
    message->add_frame(plane.frame);
    message->add_offset_x(plane.offset_x);
    message->add_offset_y(plane.offset_y);
  }
  for (const absl::Status& omission : object.omissions()) {
    FillFailure(omission, message->add_omissions());
  }
}

void FillPlane(const DecodedPlane& plane, isolation::Plane* message) {
  for (const Image& view : plane.views) {
    isolation::View* added = message->add_views();
    added->set_rows(view.rows);
    added->set_columns(view.columns);
    added->set_channels(view.channels);
  }
  for (const StatedText& stated : plane.stated) {
    isolation::StatedText* added = message->add_stated();
    added->set_x(stated.box.x);
    added->set_y(stated.box.y);
    added->set_width(stated.box.width);
    added->set_height(stated.box.height);
    added->set_text(stated.text.Reveal());
    added->set_is_barcode(stated.is_barcode);
  }
}

absl::Status ReadError(const isolation::Reply& reply) {
  return reply.has_error() ? ReadFailure(reply.error()) : absl::OkStatus();
}

absl::StatusOr<ObjectFacts> ReadObject(const isolation::Object& message,
                                       const DicomLimits& limits) {
  ObjectFacts facts;
  facts.header = ReadHeader(message.header());
  ASSIGN_OR_RETURN(facts.planes, ReadPlanes(message, limits));
  if (!CanBeTotal(message, limits)) return NotBelievable();
  facts.frames_total = message.frames_total();
  for (const isolation::Failure& omission : message.omissions()) {
    facts.omissions.push_back(ReadFailure(omission));
    if (ReasonOf(facts.omissions.back()) == Reason::kDecoderCrashed) {
      return facts.omissions.back();
    }
  }
  return facts;
}

double ReadCpuTime(const isolation::Plane& message) {
  const double cpu_ms = message.cpu_ms();
  return cpu_ms >= 0 && cpu_ms < kMostCpuMs ? cpu_ms : 0;
}

size_t PixelBytes(const Image& view) {
  return static_cast<size_t>(view.rows) * static_cast<size_t>(view.columns) *
         static_cast<size_t>(view.channels);
}

absl::StatusOr<DecodedPlane> ReadPlane(const isolation::Plane& message,
                                       const DicomLimits& limits,
                                       int64_t most_bytes) {
  if (message.views_size() > kMostViews) return NotBelievable();
  DecodedPlane plane;
  int64_t bytes = 0;
  for (const isolation::View& view : message.views()) {
    ASSIGN_OR_RETURN(Image read, ReadView(view, limits));
    if (!plane.views.empty() && (plane.views[0].rows != read.rows ||
                                 plane.views[0].columns != read.columns)) {
      return NotBelievable();
    }
    bytes += static_cast<int64_t>(PixelBytes(read));
    if (bytes > most_bytes) return NotBelievable();
    plane.views.push_back(std::move(read));
  }
  StatedTextCount count;
  for (const isolation::StatedText& stated : message.stated()) {
    count.Add(stated.text().size());
    if (!count.IsWithinLimits()) return NotBelievable();
    ASSIGN_OR_RETURN(StatedText read, ReadStated(stated));
    plane.stated.push_back(std::move(read));
  }
  return plane;
}

}  // namespace burntin
