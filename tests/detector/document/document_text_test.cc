// The text that a document states beside its pixels.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/detector/document/opened_document.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::SizeIs;

TEST(DocumentTextTest, AStatedLineStandsWhereItIsDrawn) {
  const absl::StatusOr<DecodedPlane> plane =
      RenderFirst(WithTexts({{.text = "DOE JANE", .x = 144, .y = 700}}));
  ASSERT_THAT(plane, IsOk());
  const Box box = BoxOf(*plane, "DOE JANE");
  EXPECT_GT(DarkPixels(plane->views[0], box), 100);
  EXPECT_EQ(DarkPixels(plane->views[0], box), DarkPixels(plane->views[0]));
  EXPECT_NEAR(box.x, 400, 3);
  EXPECT_LT(box.y, (842 - 700) * 200 / 72);
  EXPECT_GT(box.y + box.height, (842 - 700) * 200 / 72);
}

struct TurnedCase {
  const char* name;
  int page_rotate;
  int text_turns;
};

class DocumentTurnedTextTest : public testing::TestWithParam<TurnedCase> {};

TEST_P(DocumentTurnedTextTest, TheWholeLineIsStatedWhereItIsDrawn) {
  PdfSpec spec = WithTexts({{.text = "DOE JANE",
                             .x = 300,
                             .y = 400,
                             .quarter_turns = GetParam().text_turns}});
  spec.pages[0].rotate = GetParam().page_rotate;
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  const Box box = BoxOf(*plane, "DOE JANE");
  EXPECT_GT(DarkPixels(plane->views[0], box), 100);
  EXPECT_EQ(DarkPixels(plane->views[0], box), DarkPixels(plane->views[0]));
}

INSTANTIATE_TEST_SUITE_P(
    All, DocumentTurnedTextTest,
    testing::Values(
        TurnedCase{"PageByAQuarter", 90, 0}, TurnedCase{"PageByAHalf", 180, 0},
        TurnedCase{"PageBackByAQuarter", 270, 0},
        TurnedCase{"TextUpwards", 0, 1}, TurnedCase{"TextUpsideDown", 0, 2},
        TurnedCase{"TextDownwards", 0, 3}, TurnedCase{"BothByAQuarter", 90, 1}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(DocumentTextTest, InvisibleTextIsStated) {
  const absl::StatusOr<DecodedPlane> plane =
      RenderFirst(WithTexts({{.text = "DOE JANE", .is_visible = false}}));
  ASSERT_THAT(plane, IsOk());
  EXPECT_EQ(DarkPixels(plane->views[0]), 0);
  EXPECT_TRUE(States(*plane, "DOE JANE"));
}

TEST(DocumentTextTest, WhiteTextOnWhitePaperIsStated) {
  const absl::StatusOr<DecodedPlane> plane =
      RenderFirst(WithTexts({{.text = "DOE JANE", .grey = 1}}));
  ASSERT_THAT(plane, IsOk());
  EXPECT_EQ(DarkPixels(plane->views[0]), 0);
  EXPECT_TRUE(States(*plane, "DOE JANE"));
}

TEST(DocumentTextTest, TextBehindABlackBoxIsStated) {
  PdfSpec spec = WithTexts({{.text = "DOE JANE"}});
  spec.pages[0].content = "0 g 0 600 595 200 re f";
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_TRUE(States(*plane, "DOE JANE"));
}

TEST(DocumentTextTest, SmallPrintIsStatedAndDrawn) {
  const absl::StatusOr<DecodedPlane> plane =
      RenderFirst(WithTexts({{.text = "DOE JANE", .size = 6}}));
  ASSERT_THAT(plane, IsOk());
  const Box box = BoxOf(*plane, "DOE JANE");
  EXPECT_GE(box.height, 16);
  EXPECT_GT(DarkPixels(plane->views[0], box), 50);
}

TEST(DocumentTextTest, ColumnsThatStandApartAreStatedApart) {
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(
      WithTexts({{.text = "NAME", .x = 72}, {.text = "DOE JANE", .x = 300}}));
  ASSERT_THAT(plane, IsOk());
  EXPECT_TRUE(States(*plane, "NAME"));
  EXPECT_TRUE(States(*plane, "DOE JANE"));
}

TEST(DocumentTextTest, PageZeroStatesThePropertiesThatNameSomebody) {
  PdfSpec spec = WithTexts({});
  spec.pages.push_back({});
  spec.info = {{"Title", "Report of DOE JANE"}, {"Author", "Dr Foster"},
               {"Subject", "MRN 4711"},         {"Keywords", "chest"},
               {"PatientName", "DOE^JANE"},     {"Producer", "SomeWriter 3"}};
  spec.bookmarks = {"Doe, first visit", "Second visit"};
  const auto document = Open(MakePdf(spec));
  ASSERT_THAT(document, IsOk());
  const absl::StatusOr<DecodedPlane> first = (*document)->Render(0);
  ASSERT_THAT(first, IsOk());
  for (const char* text :
       {"Report of DOE JANE", "Dr Foster", "MRN 4711", "chest", "DOE^JANE",
        "Doe, first visit", "Second visit"}) {
    EXPECT_TRUE(States(*first, text));
  }
  EXPECT_FALSE(States(*first, "SomeWriter 3"));
  EXPECT_EQ(first->stated[0].box, Box{});
  const absl::StatusOr<DecodedPlane> second = (*document)->Render(1);
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(second->stated, SizeIs(0));
}

TEST(DocumentTextTest, PropertiesInUtf16AreStatedInUtf8) {
  PdfSpec spec = WithTexts({});
  // M, u with diaeresis, a character beyond the basic plane, and half of one.
  spec.info = {
      {"Title", std::string("\xFE\xFF\0M\0\xFC\xD8\x40\xDC\x0B\xD8\x40", 12)}};
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_TRUE(States(*plane, "M\xC3\xBC\xF0\xA0\x80\x8B\xEF\xBF\xBD"));
}

TEST(DocumentTextTest, XmpPropertiesAreStatedOnce) {
  PdfSpec spec = WithTexts({});
  spec.info = {{"Title", "DOE & JANE"}};
  spec.xmp =
      "<x:xmpmeta><rdf:Description pdf:Keywords=\"MRN 4711\">"
      "<dc:title><rdf:Alt><rdf:li>DOE &amp; JANE</rdf:li></rdf:Alt></dc:title>"
      "<dc:creator><rdf:Seq><rdf:li>Dr Foster</rdf:li></rdf:Seq></dc:creator>"
      "</rdf:Description></x:xmpmeta>";
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_THAT(plane->stated, SizeIs(3));
  EXPECT_TRUE(States(*plane, "DOE & JANE"));
  EXPECT_TRUE(States(*plane, "MRN 4711"));
  EXPECT_TRUE(States(*plane, "Dr Foster"));
}

TEST(DocumentTextTest, MoreTextThanCanBeMatchedIsRefused) {
  PdfSpec spec = WithTexts({});
  spec.info = {{"Title", std::string(size_t{2} << 20, 'A')}};
  EXPECT_THAT(RenderFirst(spec), FailsWith(Reason::kUnsupportedPlace));
}

TEST(DocumentTextTest, CompressedObjectsAreReadLikeOthers) {
  PdfSpec spec = WithTexts({{.text = "DOE JANE"}});
  spec.is_packed = true;
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_GT(DarkPixels(plane->views[0], BoxOf(*plane, "DOE JANE")), 100);
}

}  // namespace
}  // namespace burntin
