#include "server/protocol/protocol_store.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "server/digest/sha256.h"
#include "server/routing/protocol_file.h"
#include "server/routing/protocol_parser.h"

namespace burntin {
namespace {

std::string FileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace

ProtocolStore::ProtocolStore(ProtocolFileOptions options, Log* log)
    : options_(std::move(options)),
      log_(log),
      current_(std::make_shared<const ProtocolSnapshot>()) {}

void ProtocolStore::Poll(std::chrono::steady_clock::time_point now) {
  MutexLock lock(&poll_mutex_);
  if (looked_ && now - *looked_ < options_.poll_interval) return;
  const bool first = !looked_.has_value();
  looked_ = now;
  const Look look = LookAt(options_.path);
  const bool settled = first || seen_ == look.sight;
  seen_ = look.sight;
  if (!settled || taken_ == look.sight) return;
  taken_ = look.sight;
  Take(look);
}

std::shared_ptr<const ProtocolSnapshot> ProtocolStore::Current() const {
  MutexLock lock(&mutex_);
  return current_;
}

ProtocolStore::Look ProtocolStore::LookAt(const std::string& path) {
  if (path.empty()) return {};
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return {};
  absl::StatusOr<std::string> text = ReadProtocolFile(path);
  if (!text.ok()) return {{Sight::State::kUnreadable, ""}, ""};
  const std::string sha256 = TextSha256(*text);
  return {{Sight::State::kRead, sha256}, *std::move(text)};
}

void ProtocolStore::Take(const Look& look) {
  switch (look.sight.state) {
    case Sight::State::kMissing:
      log_->Write(LogLevel::kWarning, "protocol_missing",
                  {{"file", FileName(options_.path)}});
      Publish({});
      return;
    case Sight::State::kUnreadable:
      KeepLast(
          "The protocol's file cannot be read to its end, or has more than 1 "
          "MiB. Check its permissions and its size.");
      return;
    case Sight::State::kRead:
      TakeText(look);
      return;
  }
}

void ProtocolStore::TakeText(const Look& look) {
  const std::string name = FileName(options_.path);
  ReadProtocol read = ParseProtocol(name, look.text, options_.site);
  if (!read.protocol) {
    KeepLast(Listed(read.errors, name));
    return;
  }
  log_->Write(LogLevel::kInfo, "protocol_loaded",
              {{"file", name},
               {"sha256", look.sight.sha256},
               {"rules", static_cast<int64_t>(read.protocol->rules.size())}});
  for (const ProtocolNote& notice : read.notices) {
    log_->Write(LogLevel::kWarning, "protocol_notice",
                {{"message", Listed({notice}, name)}});
  }
  Publish({std::move(read.protocol), look.sight.sha256, false, ""});
}

void ProtocolStore::KeepLast(std::string trouble) {
  ProtocolSnapshot snapshot = *Current();
  snapshot.outdated = snapshot.protocol != nullptr;
  snapshot.trouble = std::move(trouble);
  log_->Write(LogLevel::kError, "protocol_broken",
              {{"message", snapshot.trouble},
               {"decides_by",
                snapshot.outdated ? snapshot.sha256 : std::string("none")}});
  Publish(std::move(snapshot));
}

void ProtocolStore::Publish(ProtocolSnapshot snapshot) {
  auto published =
      std::make_shared<const ProtocolSnapshot>(std::move(snapshot));
  MutexLock lock(&mutex_);
  current_ = std::move(published);
}

}  // namespace burntin
