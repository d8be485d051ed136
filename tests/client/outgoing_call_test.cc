#include "client/inspect/outgoing_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detector/base/error.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kTraceparent[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(OutgoingCallTest, ACommandGoesOnWithTheTraceThatItIsGiven) {
  const TraceContext trace = TraceOfCommand(kTraceparent);
  EXPECT_EQ(trace.trace_id, kTrace);
  EXPECT_NE(trace.span_id, "00f067aa0ba902b7");
}

TEST(OutgoingCallTest, WithoutAValidOneACommandBeginsItsOwn) {
  EXPECT_NE(TraceOfCommand("").trace_id, TraceOfCommand("").trace_id);
  EXPECT_NE(TraceOfCommand("00-DOE").trace_id, "");
}

TEST(OutgoingCallTest, AnErrorKeepsItsReasonAndNamesTheCall) {
  const absl::Status end =
      EndOfCall(ToGrpc(Error(Reason::kTextNotAllowed, "Leave it out.")),
                "0123456789abcdef", TraceOfCommand(kTraceparent));
  EXPECT_EQ(ReasonOf(end), Reason::kTextNotAllowed);
  EXPECT_EQ(end.message(),
            "Leave it out. (request 0123456789abcdef, trace "
            "4bf92f3577b34da6a3ce929d0e0e4736)");
}

TEST(OutgoingCallTest, ACallThatReachedNoServerIsNamedByItsTrace) {
  const absl::Status end = EndOfCall({grpc::StatusCode::UNAVAILABLE, "Gone."},
                                     "", TraceOfCommand(kTraceparent));
  EXPECT_THAT(std::string(end.message()), Not(HasSubstr("request")));
  EXPECT_THAT(std::string(end.message()), EndsWith(std::string(kTrace) + ")"));
}

TEST(OutgoingCallTest, ACallThatWentWellHasNoError) {
  EXPECT_TRUE(EndOfCall(grpc::Status::OK, "", NewTrace()).ok());
}

}  // namespace
}  // namespace burntin
