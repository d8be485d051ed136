#include "server/xnat/xnat_report_store.h"

#include <gmock/gmock.h>

#include "tests/server/xnat/xnat_fixture.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::nlohmann::json;

constexpr char kEarlierBase64[] = "ZWFybGllcg==";  // "earlier"

class XnatReportStoreTest : public XnatFixture {
 protected:
  absl::Status Store(const std::string& bytes = "{\"risk\": 1}") {
    return XnatReportStore(options_, &connection())
        .Store("E1", {.name = "report.json",
                      .format = "JSON",
                      .media_type = "application/json",
                      .bytes = bytes});
  }
};

TEST_F(XnatReportStoreTest, StoresAReportAndReadsItBack) {
  EXPECT_THAT(Store(), IsOk());
  const json state = stub().State();
  EXPECT_EQ(state.at("files").at("E1").at("report.json"), "{\"risk\": 1}");
  EXPECT_EQ(XnatStub::Count(state, "download"), 1);
}

TEST_F(XnatReportStoreTest, AnHtmlPageIsNoLoginPage) {
  const absl::Status stored = XnatReportStore(options_, &connection())
                                  .Store("E1", {.name = "report.html",
                                                .format = "HTML",
                                                .media_type = "text/html",
                                                .bytes = "<html>1</html>"});
  EXPECT_THAT(stored, IsOk());
}

TEST_F(XnatReportStoreTest, ALaterReportTakesThePlaceOfTheEarlierOne) {
  EXPECT_THAT(Store(), IsOk());
  EXPECT_THAT(Store("{\"risk\": 2}"), IsOk());
  EXPECT_EQ(stub().State().at("files").at("E1"),
            json({{"report.json", "{\"risk\": 2}"}}));
}

TEST_F(XnatReportStoreTest, AnUploadThatIsTakenAndNotStoredIsAnError) {
  json world = QuarantineWorld();
  world["rights"] = {"delete"};
  stub().SetWorld(world);
  EXPECT_THAT(Store(), FailsWith(Reason::kXnatRefused));
  EXPECT_EQ(stub().State().at("files"), json::object());
}

TEST_F(XnatReportStoreTest, AnUploadThatIsSilentlyLostIsAnError) {
  stub().SetFaults({{{"on", "upload"}, {"commit", false}, {"answer", 200}}});
  EXPECT_THAT(Store(), FailsWith(Reason::kXnatRefused));
}

TEST_F(XnatReportStoreTest, AnEarlierReportThatStaysIsAnError) {
  json world = QuarantineWorld();
  world["files"] = {{"E1", {{"report.json", kEarlierBase64}}}};
  stub().SetWorld(world);
  stub().SetFaults({{{"on", "upload"}, {"commit", false}, {"answer", 200}}});
  EXPECT_THAT(Store("another one"), FailsWith(Reason::kXnatUnavailable));
  // Of the same size.
  stub().SetFaults({{{"on", "upload"}, {"commit", false}, {"answer", 200}}});
  EXPECT_THAT(Store("EARLIER"), FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(stub().State().at("files").at("E1").at("report.json"), "earlier");
}

TEST_F(XnatReportStoreTest, AReportThatIsListedTwiceIsAnError) {
  json world = QuarantineWorld();
  world["files"] = {{"E1", {{"report.json*2", kEarlierBase64}}}};
  stub().SetWorld(world);
  EXPECT_THAT(Store("earlier"), FailsWith(Reason::kXnatUnavailable));
}

TEST_F(XnatReportStoreTest, AnUploadIsJudgedByWhatIsStoredNotByItsAnswer) {
  stub().SetFaults({{{"on", "upload"}, {"commit", true}, {"answer", "cut"}}});
  EXPECT_THAT(Store("one"), IsOk());
  stub().SetFaults({{{"on", "upload"}, {"commit", true}, {"answer", 500}}});
  EXPECT_THAT(Store("two"), IsOk());
}

TEST_F(XnatReportStoreTest, ACopyThatCannotBeReadBackIsAnError) {
  stub().SetFaults({{{"on", "download"}, {"answer", 500}}});
  EXPECT_THAT(Store(), FailsWith(Reason::kXnatUnavailable));
  stub().SetFaults({{{"on", "list"}, {"answer", 500}}});
  EXPECT_THAT(Store(), FailsWith(Reason::kXnatUnavailable));
  stub().SetFaults({{{"on", "list"}, {"answer", "garbage"}}});
  EXPECT_THAT(Store(), FailsWith(Reason::kXnatUnavailable));
}

TEST_F(XnatReportStoreTest, AnExpiredSessionIsRenewed) {
  EXPECT_THAT(Store(), IsOk());
  stub().Expire();
  EXPECT_THAT(Store("again"), IsOk());
}

TEST_F(XnatReportStoreTest, AnUnknownSessionIsAnError) {
  EXPECT_THAT(XnatReportStore(options_, &connection())
                  .Store("E9", {"a.json", "JSON", "application/json", "{}"}),
              FailsWith(Reason::kSessionNotFound));
}

TEST_F(XnatReportStoreTest, WhatIsNoReportIsRefused) {
  XnatReportStore store(options_, &connection());
  for (const char* name : {"", "a/b", "..", "a b", ".x", "DOE^JANE"}) {
    EXPECT_THAT(store.Store("E1", {name, "JSON", "application/json", "{}"}),
                FailsWith(Reason::kInvalidArgument))
        << name;
  }
  EXPECT_THAT(Store(""), FailsWith(Reason::kInvalidArgument));
  EXPECT_EQ(stub().State().at("asked"), json::array());
}

}  // namespace
}  // namespace burntin
