// Damaged, locked and hostile documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/detector/document/opened_document.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

PdfSpec ThreePages() {
  PdfSpec spec = WithTexts({{.text = "DOE JANE"}});
  spec.pages.resize(3, spec.pages[0]);
  return spec;
}

// Whether anything says that the document was not inspected in full.
bool IsCalledIncomplete(const std::string& pdf) {
  const auto document = Open(pdf);
  if (!document.ok() || !(*document)->omissions().empty()) return true;
  for (int page = 0; page < (*document)->pages(); ++page) {
    if (!(*document)->Render(page).ok()) return true;
  }
  return false;
}

TEST(DocumentDamageTest, JunkIsMalformed) {
  EXPECT_THAT(Open(""), FailsWith(Reason::kFileMalformed));
  EXPECT_THAT(Open("%PDF-"), FailsWith(Reason::kFileMalformed));
  EXPECT_THAT(Open(std::string(5000, 'x')), FailsWith(Reason::kFileMalformed));
  EXPECT_THAT(Open("%PDF-1.4\n" + std::string(5000, '\0')),
              FailsWith(Reason::kFileMalformed));
}

TEST(DocumentDamageTest, ALockedDocumentIsMalformed) {
  PdfSpec spec = ThreePages();
  spec.is_locked = true;
  EXPECT_THAT(Open(MakePdf(spec)), FailsWith(Reason::kFileMalformed));
}

TEST(DocumentDamageTest, ADocumentWithoutPagesIsMalformed) {
  EXPECT_THAT(Open(MakePdf(PdfSpec{})), FailsWith(Reason::kFileMalformed));
}

TEST(DocumentDamageTest, MorePagesThanTheLimitAreRefused) {
  const std::string pdf = MakePdf(ThreePages());
  EXPECT_THAT(Open(pdf, {.pages = 2, .pixels_per_page = 1 << 24}),
              FailsWith(Reason::kFrameLimitExceeded));
  EXPECT_THAT(Open(pdf, {.pages = 3, .pixels_per_page = 1 << 24}), IsOk());
}

TEST(DocumentDamageTest, AHugePageIsRefusedBeforeItIsDrawn) {
  for (const double side : {14400.0, 1e6, 1e9, 1e30, 1e300}) {
    PdfSpec spec;
    spec.pages.push_back({.width = side, .height = side});
    EXPECT_THAT(RenderFirst(spec), FailsWith(Reason::kPixelLimitExceeded));
  }
}

TEST(DocumentDamageTest, AThinPageIsDrawn) {
  PdfSpec spec;
  spec.pages.push_back({.width = 0.001, .height = 72});
  const absl::StatusOr<DecodedPlane> plane = RenderFirst(spec);
  ASSERT_THAT(plane, IsOk());
  EXPECT_EQ(plane->views[0].columns, 1);
}

TEST(DocumentDamageTest, ACutFileIsNeverCalledComplete) {
  for (const bool is_packed : {false, true}) {
    PdfSpec spec = ThreePages();
    spec.is_packed = is_packed;
    const std::string pdf = MakePdf(spec);
    for (int percent = 0; percent < 100; percent += 3) {
      EXPECT_TRUE(IsCalledIncomplete(CutTo(pdf, percent))) << percent;
    }
  }
}

TEST(DocumentDamageTest, PatchedBytesDoNoHarm) {
  PdfSpec spec = ThreePages();
  spec.layers = {{.name = "a"}};
  std::minstd_rand random(1);
  for (const bool is_packed : {false, true}) {
    spec.is_packed = is_packed;
    const std::string pdf = MakePdf(spec);
    for (int i = 0; i < 40; ++i) {
      std::string damaged = pdf;
      for (int k = 0; k < 4; ++k) {
        damaged[random() % damaged.size()] = static_cast<char>(random());
      }
      IsCalledIncomplete(damaged);
    }
  }
}

TEST(DocumentDamageTest, ContentThatBreaksOffIsReported) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = "BT /F1 12 Tf (DOE JANE";
  EXPECT_THAT(RenderFirst(spec), FailsWith(Reason::kFrameDecodeFailed));
}

TEST(DocumentDamageTest, AFontThatIsMissingIsReported) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = "BT /F9 12 Tf 72 700 Td (DOE JANE) Tj ET";
  EXPECT_THAT(RenderFirst(spec), FailsWith(Reason::kFrameDecodeFailed));
}

TEST(DocumentDamageTest, APageTreeThatLoopsEnds) {
  const std::string pdf = MakePdf(ThreePages());
  // Object 2 is the root of the tree; its first child becomes itself.
  const size_t kids = pdf.find("/Kids [");
  std::string looped = pdf;
  looped[kids + 7] = '2';
  EXPECT_TRUE(IsCalledIncomplete(looped));
}

TEST(DocumentDamageTest, BookmarksThatLoopEnd) {
  PdfSpec spec = ThreePages();
  spec.bookmarks = {"first", "second"};
  std::string pdf = MakePdf(spec);
  const size_t next = pdf.find("/Next ");
  const size_t prev = pdf.find("/Prev ");
  pdf.replace(next + 6, 2, pdf, prev + 6, 2);
  const auto document = Open(pdf);
  if (document.ok()) (*document)->Render(0).IgnoreError();
}

TEST(DocumentDamageTest, DeepNestingEnds) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = std::string(20000, '[');
  IsCalledIncomplete(MakePdf(spec));
  spec.pages[0].content = "";
  for (int i = 0; i < 20000; ++i) spec.pages[0].content += "q ";
  IsCalledIncomplete(MakePdf(spec));
  spec.catalog = "/A " + std::string(20000, '[');
  EXPECT_TRUE(IsCalledIncomplete(MakePdf(spec)));
}

TEST(DocumentDamageTest, PopplerPrintsNothing) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = "BT /F9 12 Tf (DOE JANE";
  IsCalledIncomplete(MakePdf(spec));
  IsCalledIncomplete(CutTo(MakePdf(ThreePages()), 60));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), IsEmpty());
  EXPECT_THAT(testing::internal::GetCapturedStdout(), IsEmpty());
}

TEST(DocumentDamageTest, ErrorsDoNotQuoteTheDocument) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].content = "BT /DOE 12 Tf (DOE";
  const auto plane = RenderFirst(spec);
  EXPECT_THAT(std::string(plane.status().message()), Not(HasSubstr("DOE")));
}

}  // namespace
}  // namespace burntin
