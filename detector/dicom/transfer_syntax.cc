#include "detector/dicom/transfer_syntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <array>

namespace burntin {
namespace {

constexpr std::array kSyntaxes = {
    TransferSyntax{"1.2.840.10008.1.2", Codec::kNone},
    TransferSyntax{"1.2.840.10008.1.2.1", Codec::kNone},
    TransferSyntax{"1.2.840.10008.1.2.1.98", Codec::kUncompressed},
    TransferSyntax{"1.2.840.10008.1.2.1.99", Codec::kNone},
    TransferSyntax{"1.2.840.10008.1.2.2", Codec::kNone},
    TransferSyntax{"1.2.840.10008.1.2.4.50", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.51", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.53", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.55", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.57", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.70", Codec::kJpeg},
    TransferSyntax{"1.2.840.10008.1.2.4.80", Codec::kJpegLs},
    TransferSyntax{"1.2.840.10008.1.2.4.81", Codec::kJpegLs},
    TransferSyntax{"1.2.840.10008.1.2.4.90", Codec::kJpeg2000},
    TransferSyntax{"1.2.840.10008.1.2.4.91", Codec::kJpeg2000},
    TransferSyntax{"1.2.840.10008.1.2.4.100", Codec::kMpeg2},
    TransferSyntax{"1.2.840.10008.1.2.4.100.1", Codec::kMpeg2},
    TransferSyntax{"1.2.840.10008.1.2.4.101", Codec::kMpeg2},
    TransferSyntax{"1.2.840.10008.1.2.4.101.1", Codec::kMpeg2},
    TransferSyntax{"1.2.840.10008.1.2.4.102", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.102.1", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.103", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.103.1", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.104", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.104.1", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.105", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.105.1", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.106", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.106.1", Codec::kH264},
    TransferSyntax{"1.2.840.10008.1.2.4.107", Codec::kHevc},
    TransferSyntax{"1.2.840.10008.1.2.4.108", Codec::kHevc},
    TransferSyntax{"1.2.840.10008.1.2.4.110", Codec::kJpegXl},
    TransferSyntax{"1.2.840.10008.1.2.4.111", Codec::kJpegXl},
    TransferSyntax{"1.2.840.10008.1.2.4.112", Codec::kJpegXl},
    TransferSyntax{"1.2.840.10008.1.2.4.201", Codec::kJpeg2000},
    TransferSyntax{"1.2.840.10008.1.2.4.202", Codec::kJpeg2000},
    TransferSyntax{"1.2.840.10008.1.2.4.203", Codec::kJpeg2000},
    TransferSyntax{"1.2.840.10008.1.2.5", Codec::kRle},
    TransferSyntax{"1.2.840.10008.1.2.8.1", Codec::kDeflatedFrame},
    // Without a decoder: the multi-component transforms of JPEG 2000 Part 2.
    TransferSyntax{"1.2.840.10008.1.2.4.92", Codec::kUnsupported},
    TransferSyntax{"1.2.840.10008.1.2.4.93", Codec::kUnsupported},
};

}  // namespace

const TransferSyntax* FindTransferSyntax(std::string_view uid) {
  const auto* found =
      std::find_if(kSyntaxes.begin(), kSyntaxes.end(),
                   [&](const TransferSyntax& row) { return row.uid == uid; });
  return found == kSyntaxes.end() ? nullptr : found;
}

std::map<std::string, std::string> NamesOfTransferSyntaxes() {
  std::map<std::string, std::string> names;
  for (const TransferSyntax& row : kSyntaxes) {
    const std::string uid(row.uid);
    names[uid] = dcmFindNameOfUID(uid.c_str(), uid.c_str());
  }
  return names;
}

bool IsVideo(Codec codec) {
  return codec == Codec::kMpeg2 || codec == Codec::kH264 ||
         codec == Codec::kHevc;
}

}  // namespace burntin
