#include "client/inspect/server_address.h"

#include <gtest/gtest.h>

#include "detector/base/error.h"

namespace burntin {
namespace {

TEST(ServerAddressTest, ThisMachineMayBeAskedInPlaintext) {
  EXPECT_TRUE(CheckIsThisMachine("localhost:50051").ok());
  EXPECT_TRUE(CheckIsThisMachine("127.0.0.1:1").ok());
  EXPECT_TRUE(CheckIsThisMachine("[::1]:1").ok());
}

TEST(ServerAddressTest, AnotherMachineMayNot) {
  for (const char* address : {"pacs:50051", "192.0.2.1:1", "[2001:db8::1]:1",
                              "0.0.0.0:1", "localhost.example:1"}) {
    EXPECT_EQ(ReasonOf(CheckIsThisMachine(address)), Reason::kInvalidArgument)
        << address;
  }
}

TEST(ServerAddressTest, WhatIsNoAddressIsRefused) {
  for (const char* address : {"", "localhost", "localhost:x", ":1"}) {
    EXPECT_EQ(ReasonOf(CheckIsThisMachine(address)), Reason::kInvalidArgument)
        << address;
  }
}

TEST(ServerAddressTest, OfSeveralServersEachHasToBeThisMachine) {
  EXPECT_TRUE(CheckIsThisMachine("127.0.0.1:1,localhost:2").ok());
  EXPECT_EQ(ReasonOf(CheckIsThisMachine("127.0.0.1:1,192.0.2.1:2")),
            Reason::kInvalidArgument);
}

TEST(ServerAddressTest, SeveralServersAreOneTarget) {
  const auto v4 = ParseServers("192.0.2.1:1,localhost:2");
  ASSERT_TRUE(v4.ok());
  EXPECT_EQ(v4->target, "ipv4:192.0.2.1:1,127.0.0.1:2");
  EXPECT_EQ(v4->addresses, 2);
  const auto v6 = ParseServers("[::1]:1,[2001:db8::1]:2");
  ASSERT_TRUE(v6.ok());
  EXPECT_EQ(v6->target, "ipv6:[::1]:1,[2001:db8::1]:2");
}

TEST(ServerAddressTest, OneServerStaysAsItIs) {
  for (const char* server : {"pacs:50051", "localhost:1", "dns:///pacs:1"}) {
    const auto target = ParseServers(server);
    ASSERT_TRUE(target.ok());
    EXPECT_EQ(target->target, server);
    EXPECT_EQ(target->addresses, 1);
  }
}

TEST(ServerAddressTest, SeveralServersAreNoNames) {
  for (const char* servers :
       {"a:1,b:2", "192.0.2.1:1,[::1]:2", "192.0.2.1:1,", ",", "::1,::2"}) {
    EXPECT_EQ(ReasonOf(ParseServers(servers).status()),
              Reason::kInvalidArgument)
        << servers;
  }
}

}  // namespace
}  // namespace burntin
