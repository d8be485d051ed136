// What the header of an object says, in UTF-8.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "detector/base/identifying_attributes.h"
#include "tests/detector/dicom/opened.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

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
        CharacterSetCase{"Greek", "ISO_IR 126", "\xC4\xE9\xEF\xED", "Διον"},
        CharacterSetCase{"Kanji", "\\ISO 2022 IR 87",
                         "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B",
                         "Yamada^Tarou=山田^太郎"},
        CharacterSetCase{"KanjiAfterRomanKana",
                         "ISO 2022 IR 13\\ISO 2022 IR 87",
                         "Yamada=\x1B$B;3ED\x1B(J", "Yamada=山田"},
        CharacterSetCase{"Hangul", "\\ISO 2022 IR 149",
                         "Hong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7",
                         "Hong=洪^吉洞"},
        CharacterSetCase{"SimplifiedChinese", "\\ISO 2022 IR 58",
                         "Zhang=\x1B$)A\xD5\xC5^\x1B$)A\xD0\xA1\xB6\xAB",
                         "Zhang=张^小东"},
        CharacterSetCase{"CutKanjiKeepsTheBytes", "\\ISO 2022 IR 87",
                         "Yamada=\x1B$B;", "Yamada=\x1B$B;"},
        CharacterSetCase{"AnUnknownOneKeepsTheBytes", "ISO_IR 9999", "J\xE9r",
                         "J\xE9r"}),
    [](const auto& tested) { return tested.param.name; });

TEST(HeaderTest, NamesTheObject) {
  const Opened opened(WithHeader({{0x0008, 0x0008, "DERIVED\\SECONDARY"},
                                  {0x0008, 0x0064, "WSD"},
                                  {0x0008, 0x0070, "Maker"},
                                  {0x0018, 0x1016, "Capturer"},
                                  {0x0008, 0x1090, "Model 1"},
                                  {0x0008, 0x1010, "Room 1"},
                                  {0x0018, 0x1020, "5.1\\R2"},
                                  {0x0028, 0x0301, "YES"}}));
  const Header& header = opened->header();
  EXPECT_EQ(header.transfer_syntax_uid, "1.2.840.10008.1.2.1");
  EXPECT_EQ(header.sop_class_uid, "1.2.840.10008.5.1.4.1.1.7");
  EXPECT_EQ(header.modality, "OT");
  EXPECT_EQ(header.manufacturer, "Maker");
  EXPECT_EQ(header.manufacturer_model_name, "Model 1");
  EXPECT_EQ(header.software_versions, "5.1\\R2");
  EXPECT_EQ(header.station_name, "Room 1");
  EXPECT_EQ(header.burned_in_annotation, "YES");
  EXPECT_EQ(header.image_type, "DERIVED\\SECONDARY");
  EXPECT_EQ(header.conversion_type, "WSD");
  EXPECT_EQ(header.capture_device, "Capturer");
  EXPECT_FALSE(header.sop_instance_uid.empty());
  EXPECT_FALSE(header.study_instance_uid.empty());
  EXPECT_FALSE(header.series_instance_uid.empty());
}

TEST(HeaderTest, NoValueOfWhatRulesLookAtIsOverlooked) {
  const Opened opened(WithHeader({{0x0008, 0x0060, "CT\\US"},
                                  {0x0008, 0x0070, "Maker\\Other"},
                                  {0x0008, 0x1090, "X\\Aera"},
                                  {0x0008, 0x1010, "\\MR3"},
                                  {0x0028, 0x0301, "NO \\YES"}}));
  const Header& header = opened->header();
  EXPECT_EQ(header.modality, "CT\\US");
  EXPECT_EQ(header.manufacturer, "Maker\\Other");
  EXPECT_EQ(header.manufacturer_model_name, "X\\Aera");
  EXPECT_EQ(header.station_name, "\\MR3");
  EXPECT_EQ(header.burned_in_annotation, "NO\\YES");
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

// Every row of the table reaches the header, with its own keyword.
TEST(HeaderTest, EveryIdentifyingAttributeIsRead) {
  std::vector<HeaderValue> values;
  for (const IdentifyingAttribute& row : IdentifyingAttributes()) {
    values.push_back({row.group, row.element, "20200316"});
  }
  const Opened opened(WithHeader(values));
  std::vector<std::string> found;
  for (const Identifier& identifier : opened->header().identifiers) {
    found.push_back(identifier.keyword);
  }
  std::vector<std::string> expected;
  for (const IdentifyingAttribute& row : IdentifyingAttributes()) {
    expected.emplace_back(row.keyword);
  }
  EXPECT_THAT(found, ElementsAreArray(expected));
}

// An explicit little endian element. Values have fewer than 64 KiB.
std::string Element(uint16_t group, uint16_t element, const std::string& vr,
                    std::string value) {
  const auto word = [](size_t number) {
    return std::string{static_cast<char>(number & 0xff),
                       static_cast<char>(number >> 8 & 0xff)};
  };
  if (value.size() % 2 == 1) value += ' ';
  const bool is_long = vr == "SQ";
  const std::string length =
      is_long ? word(0) + word(value.size()) + word(0) : word(value.size());
  return word(group) + word(element) + vr + length + value;
}

std::string Sequence(uint16_t group, uint16_t element,
                     const std::vector<std::string>& items) {
  std::string value;
  for (const std::string& item : items) {
    value += std::string("\xFE\xFF\x00\xE0", 4);
    for (int shift = 0; shift < 32; shift += 8) {
      value += static_cast<char>(item.size() >> shift & 0xff);
    }
    value += item;
  }
  return Element(group, element, "SQ", value);
}

// The identifiers of an object with `sequence`, a Request Attributes Sequence,
// as "keyword=value".
std::vector<std::string> IdentifiersWith(const std::string& sequence) {
  std::string bytes = MakeDicom(WithHeader({{0x0010, 0x0020, "MRN-1"}}));
  bytes.insert(bytes.rfind(std::string("\xE0\x7F\x10\x00", 4)), sequence);
  const Opened opened(bytes);
  EXPECT_THAT(Failures(opened), IsEmpty());
  std::vector<std::string> found;
  for (const Identifier& identifier : opened->header().identifiers) {
    found.push_back(identifier.keyword + "=" + identifier.value.Reveal());
  }
  return found;
}

TEST(NestedHeaderTest, ItemsOfAnyDepthAreRead) {
  const std::string inner = Sequence(
      0x0040, 0x1011, {Element(0x0040, 0x1102, "ST", "1 Main Street")});
  const std::string sequence =
      Sequence(0x0040, 0x0275,
               {Element(0x0008, 0x0050, "SH", "ACC-9") + inner,
                Element(0x0040, 0x1001, "SH", "REQ-9")});
  EXPECT_THAT(IdentifiersWith(sequence),
              UnorderedElementsAre("PatientID=MRN-1", "AccessionNumber=ACC-9",
                                   "PersonAddress=1 Main Street",
                                   "RequestedProcedureID=REQ-9"));
}

TEST(NestedHeaderTest, AValueThatIsKnownIsNotRepeated) {
  const std::string sequence =
      Sequence(0x0040, 0x0275,
               {Element(0x0010, 0x0020, "LO", "MRN-1"),
                Element(0x0010, 0x0020, "LO", "MRN-2"),
                Element(0x0010, 0x0020, "LO", "MRN-2")});
  EXPECT_THAT(IdentifiersWith(sequence),
              UnorderedElementsAre("PatientID=MRN-1", "PatientID=MRN-2"));
}

// As in an enhanced object of many frames.
TEST(NestedHeaderTest, TimesOfThousandsOfFramesAreOneDate) {
  std::vector<std::string> frames;
  for (int i = 1000; i < 2200; ++i) {
    frames.push_back(
        Element(0x0018, 0x9074, "DT", "2020031612" + std::to_string(i)) +
        Element(0x0040, 0x0003, "TM", "12" + std::to_string(i)));
  }
  EXPECT_THAT(IdentifiersWith(Sequence(0x0040, 0x0275, frames)),
              UnorderedElementsAre("PatientID=MRN-1",
                                   "FrameAcquisitionDateTime=20200316"));
}

TEST(NestedHeaderTest, AnItemMayHaveACharacterSetOfItsOwn) {
  const std::string sequence =
      Sequence(0x0040, 0x0275,
               {Element(0x0008, 0x0005, "CS", "ISO_IR 144") +
                Element(0x0032, 0x1032, "PN", "\xBB\xEE")});
  EXPECT_THAT(
      IdentifiersWith(sequence),
      UnorderedElementsAre("PatientID=MRN-1", "RequestingPhysician=Лю"));
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
