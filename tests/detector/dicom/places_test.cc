// Every place of an object in which text can stand is a plane, wherever in
// the object it is.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kRows = 4;
constexpr int kColumns = 8;
constexpr uint32_t kPixelData = 0x7FE00010;

RawDataset Flat() {
  RawDataset image = RawImage(kRows, kColumns);
  image.Bytes(kPixelData, "OW", std::string(kRows * kColumns, '\x64'));
  return image;
}

std::vector<PlaneId> PlanesOf(const Opened& opened, Source source) {
  std::vector<PlaneId> planes;
  for (const PlaneId& plane : opened->planes()) {
    if (plane.source == source) planes.push_back(plane);
  }
  return planes;
}

// A 60xx group of `frames` frames; in frame n, the n-th pixel is set.
void AddOverlay(int group, int frames, RawDataset* image) {
  const uint32_t base = static_cast<uint32_t>(group) << 16;
  std::string bits(static_cast<size_t>(frames * kRows * kColumns / 8), '\0');
  for (int frame = 0; frame < frames; ++frame) {
    const int at = frame * kRows * kColumns + frame;
    bits[static_cast<size_t>(at / 8)] =
        static_cast<char>(bits[static_cast<size_t>(at / 8)] | 1 << (at % 8));
  }
  image->Number(base | 0x0010, kRows)
      .Number(base | 0x0011, kColumns)
      .Text(base | 0x0015, "IS", std::to_string(frames))
      .Text(base | 0x0040, "CS", "G")
      .Bytes(base | 0x0050, "SS", RawValues<int16_t>({1, 1}))
      .Number(base | 0x0100, 1)
      .Number(base | 0x0102, 0)
      .Bytes(base | 0x3000, "OW", bits);
}

// The index of the only pixel that is 255.
std::ptrdiff_t OnlySetPixel(const Image& view) {
  EXPECT_EQ(std::count(view.pixels.begin(), view.pixels.end(), 255), 1);
  return std::find(view.pixels.begin(), view.pixels.end(), 255) -
         view.pixels.begin();
}

TEST(OverlayPlacesTest, EveryFrameOfEveryGroupIsAPlane) {
  RawDataset image = Flat();
  AddOverlay(0x6000, 3, &image);
  AddOverlay(0x60FE, 2, &image);
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const std::vector<PlaneId> planes = PlanesOf(opened, Source::kOverlayPlane);
  ASSERT_EQ(planes.size(), 5U);
  for (const PlaneId& plane : planes) {
    EXPECT_EQ(OnlySetPixel(opened->Decode(plane)->views.front()), plane.frame);
  }
}

TEST(OverlayPlacesTest, AnOverlayInASequenceIsAPlane) {
  RawDataset item;
  AddOverlay(0x6002, 1, &item);
  RawDataset image = Flat();
  image.Sequence(0x00081140, {item});
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const std::vector<PlaneId> planes = PlanesOf(opened, Source::kOverlayPlane);
  ASSERT_EQ(planes.size(), 1U);
  EXPECT_EQ(planes[0].source_index, 0x10000 + 0x6002);
}

// Overlay attributes without Overlay Data: the bits stand in the pixels.
void AddHighBitOverlay(int group, int bit, RawDataset* image) {
  const uint32_t base = static_cast<uint32_t>(group) << 16;
  image->Number(base | 0x0010, kRows)
      .Number(base | 0x0011, kColumns)
      .Text(base | 0x0040, "CS", "G")
      .Number(base | 0x0100, 16)
      .Number(base | 0x0102, bit);
}

RawDataset TwelveOfSixteen(const std::vector<uint16_t>& words) {
  RawDataset image = RawImage(kRows, kColumns);
  image.Number(0x00280100, 16)
      .Number(0x00280101, 12)
      .Number(0x00280102, 11)
      .Bytes(kPixelData, "OW", RawValues(words));
  return image;
}

TEST(HighBitOverlayTest, EachIsAPlaneOfItsOwnAndNotOnTheFrame) {
  std::vector<uint16_t> words(kRows * kColumns, 0x0123);
  words[3] |= 0x1000;
  words[9] |= 0x8000;
  RawDataset image = TwelveOfSixteen(words);
  AddHighBitOverlay(0x6000, 12, &image);
  AddHighBitOverlay(0x6002, 15, &image);
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const auto planes = PlanesOf(opened, Source::kHighBitOverlay);
  ASSERT_EQ(planes.size(), 2U);
  EXPECT_EQ(planes[0].source_index, 0x6000);
  EXPECT_EQ(OnlySetPixel(opened->Decode(planes[0])->views.front()), 3);
  EXPECT_EQ(planes[1].source_index, 0x6002);
  EXPECT_EQ(OnlySetPixel(opened->Decode(planes[1])->views.front()), 9);
  const PlaneViews frame =
      opened->Decode(PlanesOf(opened, Source::kFrame)[0])->views;
  ASSERT_EQ(frame.size(), 1U);
  EXPECT_EQ(std::count(frame[0].pixels.begin(), frame[0].pixels.end(),
                       frame[0].pixels[0]),
            kRows * kColumns);
}

TEST(HighBitOverlayTest, BitsThatNoOverlayDeclaresAreShownWithTheFrame) {
  std::vector<uint16_t> words(kRows * kColumns, 0x0123);
  words[3] |= 0x4000;
  const Opened opened(RawFile(TwelveOfSixteen(words)));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const PlaneViews views = opened->Decode(opened->planes()[0])->views;
  EXPECT_TRUE(std::any_of(views.begin(), views.end(), [](const Image& view) {
    return view.pixels[3] != view.pixels[4];
  }));
}

TEST(HighBitOverlayTest, InABitThatPixelsDoNotHaveIsReported) {
  RawDataset image = Flat();
  AddHighBitOverlay(0x6000, 12, &image);
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kFileMalformed));
}

// Black but for one white pixel.
RawDataset Icon(int white) {
  RawDataset icon = RawImage(2, 2);
  std::string pixels(4, '\0');
  pixels[static_cast<size_t>(white)] = '\xFF';
  icon.Bytes(kPixelData, "OW", pixels);
  return icon;
}

TEST(InnerImageTest, EveryIconAndNestedImageIsAPlane) {
  RawDataset deep;
  deep.Sequence(0x00880200, {Icon(1)});
  RawDataset image = Flat();
  image.Sequence(0x00880200, {Icon(2), Icon(3)}).Sequence(0x00081140, {deep});
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const std::vector<PlaneId> planes = PlanesOf(opened, Source::kIcon);
  ASSERT_EQ(planes.size(), 3U);
  std::vector<std::ptrdiff_t> white;
  for (const PlaneId& plane : planes) {
    white.push_back(OnlySetPixel(opened->Decode(plane)->views.front()));
  }
  EXPECT_THAT(white, testing::UnorderedElementsAre(1, 2, 3));
}

TEST(OverlayPlacesTest, MorePlanesThanTheLimitAreReported) {
  DicomLimits limits = kWideLimits;
  limits.frames = 2;
  RawDataset image = Flat();
  for (const int group : {0x6000, 0x6002, 0x6004, 0x6006}) {
    AddOverlay(group, 2, &image);
  }
  EXPECT_THAT(Failures(Opened(RawFile(image), limits)),
              ElementsAre(Reason::kFrameLimitExceeded));
}

TEST(HighBitOverlayTest, OfColourIsAViewForEachChannel) {
  RawDataset image = RawImage(1, 2);
  image.Number(0x00280002, 3)
      .Text(0x00280004, "CS", "RGB")
      .Number(0x00280006, 0)
      .Number(0x00280100, 16)
      .Number(0x00280101, 8)
      .Number(0x00280102, 7)
      .Bytes(kPixelData, "OW",
             RawValues<uint16_t>({0, 0x8000, 0, 0, 0, 0x8000}));
  AddHighBitOverlay(0x6000, 15, &image);
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const PlaneViews views =
      opened->Decode(PlanesOf(opened, Source::kHighBitOverlay)[0])->views;
  ASSERT_EQ(views.size(), 3U);
  EXPECT_THAT(views[0].pixels, ElementsAre(0, 0));
  EXPECT_THAT(views[1].pixels, ElementsAre(255, 0));
  EXPECT_THAT(views[2].pixels, ElementsAre(0, 255));
}

TEST(FramesTest, PixelDataBesideFloatPixelDataIsReported) {
  RawDataset image = Flat();
  image.Bytes(0x7FE00008, "OF", std::string(4 * kRows * kColumns, '\0'));
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(FramesTest, BulkInOtherElementsOfThePixelGroupIsReported) {
  RawDataset image = Flat();
  image.Bytes(0x7FE00020, "OW", std::string(2048, 'x'));
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kUnsupportedPlace));
}

TEST(InnerImageTest, ItsHighBitOverlayIsNotTakenForThatOfTheFrame) {
  std::vector<uint16_t> words(kRows * kColumns, 0);
  words[3] = 0x1000;
  RawDataset image = TwelveOfSixteen(words);
  AddHighBitOverlay(0x6000, 12, &image);
  words[3] = 0;
  words[5] = 0x1000;
  RawDataset icon = TwelveOfSixteen(words);
  AddHighBitOverlay(0x6000, 12, &icon);
  image.Sequence(0x00880200, {icon});
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const auto planes = PlanesOf(opened, Source::kHighBitOverlay);
  ASSERT_EQ(planes.size(), 2U);
  EXPECT_EQ(OnlySetPixel(opened->Decode(planes[0])->views.front()), 3);
  EXPECT_EQ(planes[1].source_index, 0x16000);
  EXPECT_EQ(OnlySetPixel(opened->Decode(planes[1])->views.front()), 5);
}

TEST(SlideTest, ItsLabelAndOverviewAreSourcesOfTheirOwn) {
  struct Flavour {
    std::string image_type;
    Source source;
  };
  for (const Flavour& flavour :
       {Flavour{"ORIGINAL\\PRIMARY\\LABEL\\NONE", Source::kSlideLabel},
        Flavour{"DERIVED\\PRIMARY\\OVERVIEW\\NONE", Source::kSlideOverview},
        Flavour{"DERIVED\\PRIMARY\\VOLUME\\NONE", Source::kFrame}}) {
    RawDataset image = Flat();
    image.Text(0x00080008, "CS", flavour.image_type);
    const Opened opened(RawFile(image));
    ASSERT_THAT(Failures(opened), IsEmpty());
    EXPECT_EQ(opened->planes()[0].source, flavour.source);
    EXPECT_EQ(opened->frames_total(), 1);
  }
}

// A presentation state (PS3.3 C.10.5) with these graphic annotations.
RawDataset PresentationState(const std::vector<RawDataset>& text_objects) {
  RawDataset annotation;
  annotation.Sequence(0x00700008, text_objects);
  RawDataset state;
  state.Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.11.1")
      .Text(0x00080060, "CS", "PR")
      .Sequence(0x00700001, {annotation});
  return state;
}

std::string Floats(float x, float y) { return RawValues<float>({x, y}); }

TEST(GraphicTextTest, IsStatedWithItsBox) {
  RawDataset object;
  object.Text(0x00700003, "CS", "PIXEL")
      .Text(0x00700006, "ST", "DOE^JANE\r\n1970")
      .Bytes(0x00700010, "FL", Floats(11, 21))
      .Bytes(0x00700011, "FL", Floats(110, 40));
  const Opened opened(RawFile(PresentationState({object})));
  ASSERT_THAT(Failures(opened), IsEmpty());
  ASSERT_EQ(opened->planes().size(), 1U);
  EXPECT_EQ(opened->planes()[0].source, Source::kGraphicAnnotation);
  EXPECT_EQ(opened->frames_total(), 1);
  const auto plane = opened->Decode(opened->planes()[0]);
  ASSERT_THAT(plane, IsOk());
  EXPECT_THAT(plane->views, IsEmpty());
  ASSERT_EQ(plane->stated.size(), 2U);
  EXPECT_EQ(plane->stated[0].text.Reveal(), "DOE^JANE");
  EXPECT_EQ(plane->stated[0].box, (Box{10, 20, 100, 10}));
  EXPECT_EQ(plane->stated[1].text.Reveal(), "1970");
  EXPECT_EQ(plane->stated[1].box, (Box{10, 30, 100, 10}));
}

TEST(GraphicTextTest, APresentationStateWithoutTextIsFullyInspected) {
  const Opened opened(RawFile(PresentationState({})));
  ASSERT_THAT(Failures(opened), IsEmpty());
  EXPECT_EQ(opened->frames_total(), 1);
  const auto plane = opened->Decode(opened->planes()[0]);
  ASSERT_THAT(plane, IsOk());
  EXPECT_THAT(plane->stated, IsEmpty());
}

TEST(GraphicTextTest, LinesThatAStateDrawsAreReported) {
  RawDataset graphic;
  graphic.Bytes(0x00700022, "FL", Floats(11, 21) + Floats(30, 40))
      .Text(0x00700023, "CS", "POLYLINE");
  EXPECT_THAT(Failures(Opened(RawFile(PresentationState({graphic})))),
              ElementsAre(Reason::kUnsupportedPlace));
}

TEST(GraphicTextTest, WithoutAPlaceInPixelsIsStatedAllTheSame) {
  RawDataset object;
  object.Text(0x00700003, "CS", "DISPLAY").Text(0x00700006, "ST", "M\xDCLLER");
  const Opened opened(RawFile(PresentationState({object})));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const auto plane = opened->Decode(opened->planes()[0]);
  ASSERT_EQ(plane->stated.size(), 1U);
  EXPECT_EQ(plane->stated[0].text.Reveal(), "M\xC3\x9CLLER");
  EXPECT_EQ(plane->stated[0].box, Box{});
}

TEST(GraphicTextTest, TooMuchIsReported) {
  std::string lines;
  for (int i = 0; i <= 10'000; ++i) lines += "x\n";
  for (const std::string& text :
       {lines, std::string((size_t{1} << 20) + 1, 'x')}) {
    RawDataset object;
    object.Text(0x00700006, "UT", text);
    const Opened opened(RawFile(PresentationState({object})));
    EXPECT_THAT(Failures(opened), ElementsAre(Reason::kUnsupportedPlace));
    EXPECT_THAT(opened->planes(), IsEmpty());
  }
}

TEST(DocumentTest, ThatIsNoPdfIsReported) {
  RawDataset object;
  object.Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.2")
      .Bytes(0x00420011, "OB", "<ClinicalDocument/>");
  EXPECT_THAT(Failures(Opened(RawFile(object))),
              ElementsAre(Reason::kUnsupportedPlace));
}

}  // namespace
}  // namespace burntin
