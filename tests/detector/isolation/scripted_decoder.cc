// A worker for tests. It decodes files of words: what the first line says it
// does when it opens the file, and what the others say when it decodes the
// frame of that line. See Act for the words. Where a file with the program's
// name and ".unconfined" after it exists, it says that it is not confined;
// where one with ".dies" does, it removes that and dies before it says
// anything.
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/isolation/confinement.h"
#include "detector/isolation/request_loop.h"

namespace burntin {
namespace {

void Say(const std::string& bytes) {
  if (write(kWorkerSocket, bytes.data(), bytes.size()) < 0) _exit(1);
}

// A message's length, and fewer bytes than that.
[[noreturn]] void SayPart(uint32_t length, const std::string& bytes) {
  std::string prefix(sizeof(length), '\0');
  std::memcpy(prefix.data(), &length, sizeof(length));
  Say(prefix + bytes);
  _exit(1);
}

[[noreturn]] void Hang() {
  while (true) pause();
}

[[noreturn]] void EatMemory() {
  std::vector<std::vector<char>> eaten;
  while (true) eaten.emplace_back(size_t{64} << 20, 'x');
}

absl::Status Act(const std::string& word) {
  if (word == "fail") {
    return Error(Reason::kFrameDecodeFailed, "The script says so.");
  }
  if (word == "abort") std::abort();
  if (word == "exit") _exit(0);
  if (word == "hang") Hang();
  if (word == "stop") raise(SIGSTOP);
  if (word == "throw") throw std::bad_alloc();
  if (word == "eat") EatMemory();
  if (word == "garbage") SayPart(4, "\xFF\xFF\xFF\xFF");
  if (word == "huge") SayPart(0xFFFFFFFF, "x");
  if (word == "part") SayPart(1000, "x");
  if (word == "empty") SayPart(0, "");  // a reply that says nothing
  if (word == "chatter") Say("unasked");
  return absl::OkStatus();
}

class ScriptedObject final : public DicomObject {
 public:
  explicit ScriptedObject(std::vector<std::string> script)
      : script_(std::move(script)) {
    for (int frame = 0; frame < frames_total(); ++frame) {
      planes_.push_back({.frame = frame});
    }
  }

  const Header& header() const override { return header_; }
  int frames_total() const override {
    return static_cast<int>(script_.size()) - 1;
  }
  const std::vector<PlaneId>& planes() const override { return planes_; }
  const std::vector<absl::Status>& omissions() const override {
    return omissions_;
  }

  // Frames are 1000 by 1000 pixels of the frame's number.
  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    RETURN_IF_ERROR(Act(script_[static_cast<size_t>(plane.frame) + 1]));
    DecodedPlane decoded;
    decoded.views.push_back({.rows = 1000, .columns = 1000});
    decoded.views[0].pixels.assign(1'000'000,
                                   static_cast<uint8_t>(plane.frame));
    return decoded;
  }

 private:
  const Header header_;
  const std::vector<std::string> script_;
  std::vector<PlaneId> planes_;
  const std::vector<absl::Status> omissions_;
};

class ScriptOpener final : public ObjectOpener {
 public:
  absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& path, const DicomLimits&) override {
    std::ifstream file(path);
    std::vector<std::string> script;
    for (std::string word; file >> word;) script.push_back(word);
    if (script.empty()) return Error(Reason::kFileEmpty, "No script.");
    RETURN_IF_ERROR(Act(script.front()));
    return std::make_unique<ScriptedObject>(std::move(script));
  }
};

int Main(char** argv) {
  Channel channel{UniqueFd(kWorkerSocket)};
  ScriptOpener opener;
  // Before it may make few system calls only.
  const std::string unconfined = std::string(argv[0]) + ".unconfined";
  const std::string dies = std::string(argv[0]) + ".dies";
  if (unlink(dies.c_str()) == 0) std::abort();
  const bool lets_go = access(unconfined.c_str(), F_OK) != 0;
  const bool confined = Confine({.memory_bytes = std::atoll(argv[1]),
                                 .file_bytes = std::atoll(argv[2]),
                                 .cpu_seconds = std::atoll(argv[3])});
  AnswerRequests(
      confined && lets_go, [] {}, &opener, &channel);
  return 0;
}

}  // namespace
}  // namespace burntin

int main(int, char** argv) { return burntin::Main(argv); }
