#include "detector/document/pdf_survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testutil/pdf_maker.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(PdfSurveyTest, ANameIsFoundWhereItStands) {
  const PdfSurvey survey = SurveyPdf("<< /CropBox [0 0 1 1] /OCProperties >>");
  EXPECT_THAT(survey.crop_boxes, ElementsAre(4u));
  EXPECT_THAT(survey.layers, ElementsAre(23u));
}

TEST(PdfSurveyTest, AnEscapedNameIsFound) {
  EXPECT_THAT(SurveyPdf("/Crop#42ox 1").crop_boxes, ElementsAre(1u));
  EXPECT_TRUE(SurveyPdf("/S /Java#53cript").has_scripts);
}

TEST(PdfSurveyTest, AnEscapedZeroEndsAName) {
  EXPECT_THAT(SurveyPdf("/OC#50roperties#00x 1").layers, ElementsAre(1u));
}

TEST(PdfSurveyTest, ALongerNameIsAnotherOne) {
  const PdfSurvey survey = SurveyPdf("/CropBoxes /XFAs /F2 2 /Crop#4");
  EXPECT_THAT(survey.crop_boxes, IsEmpty());
  EXPECT_FALSE(survey.has_xfa);
  EXPECT_FALSE(survey.has_hidden_annotations);
}

TEST(PdfSurveyTest, ContentOfPagesIsNotSearched) {
  EXPECT_FALSE(
      SurveyPdf("<< /Length 9 >>\nstream\n/XFA /F 2 Tf\nendstream").has_xfa);
  EXPECT_TRUE(SurveyPdf("<< >> stream\n \nendstream /XFA").has_xfa);
}

TEST(PdfSurveyTest, AnUncompressedObjectStreamIsSearched) {
  EXPECT_TRUE(
      SurveyPdf("<< /Type /ObjStm >> stream\r\n<< /XFA [] >>\nendstream")
          .has_xfa);
}

TEST(PdfSurveyTest, AnObjectStreamThatCannotBeUnpackedIsCalledSo) {
  const PdfSurvey junk = SurveyPdf(
      "<< /Type /ObjStm /Filter /FlateDecode >> stream\njunk\nendstream");
  EXPECT_TRUE(junk.is_partial);
  const PdfSurvey other = SurveyPdf(
      "<< /Type /ObjStm /Filter /LZWDecode >> stream\njunk\nendstream");
  EXPECT_TRUE(other.is_partial);
}

TEST(PdfSurveyTest, ACompressedObjectStreamIsSearched) {
  PdfSpec spec;
  spec.pages.resize(1);
  spec.catalog = "/OCProperties << >>";
  spec.is_packed = true;
  const PdfSurvey survey = SurveyPdf(MakePdf(spec));
  EXPECT_TRUE(survey.has_packed_layers);
  EXPECT_FALSE(survey.is_partial);
  EXPECT_THAT(survey.layers, IsEmpty());
}

// Layers are found, or the survey says that it may have missed some.
struct DisguiseCase {
  const char* name;
  std::string text;
  bool is_found;
};

class PdfSurveyDisguiseTest : public testing::TestWithParam<DisguiseCase> {};

TEST_P(PdfSurveyDisguiseTest, IsSeenThrough) {
  const PdfSurvey survey = SurveyPdf("1 0 obj\n" + GetParam().text);
  EXPECT_EQ(!survey.layers.empty() || survey.has_packed_layers,
            GetParam().is_found);
  EXPECT_EQ(survey.is_partial, !GetParam().is_found);
}

// As MakePdf writes it for layers, with `from` replaced.
std::string PackedLayers(const std::string& from, const std::string& to) {
  PdfSpec spec;
  spec.pages.resize(1);
  spec.layers = {{.name = "a"}};
  spec.is_packed = true;
  std::string pdf = MakePdf(spec);
  const size_t at = pdf.find(from, pdf.find("/Type /ObjStm"));
  return pdf.replace(at, from.size(), to);
}

constexpr char kFilter[] = "/Filter /FlateDecode";

INSTANTIATE_TEST_SUITE_P(
    All, PdfSurveyDisguiseTest,
    testing::Values(
        DisguiseCase{"StreamInAString",
                     "<< /X (>>\nstream\n) /OCProperties 1 /Y (endstream) >>",
                     true},
        DisguiseCase{"StreamInNestedStrings",
                     "<< /X ((\\)) >>\nstream\n) /OCProperties 1 >>", true},
        DisguiseCase{"StreamInAComment",
                     "<< /X 1 % >> stream\n/OCProperties 1 >>", true},
        DisguiseCase{"StreamInAnArray",
                     "<< /X [>> stream\n] /OCProperties 1 /Y [endstream] >>",
                     false},
        DisguiseCase{"StreamBehindAKey",
                     "<< /A << /Q [<< /X >> /Z ] >> >> stream\n] /OCProperties "
                     "1 /Y [endstream] >>",
                     false},
        DisguiseCase{"StringInAHexString",
                     "<< /X <(> /OCProperties 1 /Y <)> >>", true},
        DisguiseCase{"CommentInAString", "<< /X (%) /OCProperties 1 >>", true},
        DisguiseCase{"ObjectInAStream",
                     "<< >> stream\n2 0 obj\n<< /OCProperties 1 >>\nendstream",
                     false},
        DisguiseCase{"ObjectBehindACommentInAStream",
                     "<< >> stream\n2 0 %x\robj\n<< /OCProperties 1 >>\n"
                     "endstream",
                     false},
        DisguiseCase{"TrailerInAStream",
                     "<< >> stream\ntrailer <</OCProperties 1 >>\nendstream",
                     false},
        DisguiseCase{"CommentBeforeAStream",
                     PackedLayers(">>\nstream", ">> %c\nstream"), true},
        DisguiseCase{"FilterByReference",
                     PackedLayers(kFilter, "/Filter 5 0 R"), false},
        DisguiseCase{"FilterByReferenceInAnArray",
                     PackedLayers(kFilter, "/Filter [5 0 R]"), false},
        DisguiseCase{"FilterInAnArray",
                     PackedLayers(kFilter, "/Filter [/FlateDecode]"), true},
        DisguiseCase{
            "FilterFarFromItsKey",
            PackedLayers("/Filter", "/Filter %" + std::string(300, 'c') + "\n"),
            false},
        DisguiseCase{"ShortFilter", PackedLayers(kFilter, "/F /F#6c"), true},
        DisguiseCase{"TwoFilters",
                     PackedLayers(kFilter, "/Filter [/Fl /FlateDecode]"),
                     false},
        DisguiseCase{"ParametersByReference",
                     PackedLayers("/N", "/DecodeParms 5 0 R /N"), false},
        DisguiseCase{"NoType", PackedLayers("/Type /ObjStm", ""), true},
        DisguiseCase{"NoTypeAndEscapes",
                     PackedLayers("/Type /ObjStm", "/#4e 1"), true}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(PdfSurveyTest, AnObjectInAStringIsFoundAndDistrusted) {
  const PdfSurvey survey =
      SurveyPdf("1 0 obj << /X (\n2 0 obj\n<< /OCProperties 1 >>) >>");
  EXPECT_THAT(survey.layers, Not(IsEmpty()));
  EXPECT_TRUE(survey.is_partial);
}

TEST(PdfSurveyTest, EncryptedObjectStreamsAreCalledUnsearched) {
  EXPECT_TRUE(
      SurveyPdf(PackedLayers("/Type /XRef", "/Type /XRef /Encrypt 9 0 R"))
          .is_partial);
}

TEST(PdfSurveyTest, ANameMayHaveRoomBehindIt) {
  const std::string room(300, ' ');
  EXPECT_FALSE(SurveyPdf("<< /Type /Sig" + room + ">>").is_partial);
}

TEST(PdfSurveyTest, OtherStreamsMayHaveAnyFilter) {
  const PdfSurvey survey = SurveyPdf(
      "1 0 obj << /First 2 0 R /AP << /N 3 0 R >> >> endobj "
      "2 0 obj << /N 3 /Filter /DCTDecode >> stream\n(\nendstream endobj "
      "3 0 obj << /Type /XRef /W [1 2 1] /Filter /FlateDecode /DecodeParms "
      "<< /Columns 4 /Predictor 12 >> >> stream\n<<\nendstream endobj");
  EXPECT_FALSE(survey.is_partial);
}

struct ValueCase {
  const char* name;
  const char* text;
  bool is_comment;
  bool is_hidden;
};

class PdfSurveyValueTest : public testing::TestWithParam<ValueCase> {};

TEST_P(PdfSurveyValueTest, IsTakenForWhatItMeans) {
  const PdfSurvey survey = SurveyPdf(GetParam().text);
  EXPECT_EQ(survey.has_comments, GetParam().is_comment);
  EXPECT_EQ(survey.has_hidden_annotations, GetParam().is_hidden);
}

INSTANTIATE_TEST_SUITE_P(
    All, PdfSurveyValueTest,
    testing::Values(
        ValueCase{"Comment", "/Contents (DOE)", true, false},
        ValueCase{"HexComment", "/Contents<444F45>", true, false},
        ValueCase{"EmptyComment", "/Contents ()", false, false},
        ValueCase{"ContentOfAPage", "/Contents 5 0 R", false, false},
        ValueCase{"ContentsOfAPage", "/Contents [5 0 R]", false, false},
        ValueCase{"Signature", "/Contents <308201>", false, false},
        ValueCase{"Hidden", "/F 2 /Rect", false, true},
        ValueCase{"HiddenAtTheEnd", "/F 2", false, true},
        ValueCase{"HiddenBehindAComment", "/F %4\n2", false, true},
        ValueCase{"HiddenByALongNumber", "/F 00000000002", false, true},
        ValueCase{"HiddenByASignedNumber", "/F +2", false, true},
        ValueCase{"NotOnScreens", "/F 32>>", false, true},
        ValueCase{"Printed", "/F 4", false, false},
        ValueCase{"FileName", "/F (a)", false, false},
        ValueCase{"FileReference", "/F 2 0 R", false, false}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
