#include "client/inspect/server_access.h"

#include <gtest/gtest.h>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

class ServerAccessTest : public testing::Test {
 protected:
  TempDir folder_;
};

TEST_F(ServerAccessTest, ATokenIsTheOneWordOfItsFile) {
  EXPECT_EQ(*ReadToken(folder_.Write("t", "gateway.0123\n")), "gateway.0123");
  EXPECT_EQ(*ReadToken(""), "");
  for (const char* text : {"", " \n", "two words"}) {
    EXPECT_THAT(ReadToken(folder_.Write("t", text)),
                FailsWith(Reason::kInvalidArgument));
  }
  EXPECT_THAT(ReadToken(folder_.File("none")),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ReadToken(folder_.path()), FailsWith(Reason::kInvalidArgument));
}

TEST_F(ServerAccessTest, FilesThatNeedEachOtherAreRefusedAlone) {
  const std::string file = folder_.Write("f.pem", "x");
  EXPECT_THAT(ChannelCredentialsFor({}), IsOk());
  EXPECT_THAT(ChannelCredentialsFor({.authorities_file = file}), IsOk());
  EXPECT_THAT(ChannelCredentialsFor({file, file, file}), IsOk());
  EXPECT_THAT(ChannelCredentialsFor({file, file, ""}),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ChannelCredentialsFor({file, "", file}),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ChannelCredentialsFor({"", file, file}),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ChannelCredentialsFor({folder_.File("none")}),
              FailsWith(Reason::kInvalidArgument));
}

}  // namespace
}  // namespace burntin
