// burntin-decode: decodes the frames of one DICOM file as the detector does,
// for comparison with other decoders.
// usage: burntin-decode [--raw DIR] FILE
//   --raw DIR  writes each frame's cells to DIR/frame-NNNNNN.raw, little
//              endian, and prints a line of JSON for each frame
// Without --raw it decodes and prints counts. Exit status: 0 every frame was
// decoded, 1 not every one, 2 wrong usage or output cannot be written.
#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/error.h"
#include "detector/dicom/stored_pixels.h"

namespace burntin {
namespace {

constexpr DicomLimits kLimits{.file_bytes = int64_t{4} << 30,
                              .pixels_per_frame = int64_t{1} << 28,
                              .frames = 100'000};

std::string_view ReasonText(const absl::Status& status) {
  const std::optional<Reason> reason = ReasonOf(status);
  return reason ? ReasonName(*reason) : "UNKNOWN";
}

nlohmann::json Describe(const absl::Status& error) {
  return {{"error", ReasonText(error)},
          {"message", std::string(error.message())}};
}

std::string CellName(const PixelCells& cells) {
  return std::visit(
      [](const auto& values) -> std::string {
        using T = typename std::decay_t<decltype(values)>::value_type;
        const std::string kind = std::is_integral_v<T> ? "u" : "f";
        return "<" + kind + std::to_string(sizeof(T));
      },
      cells.values);
}

nlohmann::json Describe(const StoredFrame& frame) {
  return {{"rows", frame.cells.rows},
          {"columns", frame.cells.columns},
          {"channels", frame.cells.channels},
          {"cell", CellName(frame.cells)},
          {"bits_stored", frame.layout.bits_stored},
          {"high_bit", frame.layout.high_bit},
          {"signed", frame.layout.is_signed},
          {"photometric", frame.layout.photometric}};
}

bool WriteCells(const PixelCells& cells, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  std::visit(
      [&](const auto& values) {
        file.write(reinterpret_cast<const char*>(values.data()),
                   static_cast<std::streamsize>(values.size() *
                                                sizeof(values.front())));
      },
      cells.values);
  return file.flush().good();
}

std::string FrameName(int frame, size_t reading) {
  char name[64];
  std::snprintf(name, sizeof(name), "frame-%06d%s.raw", frame,
                reading == 0 ? "" : "-otherwise");
  return name;
}

class Output {
 public:
  explicit Output(std::optional<std::string> folder)
      : folder_(std::move(folder)) {}

  void Take(int frame, const absl::StatusOr<StoredFrame>& stored) {
    ++(stored.ok() ? decoded_ : failed_);
    if (!folder_) return;
    nlohmann::json line =
        stored.ok() ? Describe(*stored) : Describe(stored.status());
    line["frame"] = frame;
    if (stored.ok()) Write(frame, *stored, &line);
    std::cout << line.dump() << "\n";
  }

  int Finish(const absl::Status& whole) {
    if (folder_ && !whole.ok()) std::cout << Describe(whole).dump() << "\n";
    if (!folder_) {
      std::cout << decoded_ << " frames decoded, " << failed_ << " failed";
      if (!whole.ok()) std::cout << ", " << ReasonText(whole);
      std::cout << "\n";
    }
    if (!written_ || !std::cout.flush()) {
      std::cerr << "burntin-decode: the output cannot be written.\n";
      return 2;
    }
    return whole.ok() && failed_ == 0 && decoded_ > 0 ? 0 : 1;
  }

 private:
  void Write(int frame, const StoredFrame& stored, nlohmann::json* line) {
    std::vector<std::string> names;
    const auto write = [&](const PixelCells& cells) {
      names.push_back(FrameName(frame, names.size()));
      written_ = WriteCells(cells, *folder_ + "/" + names.back()) && written_;
    };
    write(stored.cells);
    if (!stored.otherwise.empty()) write(stored.otherwise.front());
    (*line)["files"] = names;
  }

  const std::optional<std::string> folder_;
  int decoded_ = 0;
  int failed_ = 0;
  bool written_ = true;
};

int Main(const std::vector<std::string>& arguments) {
  const bool raw = arguments.size() == 3 && arguments[0] == "--raw";
  if (!raw && arguments.size() != 1) {
    std::cerr << "usage: burntin-decode [--raw DIR] FILE\n";
    return 2;
  }
  Output output(raw ? std::optional(arguments[1]) : std::nullopt);
  const absl::Status whole = ReadStoredFrames(
      arguments.back(), kLimits,
      [&](int frame, const absl::StatusOr<StoredFrame>& stored) {
        output.Take(frame, stored);
      });
  return output.Finish(whole);
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) {
  // As burntin-decoder does: memory of one frame serves the next.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return burntin::Main(std::vector<std::string>(argv + 1, argv + argc));
}
