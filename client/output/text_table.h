// `--format text`: a table for people.
#ifndef BURNTIN_CLIENT_OUTPUT_TEXT_TABLE_H_
#define BURNTIN_CLIENT_OUTPUT_TEXT_TABLE_H_

#include <ostream>
#include <string>

#include "client/output/event_sink.h"

namespace burntin {

struct TextTableOptions {
  bool color = false;  // ANSI colours
  bool text = false;   // list the regions, with what was read in each
};

// One row for each file, and below it, if it is held, why. Then a row for each
// session and a line with the summary. Each row is flushed.
class TextTable final : public EventSink {
 public:
  // Does not own `out`.
  TextTable(std::ostream* out, TextTableOptions options)
      : out_(out), options_(options) {}

  absl::Status Instance(const FoundFile& file,
                        const v1::InstanceReport& report) override;
  absl::Status Session(const v1::SessionReport& report) override;
  absl::Status Finish(const ScanSummary& summary) override;

 private:
  std::string Verdict(v1::Verdict verdict) const;
  std::string Dim(const std::string& words) const;
  void WriteReasons(const v1::InstanceReport& report);
  void WriteRegions(const v1::InstanceReport& report);

  std::ostream* const out_;
  const TextTableOptions options_;
  bool has_instance_header_ = false;
  bool has_session_header_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_TEXT_TABLE_H_
