#include "client/inspect/remote_inspector.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "client/inspect/inspect_call.h"
#include "client/inspect/outbox.h"
#include "client/inspect/outgoing_call.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

constexpr char kNoAnswer[] =
    "The server ended the call without an answer for this object. Scan it "
    "again, or ask the server's operator.";

constexpr char kBrokeOften[] =
    "The connection to the server broke each time this object was inspected. "
    "Scan it again without --server, or ask the server's operator.";

constexpr char kNotAsked[] =
    "The scan ended before a server answered for this object. Scan it again.";

// Ids of different scans differ, so that a server's log tells them apart.
std::string RandomPrefix() {
  std::random_device random;
  return fmt::format("{:08x}-", random());
}

absl::Status WaitFor(grpc::Channel* channel,
                     std::chrono::milliseconds timeout) {
  if (channel->WaitForConnected(std::chrono::system_clock::now() + timeout)) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(
      "The server cannot be reached. Check --server and that burntind runs "
      "there.");
}

// The work of one InspectAll, call after call.
class RemoteScan {
 public:
  RemoteScan(grpc::Channel* channel, v1::DetectionService::StubInterface* stub,
             const RemoteOptions& options, const CallSettings& settings)
      : channel_(channel),
        stub_(stub),
        options_(options),
        settings_(settings),
        outbox_(settings.files.size(),
                static_cast<size_t>(std::max(1, options.max_in_flight)),
                options.max_attempts) {}

  absl::Status Run() {
    absl::Status status = Connect(options_.connect_timeout);
    while (status.ok() && !outbox_.all_done()) {
      status = Handle(InspectCall(stub_, settings_, &outbox_).Run());
    }
    AnswerAll(outbox_.GiveUp(), kNotAsked);
    return status;
  }

 private:
  absl::Status Connect(std::chrono::milliseconds timeout) {
    return WaitFor(channel_, timeout);
  }

  // What a call's end means for the objects left, and whether to go on.
  absl::Status Handle(const CallResult& call) {
    CountFruitless(call);
    BookObjects(call);
    // However the call ended, nothing is left to ask for.
    if (outbox_.all_done()) return absl::OkStatus();
    if (call.interrupted) return Connect(options_.reconnect_timeout);
    const bool may_retry = call.status.ok() || IsBroken(call.status) ||
                           IsStateOfServer(call.status);
    return may_retry ? TryAgain(call) : ErrorOf(call);
  }

  void BookObjects(const CallResult& call) {
    if (call.interrupted || IsStateOfServer(call.status)) {
      outbox_.Interrupt();
    } else if (call.status.ok()) {
      AnswerAll(outbox_.GiveUpInFlight(), kNoAnswer);
    } else if (IsBroken(call.status)) {
      AnswerAll(outbox_.Break(), kBrokeOften);
    }
  }

  // A server that only starts or drains is given time before its refusals
  // count.
  void CountFruitless(const CallResult& call) {
    if (call.answered > 0) {
      fruitless_calls_ = 0;
      pauses_in_a_row_ = 0;
      refused_since_.reset();
      return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (IsStateOfServer(call.status)) {
      if (!refused_since_) refused_since_ = now;
      if (now - *refused_since_ < options_.refusal_patience) return;
    }
    ++fruitless_calls_;
  }

  static bool IsBroken(const grpc::Status& status) {
    return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
           status.error_code() == grpc::StatusCode::CANCELLED;
  }

  absl::Status ErrorOf(const CallResult& call) const {
    return EndOfCall(call.status, call.request_id,
                     settings_.introduction.trace);
  }

  absl::Status TryAgain(const CallResult& call) {
    if (fruitless_calls_ >= options_.max_fruitless_calls) {
      if (!call.status.ok()) return ErrorOf(call);
      return absl::UnavailableError(
          "The server ends every call without an answer. Ask its operator.");
    }
    const int doublings = std::clamp(pauses_in_a_row_++, 0, 16);
    std::this_thread::sleep_for(
        std::min(options_.first_pause * (1 << doublings), options_.max_pause));
    return Connect(options_.reconnect_timeout);
  }

  void AnswerAll(const std::vector<size_t>& objects, const char* message) {
    for (const size_t object : objects) {
      settings_.answer(object, LocalReport(settings_.files[object],
                                           Reason::kInternalFailure, message));
    }
  }

  grpc::Channel* const channel_;
  v1::DetectionService::StubInterface* const stub_;
  const RemoteOptions& options_;
  const CallSettings& settings_;
  Outbox outbox_;
  int fruitless_calls_ = 0;
  int pauses_in_a_row_ = 0;  // since the last answer
  // Since when the server has refused every call for its own state.
  std::optional<std::chrono::steady_clock::time_point> refused_since_;
};

grpc::ChannelArguments ArgumentsOfEveryChannel() {
  grpc::ChannelArguments arguments;
  // Above the five minutes that servers demand between pings by default.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 310'000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // no limit
  // A proxy would see patients' data, and is asked even for loopback.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Reports with many regions are larger than gRPC's default of 4 MiB.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  return arguments;
}

// Runs of files that several streams take in turn. Any thread.
class FileRuns {
 public:
  FileRuns(size_t files, size_t run) : files_(files), run_(run) {}

  // The next run: its first file, and the one after its last.
  std::optional<std::pair<size_t, size_t>> Next() {
    const std::lock_guard lock(mutex_);
    if (!status_.ok() || next_ == files_) return std::nullopt;
    const size_t first = next_;
    next_ = std::min(files_, first + run_);
    return std::pair(first, next_);
  }

  // After an error there are no more runs. The first one is kept.
  void Keep(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    status_.Update(status);
  }

  // Once no thread takes any more.
  size_t first_not_taken() const { return next_; }
  const absl::Status& status() const { return status_; }

 private:
  const size_t files_;
  const size_t run_;
  std::mutex mutex_;
  size_t next_ = 0;      // guarded by mutex_
  absl::Status status_;  // guarded by mutex_
};

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  return grpc::CreateCustomChannel(target, credentials,
                                   ArgumentsOfEveryChannel());
}

std::shared_ptr<grpc::Channel> MakeBalancedChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments = ArgumentsOfEveryChannel();
  arguments.SetServiceConfigJSON(
      R"({"loadBalancingConfig": [{"round_robin": {}}],
          "healthCheckConfig": {"serviceName": ""}})");
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  return grpc::CreateCustomChannel(target, credentials, arguments);
}

RemoteInspector::RemoteInspector(std::shared_ptr<grpc::Channel> channel,
                                 const RemoteOptions& options)
    : channel_(std::move(channel)), options_(options) {}

absl::Status RemoteInspector::WaitForServer() {
  return WaitFor(channel_.get(), options_.connect_timeout);
}

absl::Status RemoteInspector::InspectAll(std::span<const FoundFile> files,
                                         const Answer& answer) {
  const auto stub = v1::DetectionService::NewStub(channel_);
  if (options_.streams <= 1) {
    return InspectOnOneStream(stub.get(), files, answer);
  }
  // A few times what is in flight, so that a stream's end, where it waits for
  // its last answers, is rare, and the streams end at about the same time.
  FileRuns runs(files.size(), static_cast<size_t>(options_.max_in_flight) * 4);
  const auto work = [&] {
    while (const auto run = runs.Next()) {
      const size_t first = run->first;
      runs.Keep(InspectOnOneStream(stub.get(),
                                   files.subspan(first, run->second - first),
                                   [&](size_t i, v1::InstanceReport report) {
                                     answer(first + i, std::move(report));
                                   }));
    }
  };
  std::vector<std::jthread> streams;
  for (int i = 0; i < options_.streams; ++i) streams.emplace_back(work);
  streams.clear();  // joins
  for (size_t i = runs.first_not_taken(); i < files.size(); ++i) {
    answer(i, LocalReport(files[i], Reason::kInternalFailure, kNotAsked));
  }
  return runs.status();
}

absl::Status RemoteInspector::InspectOnOneStream(
    v1::DetectionService::StubInterface* stub, std::span<const FoundFile> files,
    const Answer& answer) {
  const CallSettings settings{files,
                              answer,
                              RandomPrefix(),
                              options_.include_text,
                              options_.introduction,
                              options_.object_timeout};
  return RemoteScan(channel_.get(), stub, options_, settings).Run();
}

}  // namespace burntin
