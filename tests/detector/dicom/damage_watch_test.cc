// Which of DCMTK's warnings count as damage.
#include <gtest/gtest.h>

#include <string>

#include "detector/dicom/dcmtk_edge.h"

namespace burntin {
namespace {

using Work = DamageWatch::Work;

struct WarningCase {
  std::string name;
  Work work;
  std::string logger;
  std::string message;
  bool damage;
};

class DamageWatchTest : public testing::TestWithParam<WarningCase> {};

TEST_P(DamageWatchTest, JudgesAWarning) {
  DamageWatch watch(GetParam().work);
  watch.Note(GetParam().logger, GetParam().message);
  EXPECT_EQ(watch.damaged(), GetParam().damage);
}

INSTANTIATE_TEST_SUITE_P(
    Warnings, DamageWatchTest,
    testing::Values(
        WarningCase{"CorruptJpeg", Work::kDecoding, "dcmtk.dcmjpeg",
                    "Corrupt JPEG data: bad Huffman code", true},
        WarningCase{"JpegProgression", Work::kDecoding, "dcmtk.dcmjpeg",
                    "Inconsistent progression sequence for component 0", true},
        WarningCase{"JpegScanParameters", Work::kDecoding, "dcmtk.dcmjpeg",
                    "Invalid SOS parameters for sequential JPEG", false},
        WarningCase{"IncompleteJpegLs", Work::kDecoding, "dcmtk.dcmjpls",
                    "JPEG-LS bitstream invalid or incomplete, ignoring", true},
        WarningCase{"JpegLsPlanes", Work::kDecoding, "dcmtk.dcmjpls",
                    "different planar configuration in JPEG-LS bitstream",
                    false},
        WarningCase{"RleStripes", Work::kDecoding, "dcmtk.dcmdata",
                    "insufficient data for this stripe, filling", true},
        WarningCase{"PixelSpacing", Work::kDecoding, "dcmtk.dcmimgle",
                    "missing second value for 'PixelSpacing'", false},
        WarningCase{"ImageTooShort", Work::kDecoding, "dcmtk.dcmimgle",
                    "not enough data, filling last entry", true},
        WarningCase{"RepeatedTag", Work::kReading, "dcmtk.dcmdata",
                    "DcmItem: Element (0028,0010) found twice in one data "
                    "set or item, ignoring second entry",
                    true},
        WarningCase{"ZerosAtTheEnd", Work::kReading, "dcmtk.dcmdata",
                    "DcmItem: Element (0000,0000) found twice in one data "
                    "set or item, ignoring second entry",
                    false},
        WarningCase{"ParseError", Work::kReading, "dcmtk.dcmdata",
                    "DcmItem: Parse error in sequence item", true},
        WarningCase{"OddLength", Work::kReading, "dcmtk.dcmdata",
                    "DcmItem: Length of element (7fe0,0010) is odd", false}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace burntin
