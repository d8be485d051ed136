#include "server/routing/device_list.h"

#include <gmock/gmock.h>

#include <set>

#include "server/routing/rule_match.h"
#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

TEST(DeviceListTest, TheBuiltInListCanBeRead) {
  const ReadDeviceList read = ParseDeviceList("burns_in", BurnsInText());
  EXPECT_THAT(Listed(read.errors, "burns_in.yaml"), IsEmpty());
  ASSERT_NE(read.list, nullptr);
  EXPECT_GT(read.list->devices.size(), 25U);
}

TEST(DeviceListTest, EveryDeviceHasASource) {
  const auto list = DeviceListByName("burns_in");
  ASSERT_NE(list, nullptr);
  for (const Device& device : list->devices) {
    EXPECT_THAT(device.sources, Not(IsEmpty()));
    EXPECT_THAT(device.conditions, Not(IsEmpty()));
  }
}

// Else every session would be held whose header does not name one of them.
TEST(DeviceListTest, NoDeviceIsToldByItsMakerAlone) {
  const HeaderFacts header = CtHeader({{"modality", "MR"},
                                       {"manufacturer", ""},
                                       {"manufacturer_model_name", ""}});
  EXPECT_EQ(Meets(header, DeviceCondition{DeviceListByName("burns_in")}),
            Truth::kNo);
}

TEST(DeviceListTest, AnotherNameIsNoList) {
  EXPECT_EQ(DeviceListByName("mine"), nullptr);
}

struct DeviceCase {
  std::string name;
  std::map<std::string, std::string> header;
  Truth listed;
};

class BurnsInTest : public testing::TestWithParam<DeviceCase> {};

TEST_P(BurnsInTest, IsListedOrNot) {
  EXPECT_EQ(Meets(CtHeader(GetParam().header),
                  DeviceCondition{DeviceListByName("burns_in")}),
            GetParam().listed);
}

INSTANTIATE_TEST_SUITE_P(
    All, BurnsInTest,
    testing::Values(
        DeviceCase{"AUltrasoundMachine",
                   {{"modality", "US"},
                    {"manufacturer", "GE Healthcare Austria GmbH & Co OG"},
                    {"manufacturer_model_name", "Voluson S10 Expert"}},
                   Truth::kYes},
        DeviceCase{"InOtherLetterCase",
                   {{"modality", "US"},
                    {"manufacturer", "philips medical systems"},
                    {"manufacturer_model_name", "epiq 7g"}},
                   Truth::kYes},
        DeviceCase{"AnotherUltrasoundMachine",
                   {{"modality", "US"}, {"manufacturer_model_name", "Sono 1"}},
                   Truth::kNo},
        DeviceCase{"ADosePage",
                   {{"manufacturer", "SIEMENS"},
                    {"image_type", "DERIVED\\SECONDARY\\OTHER"}},
                   Truth::kYes},
        DeviceCase{
            "ASliceOfTheSameMaker", {{"manufacturer", "SIEMENS"}}, Truth::kNo},
        DeviceCase{"ASavedScreen",
                   {{"image_type", "DERIVED\\SECONDARY\\SCREEN SAVE"}},
                   Truth::kYes},
        DeviceCase{"ASecondaryCapture",
                   {{"sop_class_uid", "1.2.840.10008.5.1.4.1.1.7.4"}},
                   Truth::kYes},
        DeviceCase{"AMachineThatDoesNotTellItsModel",
                   {{"modality", "US"},
                    {"manufacturer", "GE"},
                    {"manufacturer_model_name", ""}},
                   Truth::kUnknown}),
    [](const auto& tested) { return tested.param.name; });

TEST(DeviceListTest, ABrokenListIsNoList) {
  for (const char* text :
       {"devices: [{modality: US, sources: [a]}]\n",
        "sources: {a: b}\ndevices: [{modality: US}]\n",
        "sources: {a: b}\ndevices: [{sources: [a]}]\n",
        "sources: {a: b}\ndevices: [{colour: red, sources: [a]}]\n",
        "sources: {a: b}\ndevices: []\n", "devices: 1\n", "- a\n", ""}) {
    const ReadDeviceList read = ParseDeviceList("l", text);
    EXPECT_EQ(read.list, nullptr) << text;
    EXPECT_THAT(read.errors, Not(IsEmpty())) << text;
  }
}

}  // namespace
}  // namespace burntin
