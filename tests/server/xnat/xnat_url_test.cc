#include "server/xnat/xnat_url.h"

#include <gtest/gtest.h>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

TEST(XnatUrlTest, EscapesAllThatMayChangeAPath) {
  EXPECT_EQ(EscapeUrl("AZaz09-_.~"), "AZaz09-_.~");
  EXPECT_EQ(EscapeUrl("a b/c?d#e&f=g%h;i+j\\"),
            "a%20b%2Fc%3Fd%23e%26f%3Dg%25h%3Bi%2Bj%5C");
  EXPECT_EQ(EscapeUrl("M\xC3\xBCller^J\r\n"), "M%C3%BCller%5EJ%0D%0A");
  EXPECT_EQ(EscapeUrl("."), "%2E");
  EXPECT_EQ(EscapeUrl(".."), "%2E%2E");
  EXPECT_EQ(EscapeUrl(std::string_view("\0", 1)), "%00");
}

TEST(XnatUrlTest, OnlyThisMachineMayBeSpokenToInPlaintext) {
  EXPECT_THAT(CheckXnatUrl("https://xnat.example.org", false), IsOk());
  EXPECT_THAT(CheckXnatUrl("https://xnat.example.org:8443/xnat/", false),
              IsOk());
  EXPECT_THAT(CheckXnatUrl("http://127.0.0.1:8080", false), IsOk());
  EXPECT_THAT(CheckXnatUrl("http://[::1]:8080", false), IsOk());
  EXPECT_THAT(CheckXnatUrl("http://localhost/xnat", false), IsOk());
  EXPECT_THAT(CheckXnatUrl("http://xnat.example.org", false),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(CheckXnatUrl("http://127.0.0.1.example.org", false),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(CheckXnatUrl("http://xnat.example.org", true), IsOk());
}

TEST(XnatUrlTest, WhatIsNoPlainWebAddressIsRefused) {
  for (const char* url :
       {"", "xnat.example.org", "ftp://xnat.example.org", "file:///etc/passwd",
        "https://", "https://user:secret@xnat.example.org",
        "https://user@xnat.example.org", "https://xnat.example.org/?a=b",
        "https://xnat.example.org/#a"}) {
    EXPECT_THAT(CheckXnatUrl(url, true), FailsWith(Reason::kInvalidArgument))
        << url;
  }
}

}  // namespace
}  // namespace burntin
