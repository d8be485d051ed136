// html: `--report FILE.html`, one page that shows what was held and why. It
// needs nothing else: no other file, no network, no scripts. It holds pictures
// of patients' images, so it is as confidential as they are.
#ifndef BURNTIN_CLIENT_HTML_HTML_REPORT_H_
#define BURNTIN_CLIENT_HTML_HTML_REPORT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/output/event_sink.h"
#include "detector/detector.h"

namespace burntin {

// `RenderFrame` of detector/detector.h, or a test's.
using FrameRenderer = std::function<absl::StatusOr<RenderedFrame>(
    const std::string& path, Source source, int source_index, int frame,
    int max_side)>;

struct HtmlReportOptions {
  bool text = false;           // show the recognised text
  std::string scanned_at;      // as people read it, with the time zone
  std::string inspected_by;    // "this computer" or the server's name
  int picture_max_side = 640;  // pixels
  int pictures_per_instance = 6;
  int pictures_in_all = 400;
};

// Keeps the reports of held instances until the end, then renders pictures
// and writes the page, readable by its owner only. The file appears whole or
// not at all.
class HtmlReport final : public EventSink {
 public:
  // Fails with INVALID_ARGUMENT if no file can be made beside `path`.
  static absl::StatusOr<std::unique_ptr<HtmlReport>> Create(
      const std::string& path, HtmlReportOptions options,
      FrameRenderer renderer);

  absl::Status Instance(const FoundFile& file,
                        const v1::InstanceReport& report) override;
  absl::Status Session(const v1::SessionReport& report) override;
  absl::Status Finish(const ScanSummary& summary) override;

 private:
  // An instance with something to show.
  struct Held {
    std::string path;  // that opens the file
    v1::InstanceReport report;
  };
  struct Study {
    std::vector<Held> held;          // worst first once the page is written
    std::vector<std::string> clear;  // labels
  };

  HtmlReport(std::string path, HtmlReportOptions options,
             FrameRenderer renderer);
  absl::Status WritePage(const ScanSummary& summary, std::ostream& out);
  void WriteStudy(int number, const v1::SessionReport& session,
                  std::ostream& out);

  const std::string path_;
  const HtmlReportOptions options_;
  const FrameRenderer renderer_;
  std::map<std::string, Study> studies_;  // by StudyInstanceUID
  std::vector<v1::SessionReport> sessions_;
  int pictures_left_;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_HTML_HTML_REPORT_H_
