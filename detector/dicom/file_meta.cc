#include "detector/dicom/file_meta.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <fstream>

#include "dcmtk/dcmdata/dctk.h"

namespace burntin {
namespace {

// Preamble, prefix and the element (0002,0000), which says what follows it.
constexpr int64_t kBytesBeforeGroup = 128 + 4 + 12;

bool HasPrefix(const std::string& path) {
  std::ifstream bytes(path, std::ios::binary);
  std::string head(static_cast<size_t>(kBytesBeforeGroup), '\0');
  bytes.read(head.data(), static_cast<std::streamsize>(head.size()));
  return bytes && head.compare(128, 4, "DICM") == 0;
}

}  // namespace

FileMeta ReadFileMeta(const std::string& path) {
  DcmFileFormat file;
  file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength,
                ERM_metaOnly);
  DcmMetaInfo* meta = file.getMetaInfo();
  OFString uid;
  if (meta == nullptr ||
      meta->findAndGetOFString(DCM_TransferSyntaxUID, uid).bad()) {
    return {};
  }
  FileMeta found{.transfer_syntax_uid = std::string(uid.c_str(), uid.size())};
  Uint32 group_length = 0;
  if (HasPrefix(path) &&
      meta->findAndGetUint32(DCM_FileMetaInformationGroupLength, group_length)
          .good()) {
    found.data_set_start = kBytesBeforeGroup + int64_t{group_length};
  }
  return found;
}

}  // namespace burntin
