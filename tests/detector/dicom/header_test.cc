// What the header of an object says, in UTF-8.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DicomSpec WithHeader(std::vector<HeaderValue> values) {
  DicomSpec spec = SpecOf(FlatPicture(4, 4, 0));
  spec.header = std::move(values);
  return spec;
}

// All values of one attribute. The names are made up.
std::vector<std::string> ValuesOf(const DicomSpec& spec,
                                  const std::string& keyword) {
  const Opened opened(spec);
  std::vector<std::string> values;
  for (const Identifier& identifier : opened->header().identifiers) {
    if (identifier.keyword != keyword) continue;
    values.push_back(identifier.value.Reveal());
  }
  return values;
}

struct CharacterSetCase {
  std::string name;
  std::string character_set;
  std::string stored;
  std::string utf8;
};

class CharacterSetTest : public testing::TestWithParam<CharacterSetCase> {};

TEST_P(CharacterSetTest, IsConvertedToUtf8) {
  const DicomSpec spec = WithHeader({{0x0008, 0x0005, GetParam().character_set},
                                     {0x0010, 0x0010, GetParam().stored}});
  EXPECT_THAT(ValuesOf(spec, "PatientName"), ElementsAre(GetParam().utf8));
}

// The stored bytes follow the examples of PS3.5 H and I.
INSTANTIATE_TEST_SUITE_P(
    All, CharacterSetTest,
    testing::Values(
        CharacterSetCase{"None", "", "DOE^JANE", "DOE^JANE"},
        CharacterSetCase{"NoneButLatin1", "", "J\xE9r\xF4me", "Jérôme"},
        CharacterSetCase{"Latin1", "ISO_IR 100", "Buc^J\xE9r\xF4me",
                         "Buc^Jérôme"},
        CharacterSetCase{"Utf8", "ISO_IR 192", "Wang^XiaoDong=王^小東",
                         "Wang^XiaoDong=王^小東"},
        // The second byte of this letter is that of a backslash.
        CharacterSetCase{"Gb18030", "GB18030", "\x81\x5C^A", "乗^A"},
        CharacterSetCase{"Cyrillic", "ISO_IR 144",
                         "\xBB\xEE\xDA\x63\x65\xDC\xD1\xDE\xE0\xD3",
                         "Люкceмборг"},
        // Debian's DCMTK has no converter for it; the Roman part is legible.
        CharacterSetCase{"KanjiKeepsTheBytes", "\\ISO 2022 IR 87",
                         "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B",
                         "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B"},
        CharacterSetCase{"AnUnknownOneKeepsTheBytes", "ISO_IR 9999", "J\xE9r",
                         "J\xE9r"}),
    [](const auto& tested) { return tested.param.name; });

TEST(HeaderTest, NamesTheObject) {
  const Opened opened(WithHeader({{0x0008, 0x0070, "Maker"},
                                  {0x0008, 0x1090, "Model 1"},
                                  {0x0028, 0x0301, "YES"}}));
  const Header& header = opened->header();
  EXPECT_EQ(header.transfer_syntax_uid, "1.2.840.10008.1.2.1");
  EXPECT_EQ(header.sop_class_uid, "1.2.840.10008.5.1.4.1.1.7");
  EXPECT_EQ(header.modality, "OT");
  EXPECT_EQ(header.manufacturer, "Maker");
  EXPECT_EQ(header.manufacturer_model_name, "Model 1");
  EXPECT_EQ(header.burned_in_annotation, "YES");
  EXPECT_FALSE(header.sop_instance_uid.empty());
  EXPECT_FALSE(header.study_instance_uid.empty());
  EXPECT_FALSE(header.series_instance_uid.empty());
}

TEST(HeaderTest, EachValueOfAnAttributeIsAnIdentifier) {
  EXPECT_THAT(ValuesOf(WithHeader({{0x0010, 0x1001, "ROE^JANE\\POE^JANE"}}),
                       "OtherPatientNames"),
              ElementsAre("ROE^JANE", "POE^JANE"));
}

TEST(HeaderTest, VisitsAndPhysiciansAreIdentifiers) {
  const DicomSpec spec = WithHeader({{0x0008, 0x1048, "ROE^ONE"},
                                     {0x0038, 0x0010, "ADM-7"},
                                     {0x0040, 0x0006, "ROE^TWO"},
                                     {0x0040, 0x1001, "REQ-8"}});
  EXPECT_THAT(ValuesOf(spec, "PhysiciansOfRecord"), ElementsAre("ROE^ONE"));
  EXPECT_THAT(ValuesOf(spec, "AdmissionID"), ElementsAre("ADM-7"));
  EXPECT_THAT(ValuesOf(spec, "ScheduledPerformingPhysicianName"),
              ElementsAre("ROE^TWO"));
  EXPECT_THAT(ValuesOf(spec, "RequestedProcedureID"), ElementsAre("REQ-8"));
}

TEST(HeaderTest, EmptyValuesAreNoIdentifiers) {
  EXPECT_THAT(ValuesOf(WithHeader({{0x0010, 0x0020, ""}}), "PatientID"),
              IsEmpty());
}

TEST(HeaderTest, IsKnownEvenWhenThePixelsAreCutOff) {
  const std::string whole =
      MakeDicom(WithHeader({{0x0010, 0x0020, "MRN-12345"}}));
  const Opened opened(whole.substr(0, whole.size() - 4));
  ASSERT_THAT(opened.object, IsOk());
  EXPECT_EQ(opened->header().modality, "OT");
  EXPECT_THAT(opened->omissions(), testing::Not(IsEmpty()));
  EXPECT_THAT(opened->planes(), IsEmpty());
}

}  // namespace
}  // namespace burntin
