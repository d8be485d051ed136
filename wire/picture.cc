#include "wire/picture.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "detector/base/error.h"

namespace burntin {
namespace {

// Those by which nothing can be shown either.
constexpr Reason kUndecodable[] = {
    Reason::kNotDicom,          Reason::kFileEmpty,
    Reason::kFileTruncated,     Reason::kFileMalformed,
    Reason::kNoPixelData,       Reason::kUnsupportedTransferSyntax,
    Reason::kDecoderCrashed,    Reason::kUnsupportedPixelLayout,
    Reason::kDecoderTimedOut,   Reason::kFrameDecodeFailed,
    Reason::kPixelDataTruncated};

std::optional<Source> KnownSource(v1::Source source) {
  switch (source) {
    case v1::SOURCE_FRAME:
      return Source::kFrame;
    case v1::SOURCE_OVERLAY_PLANE:
      return Source::kOverlayPlane;
    case v1::SOURCE_HIGH_BIT_OVERLAY:
      return Source::kHighBitOverlay;
    case v1::SOURCE_ICON:
      return Source::kIcon;
    case v1::SOURCE_BARCODE:
      return Source::kFrame;  // seen on the frame that holds it
    case v1::SOURCE_DOCUMENT:
      return Source::kDocument;
    case v1::SOURCE_SLIDE_LABEL:
      return Source::kSlideLabel;
    case v1::SOURCE_SLIDE_OVERVIEW:
      return Source::kSlideOverview;
    case v1::SOURCE_GRAPHIC_ANNOTATION:
      return Source::kGraphicAnnotation;  // which has no picture
    default:
      return std::nullopt;
  }
}

int FirstFrame(const v1::Region& region) {
  return region.frame_ranges().empty() ? 0 : region.frame_ranges(0).first();
}

bool HasFrame(const v1::Region& region, int frame) {
  if (region.frame_ranges().empty()) return true;
  return std::any_of(region.frame_ranges().begin(), region.frame_ranges().end(),
                     [&](const auto& range) {
                       return range.first() <= frame && frame <= range.last();
                     });
}

Picture FirstPictureOf(const v1::Region& region) {
  const std::optional<Source> source = KnownSource(region.source());
  return Picture{.source = source.value_or(Source::kFrame),
                 .source_index = region.source_index(),
                 .frame = FirstFrame(region),
                 .can_show = source.has_value(),
                 .regions = {}};
}

}  // namespace

bool NothingWasDecoded(const v1::InstanceReport& report) {
  if (report.frames_inspected() > 0 || report.regions_size() > 0 ||
      report.reasons().empty()) {
    return false;
  }
  return std::all_of(report.reasons().begin(), report.reasons().end(),
                     [](const v1::Reason& reason) {
                       const auto known = ReasonFromName(reason.code());
                       return known &&
                              std::find(std::begin(kUndecodable),
                                        std::end(kUndecodable),
                                        *known) != std::end(kUndecodable);
                     });
}

bool IsListed(const v1::Region& region) {
  return region.category() != v1::CATEGORY_BENIGN;
}

bool NeedsWhole(const v1::InstanceReport& report) {
  if (report.verdict() != v1::VERDICT_REVIEW &&
      report.verdict() != v1::VERDICT_IDENTIFYING) {
    return true;
  }
  return std::none_of(report.regions().begin(), report.regions().end(),
                      IsListed);
}

bool Shows(const Picture& picture, const v1::Region& region) {
  const Picture own = FirstPictureOf(region);
  return own.can_show == picture.can_show && own.source == picture.source &&
         own.source_index == picture.source_index &&
         HasFrame(region, picture.frame);
}

std::vector<Picture> PlanPictures(const v1::InstanceReport& report) {
  std::vector<Picture> pictures;
  for (int i = 0; i < report.regions_size(); ++i) {
    const v1::Region& region = report.regions(i);
    auto picture = std::find_if(
        pictures.begin(), pictures.end(),
        [&](const Picture& other) { return Shows(other, region); });
    if (picture == pictures.end()) {
      picture = pictures.insert(picture, FirstPictureOf(region));
    }
    picture->regions.push_back(i);
  }
  return pictures;
}

}  // namespace burntin
