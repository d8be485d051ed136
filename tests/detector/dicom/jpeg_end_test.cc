#include "detector/dicom/jpeg_end.h"

#include <gtest/gtest.h>

#include <string>

namespace burntin {
namespace {

using namespace std::string_literals;

// A start, a comment that holds an end marker, a scan with stuffed bytes and
// a restart, the end.
const std::string kStream =
    "\xFF\xD8\xFF\xFE\x00\x06\xFF\xD9\xFF\xD8"
    "\xFF\xDA\x00\x04\x01\x02"
    "data\xFF\x00\xFF\x7F\xFF\xD0more\xFF\xFF\xD9"s;

bool HasMore(const std::string& bytes, size_t piece) {
  JpegEnd end;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    end.Feed(std::string_view(bytes).substr(at, piece));
  }
  return end.has_more();
}

TEST(JpegEndTest, AStreamEndsAtItsEndMarker) {
  for (const size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_FALSE(HasMore(kStream, piece));
    EXPECT_FALSE(HasMore(kStream + "\x00\xFF\x00\x2A"s, piece));
  }
}

TEST(JpegEndTest, AnotherStreamBehindItIsFound) {
  for (const size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_TRUE(HasMore(kStream + kStream, piece));
    EXPECT_TRUE(HasMore(kStream + "\x00\x00"s + kStream, piece));
  }
}

TEST(JpegEndTest, AStreamWithoutEndIsLeftToTheDecoder) {
  EXPECT_FALSE(HasMore(kStream.substr(0, kStream.size() - 1), 100));
  EXPECT_FALSE(HasMore("\xFF\xD8\xFF\xE0\xFF"s, 100));
}

}  // namespace
}  // namespace burntin
