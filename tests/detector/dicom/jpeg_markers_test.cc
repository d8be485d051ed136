#include "detector/dicom/jpeg_markers.h"

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
  JpegMarkers end;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    end.Feed(std::string_view(bytes).substr(at, piece));
  }
  return end.has_more();
}

TEST(JpegMarkersTest, AStreamEndsAtItsEndMarker) {
  for (const size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_FALSE(HasMore(kStream, piece));
    EXPECT_FALSE(HasMore(kStream + "\x00\xFF\x00\x2A"s, piece));
  }
}

TEST(JpegMarkersTest, AnotherStreamBehindItIsFound) {
  for (const size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_TRUE(HasMore(kStream + kStream, piece));
    EXPECT_TRUE(HasMore(kStream + "\x00\x00"s + kStream, piece));
  }
}

TEST(JpegMarkersTest, AStreamWithoutEndIsLeftToTheDecoder) {
  EXPECT_FALSE(HasMore(kStream.substr(0, kStream.size() - 1), 100));
  EXPECT_FALSE(HasMore("\xFF\xD8\xFF\xE0\xFF"s, 100));
}

TEST(JpegMarkersTest, TheFrameHeaderTellsTheSizeOfThePicture) {
  const std::string stream =
      "\xFF\xD8\xFF\xC4\x00\x05\x01\x02\x03"
      "\xFF\xC3\x00\x0B\x08\x01\x02\x03\x04\x01\x01\x11\x00"
      "\xFF\xC3\x00\x0B\x08\x00\x01\x00\x01\x01\x01\x11\x00\xFF\xD9"s;
  for (const size_t piece : {1U, 2U, 3U, 100U}) {
    JpegMarkers markers;
    for (size_t at = 0; at < stream.size(); at += piece) {
      markers.Feed(std::string_view(stream).substr(at, piece));
    }
    EXPECT_EQ(markers.frame(), (JpegFrame{8, 0x102, 0x304, 1}));
  }
}

TEST(JpegMarkersTest, AStreamWithoutFrameHeaderHasNoSize) {
  JpegMarkers markers;
  markers.Feed(kStream);
  markers.Feed("\xFF\xC3\x00\x04\x08\x01"s);
  EXPECT_EQ(markers.frame(), std::nullopt);
}

TEST(JpegMarkersTest, AStreamWithATemMarkerBeforeItsFrameHeaderHasNoSize) {
  JpegMarkers markers;
  markers.Feed(
      "\xFF\xD8\xFF\x01\xFF\xC3\x00\x0B\x08\x01\x02\x03\x04\x01\x01\x11\x00"s);
  EXPECT_EQ(markers.frame(), std::nullopt);
}

}  // namespace
}  // namespace burntin
