#include "server/identity/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

// By another implementation, Python's:
//   hashlib.scrypt(b"0123456789abcdef" * 4, salt=bytes(range(16)), n=1 << 14,
//                  r=8, p=1, maxmem=64 << 20, dklen=32).hex()
constexpr char kKnownSecret[] =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
constexpr char kKnownHash[] =
    "scrypt$14,8,1$000102030405060708090a0b0c0d0e0f$"
    "f307bfd4abfde936adbd31abec17cbebfabca72a2dd49417b6b77bf3dc1cf4a0";

TEST(TokenTest, AHashFitsItsSecretAndNoOther) {
  const std::string secret = RandomSecret();
  const TokenHash hash = TokenHash::Of(secret);
  EXPECT_TRUE(hash.Matches(secret));
  EXPECT_FALSE(hash.Matches(RandomSecret()));
  EXPECT_FALSE(hash.Matches(""));
  EXPECT_FALSE(hash.Matches(secret.substr(1)));
}

TEST(TokenTest, AHashIsWhatOtherImplementationsSay) {
  const auto hash = TokenHash::Parse(kKnownHash);
  ASSERT_THAT(hash, IsOk());
  EXPECT_TRUE(hash->Matches(kKnownSecret));
  EXPECT_FALSE(hash->Matches(RandomSecret()));
}

TEST(TokenTest, AHashSurvivesItsText) {
  const std::string secret = RandomSecret();
  const std::string text = TokenHash::Of(secret).ToString();
  EXPECT_THAT(text, MatchesRegex("scrypt\\$14,8,1\\$[0-9a-f]{32}\\$"
                                 "[0-9a-f]{64}"));
  EXPECT_THAT(text, Not(HasSubstr(secret)));
  const auto parsed = TokenHash::Parse(text);
  ASSERT_THAT(parsed, IsOk());
  EXPECT_TRUE(parsed->Matches(secret));
  EXPECT_EQ(parsed->ToString(), text);
}

TEST(TokenTest, TwoHashesOfOneSecretDiffer) {
  const std::string secret = RandomSecret();
  EXPECT_NE(TokenHash::Of(secret).ToString(), TokenHash::Of(secret).ToString());
}

TEST(TokenTest, NoTwoSecretsAreAlike) {
  EXPECT_THAT(RandomSecret(), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_NE(RandomSecret(), RandomSecret());
}

// Cut anywhere, lengthened, and with each character changed.
TEST(TokenTest, ADamagedHashIsRefusedOrFitsNoSecret) {
  const std::string text = kKnownHash;
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_THAT(TokenHash::Parse(text.substr(0, size)),
                FailsWith(Reason::kInvalidArgument));
  }
  EXPECT_THAT(TokenHash::Parse(text + "0"),
              FailsWith(Reason::kInvalidArgument));
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = damaged[i] == 'g' ? 'h' : 'g';
    EXPECT_THAT(TokenHash::Parse(damaged), FailsWith(Reason::kInvalidArgument));
  }
  std::string other = text;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_FALSE(TokenHash::Parse(other)->Matches(kKnownSecret));
}

TEST(TokenTest, ATokenIsANameAndASecret) {
  const auto token = ParseToken("gate-way_1." + std::string(kKnownSecret));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->name, "gate-way_1");
  EXPECT_EQ(token->secret, kKnownSecret);
}

TEST(TokenTest, WhatIsNoTokenIsNone) {
  const std::string secret = kKnownSecret;
  for (const std::string& text :
       {std::string(), std::string("gateway"), "." + secret,
        std::string("gateway."), "gateway." + secret + "0",
        "gateway." + secret.substr(1), "gateway.." + secret,
        "gate way." + secret, "gateway. " + secret,
        std::string(65, 'a') + "." + secret, "gateway.G" + secret.substr(1),
        secret}) {
    EXPECT_FALSE(ParseToken(text)) << text;
  }
}

TEST(TokenTest, BytesAreComparedInFull) {
  EXPECT_TRUE(SameBytes("", ""));
  EXPECT_TRUE(SameBytes("abc", "abc"));
  EXPECT_FALSE(SameBytes("abc", "abd"));
  EXPECT_FALSE(SameBytes("abc", "abcd"));
}

}  // namespace
}  // namespace burntin
