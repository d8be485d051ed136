#include "detector/dicom/guarded_stream.h"

#include "dcmtk/dcmdata/dcerror.h"

namespace burntin {
namespace {

uintptr_t StackPosition() {
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

}  // namespace

GuardedStream::GuardedStream(const std::string& path, int64_t stack_bytes)
    : DcmInputFileStream(path.c_str()),
      start_(StackPosition()),
      stack_bytes_(static_cast<uintptr_t>(stack_bytes)) {}

OFBool GuardedStream::good() const {
  return !IsTooDeep() && DcmInputFileStream::good();
}

OFCondition GuardedStream::status() const {
  return IsTooDeep() ? EC_CorruptedData : DcmInputFileStream::status();
}

offile_off_t GuardedStream::avail() {
  return IsTooDeep() ? 0 : DcmInputFileStream::avail();
}

offile_off_t GuardedStream::read(void* buffer, offile_off_t bytes) {
  return IsTooDeep() ? 0 : DcmInputFileStream::read(buffer, bytes);
}

// The stack grows downwards on every processor that Debian supports.
bool GuardedStream::IsTooDeep() const {
  const uintptr_t position = StackPosition();
  if (position < start_ && start_ - position > stack_bytes_) {
    is_too_deep_ = true;
  }
  return is_too_deep_;
}

}  // namespace burntin
