#include "server/xnat/xnat_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr char kItem[] =
    R"({"items":[{"children":[],"meta":{"xsi:type":"xnat:mrSessionData"},)"
    R"("data_fields":{"ID":"X_E1","project":"P","label":"L",)"
    R"("subject_ID":"X_S1"}}]})";
constexpr char kRows[] = R"({"ResultSet":{"Result":[{"Name":"a","Size":"7"},)"
                         R"({"Name":"b","Size":8}],"totalRecords":"2"}})";

TEST(XnatAnswersTest, AnItemIsRead) {
  const auto item = ParseXnatItem(kItem);
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(item->id, "X_E1");
  EXPECT_EQ(item->project, "P");
  EXPECT_EQ(item->subject_id, "X_S1");
  EXPECT_EQ(item->label, PhiText("L"));
}

TEST(XnatAnswersTest, NumbersAndTextAreTheSameInATable) {
  const auto rows = ParseXnatRows(kRows);
  ASSERT_THAT(rows, IsOk());
  ASSERT_EQ(rows->size(), 2);
  EXPECT_EQ(rows->at(0).at("Size"), "7");
  EXPECT_EQ(rows->at(1).at("Size"), "8");
}

TEST(XnatAnswersTest, AnEmptyTableIsATable) {
  const auto rows =
      ParseXnatRows(R"({"ResultSet":{"Result":[],"totalRecords":"0"}})");
  ASSERT_THAT(rows, IsOk());
  EXPECT_THAT(*rows, testing::IsEmpty());
}

// Cut anywhere, an answer is an error and never an empty one.
TEST(XnatAnswersTest, ACutAnswerIsAnError) {
  const std::string item = kItem;
  const std::string rows = kRows;
  for (size_t size = 0; size < item.size(); ++size) {
    EXPECT_THAT(ParseXnatItem(item.substr(0, size)),
                FailsWith(Reason::kXnatUnavailable));
  }
  for (size_t size = 0; size < rows.size(); ++size) {
    EXPECT_THAT(ParseXnatRows(rows.substr(0, size)),
                FailsWith(Reason::kXnatUnavailable));
  }
}

class StrangeAnswerTest : public testing::TestWithParam<const char*> {};

TEST_P(StrangeAnswerTest, IsAnError) {
  EXPECT_THAT(ParseXnatItem(GetParam()), FailsWith(Reason::kXnatUnavailable));
  EXPECT_THAT(ParseXnatRows(GetParam()), FailsWith(Reason::kXnatUnavailable));
}

INSTANTIATE_TEST_SUITE_P(
    Xnat, StrangeAnswerTest,
    testing::Values(
        "null", "[]", "7", "{}", "<html></html>", R"({"items":[]})",
        R"({"items":{}})", R"({"items":[{}]})", R"({"items":[7]})",
        R"({"items":[{"data_fields":{"label":"no ID"}}]})",
        R"({"items":[{"data_fields":{"ID":"1"}},{"data_fields":{"ID":"2"}}]})",
        R"({"ResultSet":[]})", R"({"ResultSet":{"Result":{}}})",
        R"({"ResultSet":{"Result":[7],"totalRecords":"1"}})",
        R"({"ResultSet":{"Result":[{}],"totalRecords":"2"}})"),
    [](const auto& tested) { return "Number" + std::to_string(tested.index); });

}  // namespace
}  // namespace burntin
