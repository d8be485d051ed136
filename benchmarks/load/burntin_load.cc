// Sends calls to a burntind, each at the time that was planned for it, whether
// or not the earlier ones are answered, and prints how each one ended. See
// benchmarks/README.md.
//
// stdin:  a line of JSON for each call, ascending by `at_s`:
//           {"at_s": 0.25, "stream": false, "files": ["a.dcm"]}
// stdout: a line for each call in the same order, then one about this program.
//         Times are seconds after the first call could begin.
//
// With --in-flight N the times are not looked at: N calls are under way at any
// time.
// Exit status: 0 every call has ended, 2 it could not be done.
#include <grpcpp/grpcpp.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/load/calls.h"
#include "detector/base/error.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kConnectLimit{60};

struct Flags {
  std::string server;
  int in_flight = 0;  // 0: by the clock
  int connections = 4;
  int deadline_seconds = 300;
};

struct Ended {
  double started_s = 0;
  double ended_s = 0;
  Outcome outcome;
};

double Seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

class Files {
 public:
  const std::string* Get(const std::string& path) {
    const auto [file, is_new] = bytes_.try_emplace(path);
    if (is_new) {
      std::ifstream in(path, std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      file->second = bytes.str();
      if (!in || file->second.empty()) {
        throw std::runtime_error("cannot be read, or is empty: " + path);
      }
    }
    return &file->second;
  }

 private:
  std::map<std::string, std::string> bytes_;
};

std::vector<PlannedCall> ReadPlan(std::istream* in, Files* files) {
  std::vector<PlannedCall> plan;
  for (std::string line; std::getline(*in, line);) {
    const auto json = nlohmann::json::parse(line);
    PlannedCall call;
    call.at_s = json.at("at_s");
    call.stream = json.at("stream");
    for (const auto& path : json.at("files")) {
      call.objects.push_back(files->Get(path));
    }
    if (call.objects.empty() || (!call.stream && call.objects.size() > 1)) {
      throw std::runtime_error("a call has too few or too many files");
    }
    plan.push_back(std::move(call));
  }
  return plan;
}

// One connection for each stub, as different clients have.
std::vector<std::unique_ptr<v1::DetectionService::Stub>> Connect(
    const Flags& flags) {
  std::vector<std::unique_ptr<v1::DetectionService::Stub>> stubs;
  for (int i = 0; i < flags.connections; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel = grpc::CreateCustomChannel(
        flags.server, grpc::InsecureChannelCredentials(), arguments);
    if (!channel->WaitForConnected(std::chrono::system_clock::now() +
                                   kConnectLimit)) {
      throw std::runtime_error("no connection to " + flags.server);
    }
    stubs.push_back(v1::DetectionService::NewStub(channel));
  }
  return stubs;
}

class Run {
 public:
  Run(const Flags& flags, const std::vector<PlannedCall>& plan)
      : flags_(flags), plan_(plan), ended_(plan.size()) {}

  std::vector<Ended> Finish() {
    const auto stubs = Connect(flags_);
    start_ = Clock::now();
    for (size_t i = 0; i < plan_.size(); ++i) {
      Await(plan_[i]);
      Begin(i, stubs[i % stubs.size()].get());
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return under_way_ == 0; });
    return std::move(ended_);
  }

 private:
  void Await(const PlannedCall& call) {
    if (flags_.in_flight == 0) {
      std::this_thread::sleep_until(
          start_ + std::chrono::duration_cast<Clock::duration>(
                       std::chrono::duration<double>(call.at_s)));
      return;
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return under_way_ < flags_.in_flight; });
  }

  void Begin(size_t call, v1::DetectionService::Stub* stub) {
    {
      const std::lock_guard lock(mutex_);
      ++under_way_;
      ended_[call].started_s = Seconds(Clock::now() - start_);
    }
    StartCall(stub, plan_[call],
              std::chrono::system_clock::now() +
                  std::chrono::seconds(flags_.deadline_seconds),
              [this, call](Outcome outcome) {
                const std::lock_guard lock(mutex_);
                ended_[call].ended_s = Seconds(Clock::now() - start_);
                ended_[call].outcome = std::move(outcome);
                --under_way_;
                changed_.notify_all();
              });
  }

  const Flags& flags_;
  const std::vector<PlannedCall>& plan_;
  Clock::time_point start_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;         // guarded by mutex_
  std::vector<Ended> ended_;  // guarded by mutex_
};

std::string CodeName(grpc::StatusCode code) {
  return absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
}

nlohmann::json Line(const PlannedCall& call, const Ended& ended) {
  const auto reason = ReasonOf(FromGrpc(ended.outcome.status));
  nlohmann::json answers = nlohmann::json::array();
  for (const auto& answer : ended.outcome.answers) {
    if (!answer) {
      answers.push_back(nullptr);
      continue;
    }
    answers.push_back({{"verdict", v1::Verdict_Name(answer->verdict)},
                       {"reasons", answer->reasons},
                       {"sha256", answer->sha256}});
  }
  return {{"at_s", call.at_s},
          {"started_s", ended.started_s},
          {"ended_s", ended.ended_s},
          {"code", CodeName(ended.outcome.status.error_code())},
          {"reason", reason ? std::string(ReasonName(*reason)) : ""},
          {"stray_answers", ended.outcome.stray_answers},
          {"answers", answers}};
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int Main(const Flags& flags) {
  Files files;
  const std::vector<PlannedCall> plan = ReadPlan(&std::cin, &files);
  const double cpu_before = CpuSeconds();
  const std::vector<Ended> ended = Run(flags, plan).Finish();
  const double cpu_seconds = CpuSeconds() - cpu_before;
  for (size_t i = 0; i < plan.size(); ++i) {
    std::cout << Line(plan[i], ended[i]).dump() << "\n";
  }
  std::cout << nlohmann::json({{"cpu_seconds", cpu_seconds}}).dump() << "\n";
  return std::cout.flush() ? 0 : 2;
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) {
  burntin::Flags flags;
  CLI::App app("Sends calls to a burntind at planned times.", "burntin-load");
  app.add_option("--server", flags.server, "HOST:PORT")->required();
  app.add_option("--in-flight", flags.in_flight,
                 "keep so many calls under way, whatever the times say")
      ->check(CLI::Range(0, 10'000));
  app.add_option("--connections", flags.connections)
      ->check(CLI::Range(1, 1'000));
  app.add_option("--deadline-seconds", flags.deadline_seconds, "of each call")
      ->check(CLI::Range(1, 86'400));
  CLI11_PARSE(app, argc, argv);
  try {
    return burntin::Main(flags);
  } catch (const std::exception& error) {
    std::cerr << "burntin-load: " << error.what() << "\n";
    return 2;
  }
}
