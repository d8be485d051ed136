#include "detector/dicom/image_place.h"

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/functional_groups.h"
#include "detector/dicom/pixel_meaning.h"

namespace burntin {
namespace {

std::vector<PlaneId> PlanesOf(Source source, int source_index, int frames) {
  std::vector<PlaneId> planes;
  for (int frame = 0; frame < frames; ++frame) {
    planes.push_back(
        {.source = source, .source_index = source_index, .frame = frame});
  }
  return planes;
}

class ImagePlace final : public Place {
 public:
  ImagePlace(DcmItem& item, std::shared_ptr<StoredImage> image, Source source,
             int source_index, int frames, uint64_t bits_elsewhere)
      : item_(item),
        groups_(item),
        image_(std::move(image)),
        planes_(PlanesOf(source, source_index, frames)),
        bits_elsewhere_(bits_elsewhere) {}

  std::vector<PlaneId> Planes() const override { return planes_; }

  absl::StatusOr<DecodedPlane> Decode(int frame) override {
    ASSIGN_OR_RETURN(StoredFrame stored, image_->Read(frame));
    ASSIGN_OR_RETURN(PixelMeaning meaning,
                     ReadPixelMeaning(item_, groups_, stored.layout, frame));
    meaning.bits_elsewhere = bits_elsewhere_;
    DecodedPlane decoded;
    ASSIGN_OR_RETURN(decoded.views, MakeViews(stored.cells, meaning));
    for (const PixelCells& cells : stored.otherwise) {
      ASSIGN_OR_RETURN(PlaneViews more, MakeViews(cells, meaning));
      for (Image& view : more) decoded.views.push_back(std::move(view));
    }
    return decoded;
  }

 private:
  DcmItem& item_;
  const FunctionalGroups groups_;
  const std::shared_ptr<StoredImage> image_;
  const std::vector<PlaneId> planes_;
  const uint64_t bits_elsewhere_;
};

class HighBitOverlay final : public Place {
 public:
  HighBitOverlay(std::shared_ptr<StoredImage> image, int bit_position,
                 int source_index, int frames)
      : image_(std::move(image)),
        bit_position_(bit_position),
        planes_(PlanesOf(Source::kHighBitOverlay, source_index, frames)) {}

  std::vector<PlaneId> Planes() const override { return planes_; }

  absl::StatusOr<DecodedPlane> Decode(int frame) override {
    ASSIGN_OR_RETURN(const StoredFrame stored, image_->Read(frame));
    DecodedPlane decoded;
    for (int channel = 0; channel < stored.cells.channels; ++channel) {
      Image view{.rows = stored.cells.rows, .columns = stored.cells.columns};
      std::visit(
          [&](const auto& values) {
            Extract(values, static_cast<size_t>(channel),
                    static_cast<size_t>(stored.cells.channels), &view.pixels);
          },
          stored.cells.values);
      if (view.pixels.empty()) {
        return Error(Reason::kUnsupportedPlace,
                     "An overlay is said to be in pixels that have no unused "
                     "bits. Repair the object.");
      }
      decoded.views.push_back(std::move(view));
    }
    return decoded;
  }

 private:
  template <typename T>
  void Extract(const std::vector<T>& values, size_t channel, size_t channels,
               std::vector<uint8_t>* bits) {
    if constexpr (std::is_integral_v<T>) {
      bits->reserve(values.size() / channels);
      for (size_t i = channel; i < values.size(); i += channels) {
        const auto shifted = static_cast<uint64_t>(values[i]) >> bit_position_;
        bits->push_back((shifted & 1) != 0 ? 255 : 0);
      }
    }
  }

  const std::shared_ptr<StoredImage> image_;
  const int bit_position_;
  const std::vector<PlaneId> planes_;
};

}  // namespace

std::unique_ptr<Place> MakeImagePlace(DcmItem& item,
                                      std::shared_ptr<StoredImage> image,
                                      Source source, int source_index,
                                      int frames, uint64_t bits_elsewhere) {
  return std::make_unique<ImagePlace>(item, std::move(image), source,
                                      source_index, frames, bits_elsewhere);
}

std::unique_ptr<Place> MakeHighBitOverlay(std::shared_ptr<StoredImage> image,
                                          const OverlayPlane& overlay,
                                          int source_index, int frames) {
  return std::make_unique<HighBitOverlay>(
      std::move(image), overlay.bit_position, source_index, frames);
}

}  // namespace burntin
