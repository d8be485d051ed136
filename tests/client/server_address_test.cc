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

}  // namespace
}  // namespace burntin
