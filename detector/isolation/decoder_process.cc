#include "detector/isolation/decoder_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

// By what posix_spawn() returned.
absl::Status CannotStart(int error) {
  if (error == EAGAIN || error == ENOMEM) {
    return Error(Reason::kInternalFailure,
                 "No process to decode the object could be started. Check the "
                 "limits of processes and of memory.");
  }
  return Error(Reason::kInvalidArgument,
               "The decoder program cannot be run. Install burntin-decoder "
               "together with this program.");
}

// What a worker does first: its socket is moved to where it looks for it, its
// standard streams lead nowhere, so that no library's message with a header's
// value in it goes anywhere, and all else is closed.
class Actions {
 public:
  explicit Actions(int socket) {
    posix_spawn_file_actions_init(&actions_);
    failed_ =
        posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket) != 0;
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      failed_ |= posix_spawn_file_actions_addopen(
                     &actions_, stream, "/dev/null",
                     stream == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0) != 0;
    }
    failed_ |= posix_spawn_file_actions_addclosefrom_np(&actions_,
                                                        kWorkerSocket + 1) != 0;
  }
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  bool failed() const { return failed_; }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
  bool failed_ = false;
};

// Signals as a fresh program has them, and a process group of its own: Ctrl-C
// at the terminal is for the parent, which lets frames in work end.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK |
                                               POSIX_SPAWN_SETSIGDEF |
                                               POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

// What libraries look for, so that they decode as in the parent: where they
// are, DCMTK's dictionary, fonts, temporary files; and sanitizers' options.
constexpr std::array kPassedOn = {
    "LD_LIBRARY_PATH",    "DCMDICTPATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT", "HOME",        "XDG_CACHE_HOME",  "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",      "TMPDIR",      "ASAN_OPTIONS",    "TSAN_OPTIONS",
    "UBSAN_OPTIONS"};

std::vector<std::string> Environment() {
  std::vector<std::string> environment = {
      "MALLOC_ARENA_MAX=1", "OMP_THREAD_LIMIT=1", "OPENBLAS_NUM_THREADS=1"};
  for (const std::string name : kPassedOn) {
    const char* value = std::getenv(name.c_str());
    if (value != nullptr) environment.push_back(name + "=" + value);
  }
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DecoderProcess>> DecoderProcess::Start(
    const std::string& program, const ResourceLimits& limits) {
  std::array<int, 2> sockets;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
    return Error(Reason::kInternalFailure,
                 "No socket could be made for a worker. Raise the limit of "
                 "open files.");
  }
  UniqueFd ours(sockets[0]);
  const UniqueFd theirs(sockets[1]);
  // Made first, so that no process is started that nobody would end.
  std::unique_ptr<DecoderProcess> process(new DecoderProcess(std::move(ours)));
  std::vector<std::string> arguments = {
      program, std::to_string(limits.memory_bytes),
      std::to_string(limits.file_bytes), std::to_string(limits.cpu_seconds)};
  std::vector<std::string> environment = Environment();
  const Actions actions(theirs.get());
  const Attributes attributes;
  if (actions.failed()) return CannotStart(ENOMEM);
  pid_t id = 0;
  const int error =
      posix_spawn(&id, program.c_str(), actions.get(), attributes.get(),
                  Pointers(arguments).data(), Pointers(environment).data());
  if (error != 0) return CannotStart(error);
  process->id_ = id;
  return process;
}

DecoderProcess::~DecoderProcess() {
  if (id_ <= 0) return;
  // An id whose process was waited for may be another process's by now; that
  // happens in a parent that was started with SIGCHLD ignored.
  if (waitpid(id_, nullptr, WNOHANG) != 0) return;
  kill(id_, SIGKILL);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace burntin
