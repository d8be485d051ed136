// What a document holds beside its pages is stated as not inspected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/detector/document/opened_document.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct OmissionCase {
  const char* name;
  PdfSpec spec;
};

PdfSpec WithCatalog(const std::string& entries) {
  PdfSpec spec = WithTexts({});
  spec.catalog = entries;
  return spec;
}

PdfSpec WithAnnotation(const std::string& entries) {
  PdfSpec spec = WithTexts({});
  spec.pages[0].annotations = {"<< /Type /Annot /Rect [9 9 99 99] " + entries +
                               " >>"};
  return spec;
}

PdfSpec Packed(PdfSpec spec) {
  spec.is_packed = true;
  return spec;
}

class DocumentOmissionTest : public testing::TestWithParam<OmissionCase> {};

TEST_P(DocumentOmissionTest, IsStated) {
  const auto document = Open(MakePdf(GetParam().spec));
  ASSERT_THAT(document, IsOk());
  EXPECT_THAT((*document)->omissions(),
              ElementsAre(FailsWith(Reason::kUnsupportedPlace)));
}

constexpr char kAttachment[] =
    "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) >>] >> "
    ">>";
constexpr char kScript[] =
    "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>";

PdfSpec HiddenLayer() {
  PdfSpec spec = WithTexts({});
  spec.layers = {{.name = "a", .is_shown = false}};
  return spec;
}

PdfSpec Cropped() {
  PdfSpec spec = WithTexts({});
  spec.pages[0].crop_box = {100, 100, 500, 700};
  return spec;
}

INSTANTIATE_TEST_SUITE_P(
    All, DocumentOmissionTest,
    testing::Values(
        OmissionCase{"AttachedFile", WithCatalog(kAttachment)},
        OmissionCase{"PackedAttachedFile", Packed(WithCatalog(kAttachment))},
        OmissionCase{"FileAttachmentAnnotation",
                     WithAnnotation("/Subtype /FileAttachment")},
        OmissionCase{"Script", WithCatalog(kScript)},
        OmissionCase{"PackedScript", Packed(WithCatalog(kScript))},
        OmissionCase{"XfaForm",
                     WithCatalog("/AcroForm << /Fields [] /XFA [] >>")},
        OmissionCase{"Sound", WithAnnotation("/Subtype /Sound")},
        OmissionCase{"Comment",
                     WithAnnotation("/Subtype /Text /Contents (DOE JANE)")},
        OmissionCase{"HiddenAnnotation",
                     WithAnnotation("/Subtype /Square /F 2")},
        OmissionCase{"AnnotationNotForScreens",
                     WithAnnotation("/Subtype /Square /F 36")},
        OmissionCase{"PackedLayers", Packed(HiddenLayer())},
        OmissionCase{"PackedCropBox", Packed(Cropped())}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(DocumentOmissionsTest, AnOrdinaryDocumentHasNone) {
  PdfSpec spec = WithTexts({{.text = "DOE JANE"}});
  spec.info = {{"Title", "DOE"}};
  for (const bool is_packed : {false, true}) {
    spec.is_packed = is_packed;
    const auto document = Open(MakePdf(spec));
    ASSERT_THAT(document, IsOk());
    EXPECT_THAT((*document)->omissions(), IsEmpty());
  }
}

}  // namespace
}  // namespace burntin
