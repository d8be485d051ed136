// Ends DCMTK's parsing where sequences nest so deeply that it would run out of
// stack. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_GUARDED_STREAM_H_
#define BURNTIN_DETECTOR_DICOM_GUARDED_STREAM_H_

#include <cstdint>
#include <string>

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcistrmf.h"

namespace burntin {

// For one parse. Each level takes DCMTK about a kilobyte, and more with a
// sanitizer; threads have 8 MiB.
inline constexpr int64_t kParserStackBytes = int64_t{1} << 20;

// A file to parse. DCMTK 3.6.7 recurses once for each level of nesting and
// knows no limit, and bytes that look like delimiters make depth impossible to
// count without parsing. But it asks the stream before each step, so the
// stream measures the stack, and fails where too much of it is in use.
class GuardedStream final : public DcmInputFileStream {
 public:
  // Stack in use is counted from the frame of the caller, who has to be the
  // one that parses, on the same thread.
  GuardedStream(const std::string& path, int64_t stack_bytes);

  // Whether the limit was met. The stream stays failed.
  bool is_too_deep() const { return is_too_deep_; }

  OFBool good() const override;
  OFCondition status() const override;
  offile_off_t avail() override;
  offile_off_t read(void* buffer, offile_off_t bytes) override;

 private:
  bool IsTooDeep() const;

  const uintptr_t start_;
  const uintptr_t stack_bytes_;
  mutable bool is_too_deep_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_GUARDED_STREAM_H_
