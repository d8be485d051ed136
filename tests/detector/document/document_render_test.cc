// How a document's pages are drawn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/detector/document/opened_document.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::SizeIs;

// A page of 200 dots an inch.
constexpr int kColumns = 1653;
constexpr int kRows = 2339;

constexpr char kBlackSquare[] = "0 g 10 10 50 50 re f\n";

TEST(DocumentRenderTest, APageIsDrawnInColourAtItsFullSize) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = "1 0 0 rg 0 0 595 842 re f";
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  ASSERT_THAT(plane->views, SizeIs(1));
  const Image& view = plane->views[0];
  EXPECT_EQ(view.columns, kColumns);
  EXPECT_EQ(view.rows, kRows);
  EXPECT_EQ(view.channels, 3);
  ASSERT_THAT(view.pixels, SizeIs(size_t{kColumns} * kRows * 3));
  const size_t middle = (size_t{kRows} / 2 * kColumns + kColumns / 2) * 3;
  EXPECT_EQ(view.pixels[middle], 255);
  EXPECT_EQ(view.pixels[middle + 1], 0);
  EXPECT_EQ(view.pixels[middle + 2], 0);
}

TEST(DocumentRenderTest, AnEmptyPageIsWhitePaper) {
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(WithTexts({}));
  ASSERT_THAT(plane, IsOk());
  EXPECT_EQ(DarkPixels(plane->views[0]), 0);
  EXPECT_THAT(plane->stated, SizeIs(0));
}

TEST(DocumentRenderTest, EachPageIsDrawnAlone) {
  PdfSpec spec = WithTexts({{.text = "FIRST"}});
  spec.pages.push_back({.width = 144, .height = 72});
  const auto document = Open(MakePdf(spec));
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ((*document)->pages(), 2);
  const absl::StatusOr<DecodedPlane> second = (*document)->Render(1);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->views[0].columns, 400);
  EXPECT_EQ(second->views[0].rows, 200);
  EXPECT_THAT(second->stated, SizeIs(0));
  EXPECT_THAT((*document)->Render(2), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT((*document)->Render(-1), FailsWith(Reason::kFrameDecodeFailed));
}

TEST(DocumentRenderTest, ACroppedMarginIsUncovered) {
  PdfSpec spec = WithTexts({{.text = "MARGIN", .x = 20, .y = 20}});
  spec.pages[0].crop_box = {100, 100, 500, 700};
  const auto document = Open(MakePdf(spec));
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT((*document)->omissions(), SizeIs(0));
  const absl::StatusOr<DecodedPlane> plane = (*document)->Render(0);
  ASSERT_THAT(plane, IsOk());
  EXPECT_EQ(plane->views[0].columns, kColumns);
  EXPECT_EQ(plane->views[0].rows, kRows);
  EXPECT_GT(DarkPixels(plane->views[0], BoxOf(*plane, "MARGIN")), 100);
}

TEST(DocumentRenderTest, HiddenLayersShowInASecondView) {
  PdfSpec spec = WithTexts({{.text = "SHOWN", .y = 700, .layer = 0},
                            {.text = "HIDDEN", .y = 600, .layer = 1}});
  spec.layers = {{.name = "a"}, {.name = "b", .is_shown = false}};
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  ASSERT_THAT(plane->views, SizeIs(2));
  const Box shown = BoxOf(*plane, "SHOWN");
  const Box hidden = BoxOf(*plane, "HIDDEN");
  EXPECT_GT(DarkPixels(plane->views[0], shown), 100);
  EXPECT_EQ(DarkPixels(plane->views[0], hidden), 0);
  EXPECT_GT(DarkPixels(plane->views[1], shown), 100);
  EXPECT_GT(DarkPixels(plane->views[1], hidden), 100);
}

TEST(DocumentRenderTest, LayersThatAreAllShownNeedNoSecondView) {
  PdfSpec spec = WithTexts({{.text = "SHOWN", .layer = 0}});
  spec.layers = {{.name = "a"}};
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_THAT(plane->views, SizeIs(1));
}

TEST(DocumentRenderTest, AnnotationsAreDrawn) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].annotations = {
      "<< /Type /Annot /Subtype /Square /Rect [100 100 300 200] /F 4 "
      "/C [0 0 0] /IC [0 0 0] >>"};
  const auto document = Open(MakePdf(spec));
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT((*document)->omissions(), SizeIs(0));
  const absl::StatusOr<DecodedPlane> plane = (*document)->Render(0);
  ASSERT_THAT(plane, IsOk());
  EXPECT_GT(DarkPixels(plane->views[0]), 1000);
}

TEST(DocumentRenderTest, FilledInFieldsAreDrawnAndStated) {
  PdfSpec spec = WithTexts({});
  // The annotation below is object 5.
  spec.catalog =
      "/AcroForm << /NeedAppearances true /DA (/Helv 12 Tf 0 g) "
      "/Fields [5 0 R] /DR << /Font << /Helv << /Type /Font /Subtype /Type1 "
      "/BaseFont /Helvetica >> >> >> >>";
  spec.pages[0].annotations = {
      "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (DOE) /F 4 "
      "/DA (/Helv 12 Tf 0 g) /Rect [100 600 300 640] >>"};
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_GT(DarkPixels(plane->views[0], BoxOf(*plane, "DOE")), 100);
}

struct RotationCase {
  const char* name;
  int rotate;
  int columns;
  int rows;
  // Of the black square in the lower left corner of the page as it is stored.
  Box square;
};

class DocumentRotationTest : public testing::TestWithParam<RotationCase> {};

TEST_P(DocumentRotationTest, ThePageIsDrawnAsItIsTurned) {
  PdfSpec spec;
  spec.pages.push_back({.width = 144, .height = 288});
  spec.pages[0].rotate = GetParam().rotate;
  spec.pages[0].content = kBlackSquare;
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  const Image& view = plane->views[0];
  EXPECT_EQ(view.columns, GetParam().columns);
  EXPECT_EQ(view.rows, GetParam().rows);
  EXPECT_GT(DarkPixels(view, GetParam().square), 12000);
}

INSTANTIATE_TEST_SUITE_P(
    All, DocumentRotationTest,
    testing::Values(RotationCase{"NotAtAll", 0, 400, 800, {0, 600, 200, 200}},
                    RotationCase{"ByAQuarter", 90, 800, 400, {0, 0, 200, 200}},
                    RotationCase{"ByAHalf", 180, 400, 800, {200, 0, 200, 200}},
                    RotationCase{
                        "BackByAQuarter", 270, 800, 400, {600, 200, 200, 200}}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
