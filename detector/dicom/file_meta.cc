#include "detector/dicom/file_meta.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <fstream>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/dicom/guarded_stream.h"

namespace burntin {
namespace {

// Preamble, prefix and the element (0002,0000), which says what follows it.
constexpr int64_t kBytesBeforeGroup = 128 + 4 + 12;
// Bytes of a UID with its padding (PS3.5 clause 9.1).
constexpr Uint32 kLongestValue = 64;

bool HasPrefix(const std::string& path) {
  std::ifstream bytes(path, std::ios::binary);
  std::string head(static_cast<size_t>(kBytesBeforeGroup), '\0');
  bytes.read(head.data(), static_cast<std::streamsize>(head.size()));
  return bytes && head.compare(128, 4, "DICM") == 0;
}

// Whether the element is there with a value that DCMTK may load: it would
// allocate whatever length the file says.
bool IsShort(DcmItem& item, const DcmTagKey& tag) {
  DcmElement* element = nullptr;
  return item.findAndGetElement(tag, element).good() &&
         element->getLengthField() <= kLongestValue;
}

}  // namespace

FileMeta ReadFileMeta(const std::string& path) {
  GuardedStream stream(path, kParserStackBytes);
  DcmMetaInfo meta;
  meta.transferInit();
  meta.read(stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
  meta.transferEnd();
  OFString uid;
  if (stream.is_too_deep() || !IsShort(meta, DCM_TransferSyntaxUID) ||
      meta.findAndGetOFString(DCM_TransferSyntaxUID, uid).bad()) {
    return {};
  }
  FileMeta found{.transfer_syntax_uid = std::string(uid.c_str(), uid.size())};
  Uint32 group_length = 0;
  if (HasPrefix(path) && IsShort(meta, DCM_FileMetaInformationGroupLength) &&
      meta.findAndGetUint32(DCM_FileMetaInformationGroupLength, group_length)
          .good()) {
    found.data_set_start = kBytesBeforeGroup + int64_t{group_length};
  }
  return found;
}

}  // namespace burntin
