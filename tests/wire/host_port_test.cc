#include "wire/host_port.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(HostPortTest, SplitsHostAndPort) {
  EXPECT_EQ(ParseHostPort("127.0.0.1:0")->host, "127.0.0.1");
  EXPECT_EQ(ParseHostPort("127.0.0.1:0")->port, 0);
  EXPECT_EQ(ParseHostPort("[::1]:65535")->host, "::1");
  EXPECT_EQ(ParseHostPort("[::1]:65535")->port, 65535);
}

TEST(HostPortTest, RefusesWhatIsNoHostAndPort) {
  for (const char* address : {"", ":", "host", ":1", "host:", "host:x",
                              "host:65536", "host:-1", "::1:50051"}) {
    EXPECT_FALSE(ParseHostPort(address).ok()) << address;
  }
}

TEST(HostPortTest, KnowsLoopback) {
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
