#include "wire/for_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "burntin/v1/detection_service.pb.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::InspectStreamResponse ResponseWithPhi() {
  v1::InspectStreamResponse response;
  response.set_request_id("request-7");
  v1::InstanceReport* report = response.mutable_event()->mutable_instance();
  report->set_path("/archive/DOE^JANE/1.dcm");
  report->set_frames_total(7);
  for (int i = 0; i < 2; ++i) {
    v1::Region* region = report->add_regions();
    region->set_text("DOE^JANE");
    region->set_orientation(90);
  }
  return response;
}

TEST(ForLogTest, ClearsMarkedFieldsAtEveryDepth) {
  const std::string logged = ForLog(ResponseWithPhi());
  EXPECT_THAT(logged, Not(HasSubstr("DOE")));
  EXPECT_THAT(logged, HasSubstr("frames_total: 7"));
  EXPECT_THAT(logged, HasSubstr("orientation: 90"));
  EXPECT_THAT(logged, HasSubstr("request-7"));
}

TEST(ForLogTest, LeavesTheMessageItselfAsItWas) {
  const v1::InspectStreamResponse response = ResponseWithPhi();
  ForLog(response);
  EXPECT_EQ(response.event().instance().regions(1).text().size(), 8);
}

TEST(ForLogTest, NeverPrintsTheBytesOfAnObject) {
  v1::InspectInstanceRequest request;
  request.set_chunk("PN DOE^JANE");
  EXPECT_THAT(ForLog(request), Not(HasSubstr("DOE")));
}

TEST(ForLogTest, NeverPrintsFieldsThatThisVersionDoesNotKnow) {
  v1::InspectStreamResponse response = ResponseWithPhi();
  v1::Region* region =
      response.mutable_event()->mutable_instance()->mutable_regions(0);
  region->GetReflection()->MutableUnknownFields(region)->AddLengthDelimited(
      1000, "DOE^JANE");
  EXPECT_THAT(ForLog(response), Not(HasSubstr("DOE")));
}

TEST(ForLogTest, PrintsOneLine) {
  EXPECT_THAT(ForLog(ResponseWithPhi()), Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace burntin
