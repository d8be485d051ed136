#include "client/output/progress_meter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace burntin {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kRedrawPeriod(100);
constexpr seconds kLinePeriod(5);
constexpr seconds kWindow(30);
constexpr milliseconds kSamplePeriod(500);
constexpr char kEraseLine[] = "\r\x1b[K";

double Seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double Part(int64_t done, int64_t total) {
  return total <= 0 ? 1.0
                    : static_cast<double>(done) / static_cast<double>(total);
}

std::string Clocked(double duration_s) {
  const auto whole = static_cast<int64_t>(std::ceil(duration_s));
  const int64_t hours = whole / 3600;
  const int64_t minutes = whole / 60 % 60;
  if (hours == 0) return fmt::format("{}:{:02}", minutes, whole % 60);
  return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
}

}  // namespace

ProgressMeter::ProgressMeter(std::ostream* out, const ProgressOptions& options,
                             Clock clock)
    : out_(out), options_(options), clock_(std::move(clock)), drawn_(clock_()) {
  samples_.push_back({drawn_, 0, 0});
  current_ = samples_.front();
}

void ProgressMeter::Add(int64_t bytes) {
  ++current_.files;
  current_.bytes += bytes;
}

void ProgressMeter::Tick() {
  const TimePoint now = clock_();
  const auto period = options_.terminal
                          ? std::chrono::steady_clock::duration(kRedrawPeriod)
                          : std::chrono::steady_clock::duration(kLinePeriod);
  if (now - drawn_ < period) return;
  drawn_ = now;
  AddSample(now);
  const std::string figures = Figures();
  if (options_.terminal) {
    *out_ << kEraseLine << Bar(figures) << std::flush;
    visible_ = true;
  } else {
    *out_ << figures << '\n' << std::flush;
  }
}

void ProgressMeter::Hide() {
  if (visible_) *out_ << kEraseLine << std::flush;
  visible_ = false;
}

void ProgressMeter::AddSample(TimePoint now) {
  current_.time = now;
  if (now - samples_.back().time >= kSamplePeriod) samples_.push_back(current_);
  // The sample at the window's edge stays, so that rates span all of it.
  while (samples_.size() > 2 && now - samples_[1].time >= kWindow) {
    samples_.pop_front();
  }
}

double ProgressMeter::FilesPerSecond() const {
  const double elapsed_s = Seconds(current_.time - samples_.front().time);
  if (elapsed_s <= 0) return 0;
  return static_cast<double>(current_.files - samples_.front().files) /
         elapsed_s;
}

double ProgressMeter::BytesPerSecond() const {
  const double elapsed_s = Seconds(current_.time - samples_.front().time);
  if (elapsed_s <= 0) return 0;
  return static_cast<double>(current_.bytes - samples_.front().bytes) /
         elapsed_s;
}

double ProgressMeter::PartDone(const Sample& sample) const {
  return (Part(sample.files, options_.files_total) +
          Part(sample.bytes, options_.bytes_total)) /
         2;
}

std::string ProgressMeter::TimeLeft() const {
  const double elapsed_s = Seconds(current_.time - samples_.front().time);
  const double gained = PartDone(current_) - PartDone(samples_.front());
  if (elapsed_s <= 0 || gained <= 0) return "-:--";
  return Clocked((1 - PartDone(current_)) / gained * elapsed_s);
}

std::string ProgressMeter::Figures() const {
  return fmt::format(
      "{:3.0f}%  {}/{} files  {:.1f} files/s  {:.1f} MB/s  {} left",
      std::floor(100 * PartDone(current_)), current_.files,
      options_.files_total, FilesPerSecond(), BytesPerSecond() / 1e6,
      TimeLeft());
}

// The figures, and a bar in the room that they leave. One column stays free,
// so that no terminal wraps the line.
std::string ProgressMeter::Bar(const std::string& figures) const {
  constexpr int kBrackets = 3;
  constexpr int kShortest = 5;
  constexpr int kLongest = 40;
  const int room =
      options_.columns - 1 - kBrackets - static_cast<int>(figures.size());
  if (room < kShortest) {
    return figures.substr(
        0, static_cast<size_t>(std::max(0, options_.columns - 1)));
  }
  const int length = std::min(room, kLongest);
  const int filled = static_cast<int>(length * PartDone(current_));
  return fmt::format("[{}{}] {}", std::string(static_cast<size_t>(filled), '#'),
                     std::string(static_cast<size_t>(length - filled), '.'),
                     figures);
}

}  // namespace burntin
