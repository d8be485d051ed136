#include "server/config/listen_address.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(ListenAddressTest, SplitsHostAndPort) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:0")->host, "127.0.0.1");
  EXPECT_EQ(ParseListenAddress("127.0.0.1:0")->port, 0);
  EXPECT_EQ(ParseListenAddress("[::1]:65535")->host, "::1");
  EXPECT_EQ(ParseListenAddress("[::1]:65535")->port, 65535);
}

TEST(ListenAddressTest, RefusesWhatIsNoHostAndPort) {
  for (const char* address : {"", ":", "host", ":1", "host:", "host:x",
                              "host:65536", "host:-1", "::1:50051"}) {
    EXPECT_FALSE(ParseListenAddress(address).ok()) << address;
  }
}

TEST(ListenAddressTest, KnowsLoopback) {
  for (const char* host : {"localhost", "127.0.0.1", "127.9.8.7", "::1"}) {
    EXPECT_TRUE(IsLoopback(host)) << host;
  }
  for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "example.org",
                           "127.0.0.1.example.org", "128.0.0.1"}) {
    EXPECT_FALSE(IsLoopback(host)) << host;
  }
}

}  // namespace
}  // namespace burntin
