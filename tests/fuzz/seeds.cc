#include "tests/fuzz/seeds.h"

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/pdf_maker.h"
#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/stream_maker.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using std::string_literals::operator""s;
using std::string_view_literals::operator""sv;

constexpr int kRows = 24;
constexpr int kColumns = 40;

Image Picture() {
  Image image = FlatPicture(kRows, kColumns, 20);
  DrawText("DOE", 4, 4, {.letter_rows = 12}, &image);
  return image;
}

struct NamedEncoding {
  std::string name;
  Encoding encoding;
  int syntax = -1;  // of compressed_frame.cc's list
};

const std::vector<NamedEncoding>& Encodings() {
  static const std::vector<NamedEncoding> kAll = {
      {"implicit", Encoding::kImplicitLittle},
      {"explicit", Encoding::kExplicitLittle},
      {"big", Encoding::kExplicitBig},
      {"deflated", Encoding::kDeflated},
      {"jpeg_baseline", Encoding::kJpegBaseline, 0},
      {"jpeg_extended", Encoding::kJpegExtended, 1},
      {"jpeg_spectral", Encoding::kJpegSpectral, 2},
      {"jpeg_progressive", Encoding::kJpegProgressive, 3},
      {"jpeg_lossless", Encoding::kJpegLossless, 4},
      {"jpeg_lossless_sv1", Encoding::kJpegLosslessSv1, 5},
      {"jpeg_ls", Encoding::kJpegLsLossless, 6},
      {"jpeg_ls_near", Encoding::kJpegLsNear, 7},
      {"rle", Encoding::kRle, 8}};
  return kAll;
}

// The only fragment of compressed Pixel Data.
std::string FragmentOf(const std::string& object) {
  const std::string_view pixels = "\xE0\x7F\x10\x00OB\0\0\xFF\xFF\xFF\xFF"sv;
  const auto length_at = [&](size_t at) {
    size_t length = 0;
    for (size_t i = 0; i < 4; ++i) {
      length |= size_t{static_cast<uint8_t>(object[at + i])} << (8 * i);
    }
    return length;
  };
  const size_t table = object.find(pixels) + pixels.size();
  const size_t fragment = table + 8 + length_at(table + 4);
  return object.substr(fragment + 8, length_at(fragment + 4));
}

// As compressed_frame.cc reads them.
std::string FrameSeed(int syntax, const std::string& fragment,
                      uint64_t flags = 0) {
  return RawBytes(static_cast<uint64_t>(syntax), 1) + RawBytes(flags, 1) +
         RawBytes(kRows - 1, 4) + RawBytes(kColumns - 1, 4) + fragment;
}

void AddEncodings(std::vector<Seed>* seeds) {
  for (const NamedEncoding& named : Encodings()) {
    DicomSpec spec = SpecOf(Picture());
    spec.encoding = named.encoding;
    if (named.encoding == Encoding::kJpegExtended) spec.bits_stored = 12;
    const std::string object = MakeDicom(spec);
    seeds->push_back({"dicom_object", named.name, object});
    if (named.syntax >= 0) {
      seeds->push_back({"compressed_frame", named.name,
                        FrameSeed(named.syntax, FragmentOf(object))});
    }
  }
}

// 16 bits and colour for the codecs that take them.
void AddLayouts(std::vector<Seed>* seeds) {
  constexpr uint64_t kSixteenBits = 1;
  constexpr uint64_t kRgb = 4 | 16;
  const Image grey = Picture();
  Image colour{.rows = kRows, .columns = kColumns, .channels = 3};
  for (const uint8_t pixel : grey.pixels) {
    colour.pixels.insert(colour.pixels.end(), {pixel, 90, 200});
  }
  for (const NamedEncoding& named : Encodings()) {
    if (named.syntax < 5) continue;
    DicomSpec spec = SpecOf(colour);
    spec.encoding = named.encoding;
    seeds->push_back(
        {"compressed_frame", named.name + "_colour",
         FrameSeed(named.syntax, FragmentOf(MakeDicom(spec)), kRgb)});
    spec = SpecOf(grey);
    spec.bits_stored = 16;
    spec.encoding = named.encoding;
    seeds->push_back(
        {"compressed_frame", named.name + "_wide",
         FrameSeed(named.syntax, FragmentOf(MakeDicom(spec)), kSixteenBits)});
  }
}

void AddPlaces(std::vector<Seed>* seeds) {
  DicomSpec spec = SpecOf(Picture());
  spec.icon = FlatPicture(8, 8, 50);
  spec.overlays = {{.group = 0x6002, .bits = Picture()}};
  spec.window = {.center = 100, .width = 50};
  seeds->push_back({"dicom_object", "places", MakeDicom(spec)});
  RawDataset document;
  document.Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.1")
      .Bytes(0x00420011, "OB", MakePdf("DOE"));
  seeds->push_back({"dicom_object", "document", RawFile(document)});
  RawDataset palette = RawImage(kRows, kColumns);
  palette.Text(0x00280004, "CS", "PALETTE COLOR")
      .Bytes(0x7FE00010, "OW", std::string(kRows * kColumns, '\7'));
  for (const uint32_t color : {0U, 1U, 2U}) {
    palette.Numbers(0x00281101 + color, {16, 0, 16})
        .Bytes(0x00281221 + color, "OW",
               RawValues<uint16_t>({0, 1, 0, 1, 15, 0xFFFF}));
  }
  seeds->push_back({"dicom_object", "segmented_palette", RawFile(palette)});
}

void AddDocuments(std::vector<Seed>* seeds) {
  seeds->push_back({"document", "one_page", MakePdf("DOE^JANE")});
  PdfSpec spec;
  spec.pages.resize(2);
  spec.pages[0].texts = {{.text = "DOE"}, {.text = "1970", .quarter_turns = 1}};
  spec.pages[1].texts = {{.text = "hidden", .is_visible = false}};
  spec.info = {{"Title", "Report"}};
  spec.is_packed = true;
  seeds->push_back({"document", "packed", MakePdf(spec)});
}

void AddStills(std::vector<Seed>* seeds) {
  const Samples grey = MakeSamples(kRows, kColumns);
  const Samples colour = MakeSamples(kRows, kColumns, /*channels=*/3);
  const Samples wide = MakeSamples(kRows, kColumns, 1, /*precision=*/12, true);
  seeds->push_back({"jpeg2000", "grey", MakeJpeg2000(grey)});
  seeds->push_back({"jpeg2000", "signed", MakeJpeg2000(wide)});
  seeds->push_back(
      {"jpeg2000", "lossy_tiles",
       MakeJpeg2000(colour, {.lossless = false, .tile_size = 16})});
  seeds->push_back(
      {"jpeg2000", "jp2_420",
       MakeJpeg2000(colour,
                    {.is_jp2 = true, .is_sycc = true, .chroma_step = 2})});
  seeds->push_back({"compressed_frame", "jpeg2000",
                    FrameSeed(/*syntax=*/11, MakeJpeg2000(grey))});
  seeds->push_back({"jpegxl", "grey", MakeJpegXl(grey)});
  seeds->push_back({"jpegxl", "colour", MakeJpegXl(colour)});
  seeds->push_back(
      {"jpegxl", "lossy", MakeJpegXl(colour, {.lossless = false})});
  seeds->push_back(
      {"jpegxl", "container", MakeJpegXl(grey, {.in_container = true})});
}

void AddVideos(std::vector<Seed>* seeds) {
  struct Coding {
    std::string name;
    VideoCoding coding;
    char kind;  // as video.cc reads it
  };
  struct Wrapping {
    std::string name;
    VideoWrapping wrapping;
  };
  const std::vector<Image> frames(3, FlatPicture(32, 48, 90));
  for (const Coding& coding : {Coding{"mpeg2", VideoCoding::kMpeg2, '\0'},
                               Coding{"h264", VideoCoding::kH264, '\1'},
                               Coding{"hevc", VideoCoding::kHevc, '\2'}}) {
    for (const Wrapping& wrapping :
         {Wrapping{"bare", VideoWrapping::kBare},
          Wrapping{"transport", VideoWrapping::kTransport},
          Wrapping{"mp4", VideoWrapping::kMp4}}) {
      seeds->push_back(
          {"video", coding.name + "_" + wrapping.name,
           coding.kind + MakeVideo(frames, {.coding = coding.coding,
                                            .wrapping = wrapping.wrapping})});
    }
  }
}

void AddProtocols(std::vector<Seed>* seeds) {
  std::ostringstream example;
  example << std::ifstream(EXAMPLE_PROTOCOL).rdbuf();
  seeds->push_back({"protocol", "example", example.str()});
  seeds->push_back(
      {"protocol", "flow",
       "version: 1\nrules:\n  - {name: a, when: {modality: {none_of: [US]}, "
       "risk: {below: 0.5, at_least: 0.1}, verdict: [CLEAR, REVIEW]}, then: "
       "{to_project: A}}\n  - {name: b, when: {station_name: {absent: true}}, "
       "then: quarantine}\n"});
  seeds->push_back({"protocol", "dasher",
                    "0008,0060 \tModality   ALL,CT, MR\n0008,1090   "
                    "ManufacturersModelName    Aera, Skyra\n"
                    "clinical_trial_names a\n"});
}

}  // namespace

std::vector<Seed> MakeSeeds() {
  std::vector<Seed> seeds;
  AddEncodings(&seeds);
  AddLayouts(&seeds);
  AddPlaces(&seeds);
  AddDocuments(&seeds);
  AddStills(&seeds);
  AddVideos(&seeds);
  AddProtocols(&seeds);
  // Descriptions of pixels, and plausible answers.
  seeds.push_back({"views", "zeros", std::string(256, '\0')});
  seeds.push_back({"views", "ramp", RawValues(std::vector<uint64_t>(64, 7))});
  seeds.push_back(
      {"isolation_reply", "object",
       "\x12\x0C\x10\x01\x18\x00\x20\x00\x28\x00\x30\x00\x38\x00"s});
  seeds.push_back({"isolation_reply", "plane",
                   "\x1A\x08\x0A\x06\x08\x10\x10\x10\x18\x01"s});
  return seeds;
}

}  // namespace burntin
