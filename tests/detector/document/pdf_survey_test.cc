#include "detector/document/pdf_survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testutil/pdf_maker.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PdfSurveyTest, ANameIsFoundWhereItStands) {
  const PdfSurvey survey = SurveyPdf("<< /CropBox [0 0 1 1] /OCProperties >>");
  EXPECT_THAT(survey.crop_boxes, ElementsAre(4u));
  EXPECT_THAT(survey.layers, ElementsAre(23u));
}

TEST(PdfSurveyTest, AnEscapedNameIsFound) {
  EXPECT_THAT(SurveyPdf("/Crop#42ox 1").crop_boxes, ElementsAre(1u));
  EXPECT_TRUE(SurveyPdf("/S /Java#53cript").has_scripts);
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
        ValueCase{"NotOnScreens", "/F 32>>", false, true},
        ValueCase{"Printed", "/F 4", false, false},
        ValueCase{"FileName", "/F (a)", false, false},
        ValueCase{"FileReference", "/F 2 0 R", false, false}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
