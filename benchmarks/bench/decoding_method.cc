#include <string>
#include <utility>
#include <vector>

#include "benchmarks/bench/method.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcfcache.h"
#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"

namespace burntin::bench {
namespace {

absl::Status NotDecoded() {
  return Error(Reason::kFrameDecodeFailed,
               "DCMTK cannot decode the file. Measure another one.");
}

class DecodingMethod final : public Method {
 public:
  absl::StatusOr<Answer> Measure(const std::string& path) override {
    const double start_ms = ProcessCpuMs();
    Answer answer;
    DcmFileFormat file;
    {
      const CpuStopwatch watch(&answer.open_ms);
      if (file.loadFile(path.c_str()).bad()) return NotDecoded();
    }
    RETURN_IF_ERROR(DecodeFrames(file.getDataset(), &answer));
    answer.cpu_ms = ProcessCpuMs() - start_ms;
    return answer;
  }

 private:
  static absl::Status DecodeFrames(DcmDataset* object, Answer* answer) {
    DcmElement* element = nullptr;
    Sint32 frames = 0;
    if (object->findAndGetSint32(DCM_NumberOfFrames, frames).bad()) frames = 1;
    if (object->findAndGetElement(DCM_PixelData, element).bad()) {
      return NotDecoded();
    }
    auto* pixels = dynamic_cast<DcmPixelData*>(element);
    Uint32 bytes = 0;
    if (pixels == nullptr ||
        pixels->getUncompressedFrameSize(object, bytes).bad()) {
      return NotDecoded();
    }
    const CpuStopwatch watch(&answer->stages_ms["decode"]);
    std::vector<Uint8> frame((bytes + 1) / 2 * 2);
    DcmFileCache cache;
    Uint32 fragment = 0;  // DCMTK moves it on to the next frame's
    OFString model;
    for (Sint32 i = 0; i < frames; ++i, ++answer->frames) {
      if (pixels
              ->getUncompressedFrame(
                  object, static_cast<Uint32>(i), fragment, frame.data(),
                  static_cast<Uint32>(frame.size()), model, &cache)
              .bad()) {
        return NotDecoded();
      }
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Method> MakeDecodingMethod() {
  // They do nothing when the decoders are there already.
  DJDecoderRegistration::registerCodecs();
  DJLSDecoderRegistration::registerCodecs();
  DcmRLEDecoderRegistration::registerCodecs();
  return std::make_unique<DecodingMethod>();
}

}  // namespace burntin::bench
