#include "detector/isolation/channel.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

const Deadline kNever;
// Passed when the clock started, so that nothing has to be waited for.
const Deadline kPassed = std::chrono::steady_clock::time_point();

bool IsOpen(int fd) { return fcntl(fd, F_GETFD) >= 0; }

ino_t Inode(int fd) {
  struct stat info {};
  fstat(fd, &info);
  return info.st_ino;
}

class ChannelTest : public testing::Test {
 protected:
  ChannelTest() {
    std::array<int, 2> sockets;
    EXPECT_EQ(
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()), 0);
    one_.emplace(UniqueFd(sockets[0]));
    raw_ = UniqueFd(dup(sockets[1]));
    other_.emplace(UniqueFd(sockets[1]));
  }

  // What Channel does not send.
  void WriteRaw(const std::string& bytes) {
    ASSERT_EQ(write(raw_.get(), bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }
  void HangUp() {
    other_.reset();
    raw_.Close();
  }

  std::optional<Channel> one_;
  std::optional<Channel> other_;
  UniqueFd raw_;  // the other's socket once more
};

std::string Prefixed(uint32_t length, const std::string& bytes) {
  std::string message(sizeof(length), '\0');
  std::memcpy(message.data(), &length, sizeof(length));
  return message + bytes;
}

TEST_F(ChannelTest, MessagesArriveInOrderAndWhole) {
  ASSERT_THAT(one_->Send("first", -1, kNever), IsOk());
  ASSERT_THAT(one_->Send("", -1, kNever), IsOk());
  ASSERT_THAT(one_->Send("third", -1, kNever), IsOk());
  for (const std::string expected : {"first", "", "third"}) {
    const auto received = other_->Receive(/*takes_fd=*/false, kNever);
    ASSERT_THAT(received, IsOk());
    EXPECT_EQ(received->message, expected);
    EXPECT_EQ(received->fd.get(), -1);
  }
}

TEST_F(ChannelTest, WhatIsLargerThanTheSocketsBufferArrives) {
  const std::string message(size_t{5} << 20, 'm');
  const std::vector<uint8_t> bytes(size_t{7} << 20, 9);
  std::thread sender([&] {
    EXPECT_THAT(one_->Send(message, -1, kNever), IsOk());
    EXPECT_THAT(one_->SendBytes(bytes, kNever), IsOk());
  });
  const auto received = other_->Receive(/*takes_fd=*/false, kNever);
  std::vector<uint8_t> got(bytes.size());
  EXPECT_THAT(other_->ReceiveBytes(got, kNever), IsOk());
  sender.join();
  ASSERT_THAT(received, IsOk());
  EXPECT_TRUE(received->message == message);
  EXPECT_TRUE(got == bytes);
}

TEST_F(ChannelTest, AMessageInSingleBytesArrives) {
  std::thread sender([&] {
    for (const char c : Prefixed(3, "abc")) WriteRaw(std::string(1, c));
  });
  const auto received = one_->Receive(/*takes_fd=*/false, kNever);
  sender.join();
  ASSERT_THAT(received, IsOk());
  EXPECT_EQ(received->message, "abc");
}

TEST_F(ChannelTest, ADescriptorComesWithItsMessage) {
  const UniqueFd file(memfd_create("channel_test", MFD_CLOEXEC));
  ASSERT_THAT(one_->Send("here", file.get(), kNever), IsOk());
  const auto received = other_->Receive(/*takes_fd=*/true, kNever);
  ASSERT_THAT(received, IsOk());
  EXPECT_EQ(received->message, "here");
  ASSERT_GE(received->fd.get(), 0);
  EXPECT_NE(received->fd.get(), file.get());
  EXPECT_EQ(Inode(received->fd.get()), Inode(file.get()));
  EXPECT_EQ(fcntl(received->fd.get(), F_GETFD), FD_CLOEXEC);
}

TEST_F(ChannelTest, ADescriptorThatIsNotWantedIsRefusedAndClosed) {
  const UniqueFd file(memfd_create("channel_test", MFD_CLOEXEC));
  const UniqueFd next(dup(file.get()));
  const int would_be_next = next.get() + 1;
  ASSERT_THAT(one_->Send("here", file.get(), kNever), IsOk());
  EXPECT_THAT(other_->Receive(/*takes_fd=*/false, kNever),
              FailsWith(Reason::kDecoderCrashed));
  EXPECT_FALSE(IsOpen(would_be_next));
}

TEST_F(ChannelTest, ATooLongMessageIsRefusedBeforeItIsHeld) {
  WriteRaw(Prefixed(kMostMessageBytes + 1, ""));
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kNever),
              FailsWith(Reason::kDecoderCrashed));
  WriteRaw(Prefixed(0xFFFFFFFF, ""));
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kNever),
              FailsWith(Reason::kDecoderCrashed));
}

TEST_F(ChannelTest, ATooLongMessageIsNotSent) {
  const std::string message(size_t{kMostMessageBytes} + 1, 'm');
  EXPECT_THAT(one_->Send(message, -1, kNever),
              FailsWith(Reason::kDecoderCrashed));
  EXPECT_TRUE(other_->IsQuiet());
}

TEST_F(ChannelTest, NothingBeforeTheDeadlineIsATimeOut) {
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kPassed),
              FailsWith(Reason::kDecoderTimedOut));
  std::vector<uint8_t> bytes(1);
  EXPECT_THAT(one_->ReceiveBytes(bytes, kPassed),
              FailsWith(Reason::kDecoderTimedOut));
}

TEST_F(ChannelTest, APartBeforeTheDeadlineIsATimeOut) {
  WriteRaw(Prefixed(10, "part"));
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kPassed),
              FailsWith(Reason::kDecoderTimedOut));
}

TEST_F(ChannelTest, ASideThatDoesNotReadIsATimeOut) {
  const std::vector<uint8_t> bytes(size_t{64} << 20);
  EXPECT_THAT(one_->SendBytes(bytes, kPassed),
              FailsWith(Reason::kDecoderTimedOut));
}

TEST_F(ChannelTest, TheOthersEndIsNoticed) {
  HangUp();
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kNever),
              FailsWith(Reason::kDecoderCrashed));
  EXPECT_THAT(one_->Send("anyone?", -1, kNever),
              FailsWith(Reason::kDecoderCrashed));
}

class ChannelEndTest : public ChannelTest,
                       public testing::WithParamInterface<std::string> {};

TEST_P(ChannelEndTest, InMidMessageIsNoticed) {
  WriteRaw(GetParam());
  HangUp();
  EXPECT_THAT(one_->Receive(/*takes_fd=*/false, kNever),
              FailsWith(Reason::kDecoderCrashed));
}

INSTANTIATE_TEST_SUITE_P(Channel, ChannelEndTest,
                         testing::Values(Prefixed(10, "part"), Prefixed(10, ""),
                                         std::string("\1\0", 2)),
                         [](const auto& tested) {
                           return "After" +
                                  std::to_string(tested.param.size()) + "Bytes";
                         });

TEST_F(ChannelTest, IsNotQuietWhereSomethingComesInTime) {
  EXPECT_TRUE(one_->IsQuiet(std::chrono::milliseconds(1)));
  std::thread later([&] {
    EXPECT_THAT(other_->Send("message", /*fd=*/-1, std::nullopt), IsOk());
  });
  EXPECT_FALSE(one_->IsQuiet(std::chrono::minutes(1)));
  later.join();
}

TEST_F(ChannelTest, IsQuietUntilSomethingComesOrTheOtherEnds) {
  EXPECT_TRUE(one_->IsQuiet());
  WriteRaw("x");
  EXPECT_FALSE(one_->IsQuiet());
  std::vector<uint8_t> byte(1);
  ASSERT_THAT(one_->ReceiveBytes(byte, kNever), IsOk());
  EXPECT_TRUE(one_->IsQuiet());
  HangUp();
  EXPECT_FALSE(one_->IsQuiet());
}

TEST(UniqueFdTest, ClosesOnceAndMoves) {
  const int fd = memfd_create("channel_test", MFD_CLOEXEC);
  {
    UniqueFd first(fd);
    UniqueFd second(std::move(first));
    EXPECT_EQ(second.get(), fd);
    UniqueFd third;
    third = std::move(second);
    EXPECT_TRUE(IsOpen(fd));
  }
  EXPECT_FALSE(IsOpen(fd));
}

}  // namespace
}  // namespace burntin
