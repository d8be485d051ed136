#include "detector/dicom/plane_survey.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/dicom/dataset_values.h"
#include "detector/dicom/document_place.h"
#include "detector/dicom/graphic_text.h"
#include "detector/dicom/image_place.h"
#include "detector/dicom/inner_places.h"
#include "detector/dicom/overlay_plane.h"

namespace burntin {
namespace {

// Presentation states (PS3.4 table B.5-1) refer to images and hold none.
constexpr std::string_view kPresentationStates = "1.2.840.10008.5.1.4.1.1.11.";

// What to add to an index for each sequence item; see `Source`.
constexpr int kIndexStep = 0x10000;
// Items beyond would have no index.
constexpr size_t kMostItems = 0x7FFE;
// Planes of all places together, for each frame that an object may have.
constexpr int64_t kMostPlanesPerFrame = 4;

// By the third value of Image Type (PS3.3 C.8.12.4.1.1).
Source FrameSource(DcmItem& item) {
  OFString flavour;
  item.findAndGetOFString(DCM_ImageType, flavour, 2);
  if (flavour == "LABEL") return Source::kSlideLabel;
  if (flavour == "OVERVIEW") return Source::kSlideOverview;
  return Source::kFrame;
}

bool IsPresentationState(DcmItem& item) {
  OFString uid;
  item.findAndGetOFString(DCM_SOPClassUID, uid);
  return std::string_view(uid.c_str(), uid.size())
      .starts_with(kPresentationStates);
}

class Survey {
 public:
  Survey(DcmDataset& dataset, const StoredAs& stored, const DicomLimits& limits)
      : dataset_(dataset),
        stored_(stored),
        limits_(limits),
        inner_(FindInnerPlaces(dataset)) {}

  PlaneSurvey Run() {
    const bool has_pixels = !PixelElements(dataset_).empty();
    if (has_pixels) AddFrames();
    AddDocuments();
    if (!has_pixels && inner_.documents.empty() &&
        !IsPresentationState(dataset_)) {
      Omit(Reason::kNoPixelData,
           "The object holds no Pixel Data (7FE0,0010). Look at it by hand, "
           "or let a protocol rule decide on its SOP Class.");
    }
    AddOverlays(dataset_, /*index_base=*/0);
    const size_t overlays =
        IsWithinLimit(inner_.overlays.size()) ? inner_.overlays.size() : 0;
    for (size_t i = 0; i < overlays; ++i) {
      AddOverlays(*inner_.overlays[i], kIndexStep * static_cast<int>(i + 1));
    }
    AddInnerImages();
    AddGraphicText();
    for (absl::Status& place : inner_.omissions) Omit(std::move(place));
    return std::move(survey_);
  }

 private:
  void Omit(Reason reason, std::string_view message) {
    Omit(Error(reason, message));
  }

  void Omit(absl::Status error) {
    survey_.omissions.push_back(std::move(error));
  }

  // Adds a place, if there are not too many planes.
  void Keep(std::unique_ptr<Place> place) {
    const auto planes = static_cast<int64_t>(place->Planes().size());
    if (planes > kMostPlanesPerFrame * limits_.frames - planes_) {
      Omit(Reason::kFrameLimitExceeded,
           "The object has more frames and overlays than the limit allows. "
           "Raise the limit, or look at it by hand.");
      return;
    }
    planes_ += planes;
    survey_.places.push_back(std::move(place));
  }

  bool IsWithinLimit(size_t items) {
    if (items <= std::min(kMostItems, static_cast<size_t>(limits_.frames))) {
      return true;
    }
    Omit(Reason::kFrameLimitExceeded,
         "The object's sequences hold more images than the limit allows. "
         "Raise the limit, or look at it by hand.");
    return false;
  }

  void AddFrames() {
    const std::optional<int> frames = NumberOfFrames(dataset_);
    if (!frames) {
      Omit(Reason::kFileMalformed,
           "Number of Frames (0028,0008) is not a number above 0. Repair the "
           "object.");
      return;
    }
    survey_.frames_total = *frames;
    if (*frames > limits_.frames) {
      Omit(Reason::kFrameLimitExceeded,
           "The object declares more frames than the limit allows. Raise the "
           "limit, or look at it by hand.");
      return;
    }
    AddImage(dataset_, {.source = FrameSource(dataset_)}, *frames);
  }

  struct ImageId {
    Source source = Source::kFrame;
    int source_index = 0;
    int overlay_index_base = 0;
  };

  // Adds an image with the overlays in its unused bits.
  void AddImage(DcmItem& item, const ImageId& id, int frames) {
    auto opened = StoredImage::Open(item, stored_, frames, limits_);
    if (!opened.ok()) {
      Omit(opened.status());
      return;
    }
    const std::shared_ptr<StoredImage> image = *std::move(opened);
    // Beside what is too much, the declared frames may show text.
    if (!image->whole().ok()) Omit(image->whole());
    uint64_t overlay_bits = 0;
    std::vector<std::unique_ptr<Place>> overlays;
    for (const OverlayPlane& overlay : FindOverlays(item)) {
      if (!overlay.in_pixel_data) continue;
      if (overlay.bit_position >= image->layout().bits_allocated) {
        Omit(Reason::kFileMalformed,
             "An overlay is said to be in a bit that pixels do not have. "
             "Repair the object.");
        continue;
      }
      overlay_bits |= uint64_t{1} << overlay.bit_position;
      overlays.push_back(MakeHighBitOverlay(
          image, overlay, id.overlay_index_base + overlay.group, frames));
    }
    Keep(MakeImagePlace(item, image, id.source, id.source_index, frames,
                        overlay_bits));
    for (auto& overlay : overlays) {
      Keep(std::move(overlay));
    }
  }

  void AddDocuments() {
    int index = 0;
    for (DcmItem* item : inner_.documents) {
      auto place =
          MakeDocumentPlace(*item, index++, limits_, &survey_.omissions);
      if (!place.ok()) {
        Omit(place.status());
        continue;
      }
      survey_.frames_total += static_cast<int>((*place)->Planes().size());
      Keep(*std::move(place));
    }
  }

  void AddOverlays(DcmItem& item, int index_base) {
    for (auto& overlay :
         MakeOverlayPlaces(item, index_base, limits_, &survey_.omissions)) {
      Keep(std::move(overlay));
    }
  }

  void AddGraphicText() {
    if (inner_.text_objects.empty() && !IsPresentationState(dataset_)) return;
    auto text = MakeGraphicText(dataset_, inner_.text_objects);
    if (!text.ok()) {
      Omit(text.status());
      return;
    }
    ++survey_.frames_total;
    survey_.places.push_back(*std::move(text));
  }

  void AddInnerImages() {
    if (!IsWithinLimit(inner_.images.size())) return;
    for (size_t i = 0; i < inner_.images.size(); ++i) {
      DcmItem& item = *inner_.images[i];
      const std::optional<int> frames = NumberOfFrames(item);
      if (!frames || *frames > limits_.frames) {
        Omit(Reason::kFrameLimitExceeded,
             "An image within a sequence has more frames than the limit "
             "allows. Raise the limit, or look at it by hand.");
        continue;
      }
      const auto index = static_cast<int>(i);
      AddImage(item,
               {.source = Source::kIcon,
                .source_index = index,
                .overlay_index_base = kIndexStep * (index + 1)},
               *frames);
    }
  }

  DcmDataset& dataset_;
  const StoredAs stored_;
  const DicomLimits& limits_;
  InnerPlaces inner_;
  PlaneSurvey survey_;
  int64_t planes_ = 0;  // of all places
};

}  // namespace

PlaneSurvey SurveyPlanes(DcmDataset& dataset, const StoredAs& stored,
                         const DicomLimits& limits) {
  return Survey(dataset, stored, limits).Run();
}

}  // namespace burntin
