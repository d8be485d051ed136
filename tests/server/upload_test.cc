#include "server/upload/upload.h"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <sstream>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

v1::InstanceHeader Header(int64_t size) {
  v1::InstanceHeader header;
  header.set_file_size_bytes(size);
  return header;
}

// A stream that was sent before; counts what is taken off it.
class SentPieces : public PieceSource {
 public:
  SentPieces(std::initializer_list<Piece> pieces) : pieces_(pieces) {}
  explicit SentPieces(const std::vector<Piece>& pieces)
      : pieces_(pieces.begin(), pieces.end()) {}

  std::optional<Piece> Next() override {
    ++taken;
    if (pieces_.empty()) return std::nullopt;
    Piece piece = std::move(pieces_.front());
    pieces_.pop_front();
    return piece;
  }

  int taken = 0;

 private:
  std::deque<Piece> pieces_;
};

UploadLimits Limits() {
  return {.file_bytes = 4 << 20,
          .memory_bytes = 8,
          .spool_directory = testing::TempDir()};
}

std::string Bytes(const AnonymousFile& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
  return bytes.str();
}

// What a stream of exactly one object ends with.
absl::StatusOr<std::string> ReadOne(PieceSource* source) {
  UploadReader reader(source, Limits());
  const auto header = reader.NextHeader();
  if (!header.ok()) return header.status();
  const auto file = reader.ReadObject(**header);
  if (!file.ok()) return file.status();
  const absl::Status end = reader.ExpectEnd();
  if (!end.ok()) return end;
  return Bytes(*file);
}

TEST(UploadTest, ChunksAddUpToTheObject) {
  SentPieces small{Header(5), std::string("abc"), std::string("de")};
  EXPECT_EQ(*ReadOne(&small), "abcde");
  SentPieces on_disk{Header(10), std::string("abcde"), std::string("fghij")};
  EXPECT_EQ(*ReadOne(&on_disk), "abcdefghij");
}

struct RefusedCase {
  const char* name;
  std::vector<Piece> pieces;
  Reason reason;
};

class RefusedTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedTest, WithItsReason) {
  SentPieces source(GetParam().pieces);
  EXPECT_EQ(ReasonOf(ReadOne(&source).status()), GetParam().reason);
}

v1::InstanceHeader LongRequestId() {
  v1::InstanceHeader header = Header(1);
  header.set_request_id(std::string(129, 'r'));
  return header;
}

v1::InstanceHeader LongPath() {
  v1::InstanceHeader header = Header(1);
  header.set_path(std::string(4097, 'p'));
  return header;
}

std::string Text(const char* text) { return text; }

INSTANTIATE_TEST_SUITE_P(
    Upload, RefusedTest,
    testing::Values(
        RefusedCase{"NothingAtAll", {}, Reason::kUploadHeaderMissing},
        RefusedCase{"AChunkFirst", {Text("a")}, Reason::kUploadHeaderMissing},
        RefusedCase{"AHeaderWithinTheObject",
                    {Header(3), Text("a"), Header(3)},
                    Reason::kUploadHeaderRepeated},
        RefusedCase{"AHeaderAfterTheObject",
                    {Header(1), Text("a"), Header(1)},
                    Reason::kUploadHeaderRepeated},
        RefusedCase{"NoSize", {Header(0)}, Reason::kUploadSizeMissing},
        RefusedCase{"ANegativeSize", {Header(-1)}, Reason::kUploadSizeMissing},
        RefusedCase{"LessThanPromised",
                    {Header(3), Text("ab")},
                    Reason::kUploadIncomplete},
        RefusedCase{
            "NothingOfThePromised", {Header(3)}, Reason::kUploadIncomplete},
        RefusedCase{"MoreThanPromisedInOneChunk",
                    {Header(3), Text("abcd")},
                    Reason::kUploadOverrun},
        RefusedCase{"MoreThanPromisedInAnotherChunk",
                    {Header(3), Text("abc"), Text("d")},
                    Reason::kUploadOverrun},
        RefusedCase{"AChunkAboveOneMebibyte",
                    {Header(2 << 20), std::string((1 << 20) + 1, 'x')},
                    Reason::kUploadChunkTooLarge},
        RefusedCase{
            "AnEmptyChunk", {Header(3), Text("")}, Reason::kInvalidArgument},
        RefusedCase{"AMessageWithNothing",
                    {std::monostate()},
                    Reason::kInvalidArgument},
        RefusedCase{"AnUnreadableHeader",
                    {UnreadablePiece()},
                    Reason::kInvalidArgument},
        RefusedCase{"AnUnreadableChunk",
                    {Header(3), UnreadablePiece()},
                    Reason::kInvalidArgument},
        RefusedCase{"AnUnreadableEnd",
                    {Header(1), Text("a"), UnreadablePiece()},
                    Reason::kInvalidArgument},
        RefusedCase{
            "ALongRequestId", {LongRequestId()}, Reason::kInvalidArgument},
        RefusedCase{"ALongPath", {LongPath()}, Reason::kInvalidArgument}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(UploadTest, ASizeAboveTheLimitIsRefusedBeforeAByteIsRead) {
  SentPieces source{Header((4 << 20) + 1), std::string("abc")};
  EXPECT_EQ(ReasonOf(ReadOne(&source).status()), Reason::kUploadTooLarge);
  EXPECT_EQ(source.taken, 1);
}

TEST(UploadTest, ASpoolDirectoryThatDoesNotExistIsAnError) {
  SentPieces source{Header(9), std::string("abcdefghi")};
  UploadLimits limits = Limits();
  limits.spool_directory = "/does/not/exist";
  UploadReader reader(&source, limits);
  EXPECT_EQ(ReasonOf(reader.ReadObject(**reader.NextHeader()).status()),
            Reason::kInternalFailure);
}

TEST(UploadTest, AnObjectThatCannotBeKeptIsReadToItsEnd) {
  SentPieces source{Header(9), std::string("abcde"), std::string("fghi"),
                    Header(1), std::string("a")};
  UploadLimits limits = Limits();
  limits.spool_directory = "/does/not/exist";
  UploadReader reader(&source, limits);
  EXPECT_FALSE(reader.ReadObject(**reader.NextHeader()).ok());
  EXPECT_EQ(Bytes(*reader.ReadObject(**reader.NextHeader())), "a");
}

TEST(UploadTest, TheSpoolDirectoryCanBeCheckedBefore) {
  UploadLimits limits = Limits();
  EXPECT_TRUE(CheckSpoolDirectory(limits).ok());
  limits.spool_directory = "/does/not/exist";
  EXPECT_EQ(ReasonOf(CheckSpoolDirectory(limits)), Reason::kInvalidArgument);
}

TEST(UploadTest, ObjectsFollowEachOther) {
  SentPieces source{Header(2), std::string("ab"), Header(1), std::string("c")};
  UploadReader reader(&source, Limits());
  EXPECT_EQ(Bytes(*reader.ReadObject(**reader.NextHeader())), "ab");
  EXPECT_EQ(Bytes(*reader.ReadObject(**reader.NextHeader())), "c");
  EXPECT_FALSE(reader.NextHeader()->has_value());
}

TEST(UploadTest, ASkippedObjectIsReadToItsEnd) {
  SentPieces source{Header(3), std::string("ab"), std::string("c"), Header(1),
                    std::string("d")};
  UploadReader reader(&source, Limits());
  EXPECT_TRUE(reader.SkipObject(**reader.NextHeader()).ok());
  EXPECT_EQ(Bytes(*reader.ReadObject(**reader.NextHeader())), "d");
}

TEST(UploadTest, AChunkAfterAnObjectIsAnOverrun) {
  SentPieces source{Header(1), std::string("a"), std::string("b")};
  UploadReader reader(&source, Limits());
  EXPECT_TRUE(reader.ReadObject(**reader.NextHeader()).ok());
  EXPECT_EQ(ReasonOf(reader.NextHeader().status()), Reason::kUploadOverrun);
}

}  // namespace
}  // namespace burntin
