#include "detector/text/first_glance.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

// As in area_text_detector.cc, whose networks look after this one.
constexpr double kReducedScale = 1.0 / 3;
constexpr int kLeastReducedSide = 64;
constexpr int kLeastSide = 16;
constexpr int kBorder = 16;
// From the model card: sides of the input are multiples of kStride, and the
// map has a point for every cell.
constexpr int kStride = 16;
constexpr int kColours = 3;
// Pictures with a side of 2048 crash OpenCV 4.6, and memory grows with them.
// Tiles overlap by more than the network sees around a cell.
constexpr int kTileSide = 1472;
constexpr int kTileOverlap = 96;

constexpr char kFailure[] =
    "The search for text failed. Look at the object by hand.";

// `picture` with black around it, as planes of red, green and blue or as one of
// grey, in the memory of `input`: that of a picture before.
Tensor ToInput(const cv::Mat& picture, Tensor input) {
  const int rows = RoundUpTo(kStride, picture.rows + 2 * kBorder);
  const int columns = RoundUpTo(kStride, picture.cols + 2 * kBorder);
  const size_t plane = static_cast<size_t>(rows) * columns;
  const int channels = picture.channels();
  input.shape = {1, channels, rows, columns};
  input.values.resize(channels * plane);
  const cv::Rect place(kBorder, kBorder, picture.cols, picture.rows);
  for (int i = 0; i < channels; ++i) {
    cv::Mat whole(rows, columns, CV_32F, &input.values[i * plane]);
    whole.rowRange(0, place.y).setTo(0);
    whole.rowRange(place.y + place.height, rows).setTo(0);
    whole.colRange(0, place.x).setTo(0);
    whole.colRange(place.x + place.width, columns).setTo(0);
    cv::Mat part = whole(place);
    if (channels == 1) {
      picture.convertTo(part, CV_32F);
      continue;
    }
    cv::Mat channel;
    cv::extractChannel(picture, channel, i);
    channel.convertTo(part, CV_32F);
  }
  return input;
}

float EvidenceOf(float probability) {
  const float limit = -kNoEvidence;
  if (probability <= 0) return kNoEvidence;
  if (probability >= 1) return limit;
  return std::clamp(std::log(probability / (1 - probability)), kNoEvidence,
                    limit);
}

std::vector<int> TileStarts(int length, int side, int overlap) {
  std::vector<int> starts = {0};
  while (starts.back() + side < length) {
    starts.push_back(starts.back() + side - overlap);
  }
  return starts;
}

class NetworkGlance final : public FirstGlance {
 public:
  NetworkGlance(std::unique_ptr<NeuralNetwork> network,
                std::unique_ptr<NeuralNetwork> grey_network)
      : network_(std::move(network)), grey_network_(std::move(grey_network)) {}

  absl::StatusOr<GlanceMap> Look(const Image& image, const Box& area) override {
    GlanceMap map(image.rows, image.columns);
    const int longer = std::max(image.rows, image.columns);
    const Box within = Intersect(area, {0, 0, image.columns, image.rows});
    if (longer < kLeastSide || within.Area() == 0) return map;
    RETURN_IF_ERROR(LookScaled(
        image, within, longer <= NetworkNeeds().doubled_side ? 2 : 1, &map));
    if (longer * kReducedScale >= kLeastReducedSide) {
      RETURN_IF_ERROR(LookScaled(image, within, kReducedScale, &map));
    }
    return map;
  }

 private:
  absl::Status LookScaled(const Image& image, const Box& area, double scale,
                          GlanceMap* map) {
    const int side = static_cast<int>(kTileSide / scale);
    const int overlap = static_cast<int>(kTileOverlap / scale);
    for (const int y : TileStarts(area.height, side, overlap)) {
      for (const int x : TileStarts(area.width, side, overlap)) {
        RETURN_IF_ERROR(
            LookAt(image, Intersect(area, {area.x + x, area.y + y, side, side}),
                   scale, map));
      }
    }
    return absl::OkStatus();
  }

  absl::Status LookAt(const Image& image, const Box& tile, double scale,
                      GlanceMap* map) {
    Tensor& input = scale < 1 ? reduced_input_ : input_;
    ASSIGN_OR_RETURN(
        input, OpenCvCall(Reason::kEngineFailed, kFailure, [&] {
          cv::Mat part =
              AsMat(image)(cv::Rect(tile.x, tile.y, tile.width, tile.height));
          if (scale != 1) {
            cv::Mat scaled;
            const cv::Size size(std::max(1, cvRound(tile.width * scale)),
                                std::max(1, cvRound(tile.height * scale)));
            cv::resize(part, scaled, size, 0, 0,
                       scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
            part = scaled;
          }
          return ToInput(part, std::move(input));
        }));
    NeuralNetwork& network = image.channels == 1 ? *grey_network_ : *network_;
    ASSIGN_OR_RETURN(const Tensor seen, network.Run(input));
    const int64_t rows = input.shape[2] / kGlanceCell;
    const int64_t columns = input.shape[3] / kGlanceCell;
    if (seen.shape != std::vector<int64_t>{1, 1, rows, columns} ||
        std::any_of(seen.values.begin(), seen.values.end(),
                    [](float value) { return std::isnan(value); })) {
      return Error(Reason::kEngineFailed, kFailure);
    }
    PutBack(seen, tile, scale, map);
    return absl::OkStatus();
  }

  // Every cell gets the most that any point of the map says that touches it.
  static void PutBack(const Tensor& seen, const Box& tile, double scale,
                      GlanceMap* map) {
    const int rows = static_cast<int>(seen.shape[2]);
    const int columns = static_cast<int>(seen.shape[3]);
    const int height = cvRound(tile.height * scale);
    const int width = cvRound(tile.width * scale);
    const auto is_in = [](int point, int length) {
      const int pixel = point * kGlanceCell - kBorder;
      return pixel + kGlanceCell > 0 && pixel < length;
    };
    // The first and the last cell that a point touches.
    const auto cells_of = [scale](int point, int start, int count) {
      const int pixel = point * kGlanceCell - kBorder;
      const auto cell_at = [&](double place) {
        return std::clamp(static_cast<int>(std::floor(place / kGlanceCell)), 0,
                          count - 1);
      };
      return std::pair(cell_at(start + pixel / scale),
                       cell_at(start + (pixel + kGlanceCell - 0.01) / scale));
    };
    std::vector<std::pair<int, int>> across(columns);
    for (int column = 0; column < columns; ++column) {
      across[column] = cells_of(column, tile.x, map->across);
    }
    for (int row = 0; row < rows; ++row) {
      if (!is_in(row, height)) continue;
      const auto [first_y, last_y] = cells_of(row, tile.y, map->down);
      const float* probability =
          &seen.values[static_cast<size_t>(row) * columns];
      for (int column = 0; column < columns; ++column) {
        if (!is_in(column, width)) continue;
        const float evidence = EvidenceOf(probability[column]);
        const auto [first_x, last_x] = across[column];
        for (int y = first_y; y <= last_y; ++y) {
          for (int x = first_x; x <= last_x; ++x) {
            map->At(x, y) = std::max(map->At(x, y), evidence);
          }
        }
      }
    }
  }

  std::unique_ptr<NeuralNetwork> network_;
  std::unique_ptr<NeuralNetwork> grey_network_;
  // Kept from picture to picture, so that none costs new memory.
  Tensor input_;
  Tensor reduced_input_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<FirstGlance>> MakeFirstGlance(
    const std::string& path, const std::string& grey_path,
    NeuralRuntime* runtime) {
  InitializeTextEngines();
  ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> network, runtime->Load(path));
  ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> grey_network,
                   runtime->Load(grey_path));
  return std::make_unique<NetworkGlance>(std::move(network),
                                         std::move(grey_network));
}

}  // namespace burntin
