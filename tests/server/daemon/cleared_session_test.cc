// A session that was held because nobody had inspected it leaves quarantine
// once it is inspected in full and clear.
#include "tests/server/daemon/site_fixture.h"

namespace burntin {
namespace {

using ::nlohmann::json;

class ClearedSessionTest : public SiteFixture {
 protected:
  ClearedSessionTest() {
    held_ = Decide(SessionOf({"clear.1", "clear.2"}));
    EXPECT_FALSE(held_.case_id().empty());
    Upload("clear.1");
  }

  v1::DecideSessionResponse held_;
};

TEST_F(ClearedSessionTest, StaysWhileAnObjectIsNotInspected) {
  const auto decided = Decide(SessionOf({"clear.1", "clear.2"}));
  EXPECT_EQ(decided.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(decided.case_id(), held_.case_id());
  EXPECT_EQ(Project(), "QUARANTINE");
}

TEST_F(ClearedSessionTest, LeavesOnceAllIsClear) {
  Upload("clear.2");
  const auto decided = Decide(SessionOf({"clear.1", "clear.2"}));
  EXPECT_EQ(decided.decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_EQ(decided.case_id(), held_.case_id());
  ASSERT_TRUE(Await([&] {
    return GetCase(held_.case_id()).state() == v1::CASE_STATE_RELEASED;
  }));
  EXPECT_EQ(Project(), "HOSPITAL");
  EXPECT_EQ(Moves(), json({{"E1", "QUARANTINE", "HOSPITAL"}}));
  EXPECT_EQ(GetCase(held_.case_id()).resolutions(0).actor(), "burntind");
  EXPECT_EQ(Decide(SessionOf({"clear.1", "clear.2"})).case_id(), "");
}

TEST_F(ClearedSessionTest, StaysIfItHasMoreObjectsThanTheCallerNamed) {
  objects_ = 3;
  SetWorld(/*label_of_another=*/"");
  Upload("clear.2");
  Decide(SessionOf({"clear.1", "clear.2"}));
  ASSERT_TRUE(
      Await([&] { return XnatStub::Count(stub_.State(), "scan_files") > 0; }));
  // What was asked for before is over once the next question is asked.
  Decide(SessionOf({"clear.1", "clear.2"}));
  ASSERT_TRUE(
      Await([&] { return XnatStub::Count(stub_.State(), "scan_files") > 1; }));
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(Moves(), json::array());
}

TEST_F(ClearedSessionTest, ItsReportsAreKeptWithItInXnat) {
  const auto files = [&] { return stub_.State().at("files"); };
  const std::string name =
      "decision-" + held_.decision().decision_id() + ".jsonl";
  ASSERT_TRUE(Await([&] {
    return files().contains("E1") && files().at("E1").contains(name);
  }));
  EXPECT_THAT(files().at("E1").at(name).get<std::string>(),
              testing::HasSubstr(held_.decision().decision_id()));
}

TEST_F(ClearedSessionTest, ACheckOfTheDecisionMovesNothing) {
  Upload("clear.2");
  v1::DecideSessionRequest request = SessionOf({"clear.1", "clear.2"});
  request.set_validate_only(true);
  const auto decided = Decide(request);
  EXPECT_EQ(decided.decision().action(), v1::ROUTE_ACTION_TO_PROJECT);
  EXPECT_EQ(decided.decision().decision_id(), "");
  EXPECT_EQ(Project(), "QUARANTINE");
}

TEST_F(ClearedSessionTest, ALabelConflictKeepsItInItsCaseUntilTheNextCall) {
  SetWorld(kLabel);
  Upload("clear.2");
  const auto decided = Decide(SessionOf({"clear.1", "clear.2"}));
  EXPECT_EQ(decided.case_id(), held_.case_id());
  ASSERT_TRUE(
      Await([&] { return XnatStub::Count(stub_.State(), "label") > 0; }));
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(Moves(), json::array());

  SetWorld("another label");
  EXPECT_TRUE(Await([&] {
    return Decide(SessionOf({"clear.1", "clear.2"})).case_id().empty();
  }));
  EXPECT_EQ(Project(), "HOSPITAL");
}

TEST_F(ClearedSessionTest, OneThatAnAdminKeepsStays) {
  v1::KeepCaseRequest keep;
  keep.set_case_id(held_.case_id());
  keep.set_etag(GetCase(held_.case_id()).etag());
  keep.set_reason("A clinical trial.");
  keep.set_request_id("k1");
  v1::KeepCaseResponse kept;
  ASSERT_TRUE(Call(ann_, cases_.get(), &v1::QuarantineService::Stub::KeepCase,
                   keep, &kept)
                  .ok());
  Upload("clear.2");
  Decide(SessionOf({"clear.1", "clear.2"}));
  EXPECT_EQ(Project(), "QUARANTINE");
  EXPECT_EQ(Moves(), json::array());
}

}  // namespace
}  // namespace burntin
