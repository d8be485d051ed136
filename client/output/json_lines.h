// `--format jsonl`: one ScanEvent per line, for programs.
#ifndef BURNTIN_CLIENT_OUTPUT_JSON_LINES_H_
#define BURNTIN_CLIENT_OUTPUT_JSON_LINES_H_

#include <ostream>

#include "client/output/event_sink.h"

namespace burntin {

class JsonLines final : public EventSink {
 public:
  // Does not own `out`. Each line is flushed.
  explicit JsonLines(std::ostream* out) : out_(out) {}

  absl::Status Instance(const FoundFile& file,
                        const v1::InstanceReport& report) override;
  absl::Status Session(const v1::SessionReport& report) override;
  absl::Status Finish(const ScanSummary& summary) override;

 private:
  std::ostream* const out_;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_JSON_LINES_H_
