// The part of the page that shows one held instance.
#ifndef BURNTIN_CLIENT_HTML_INSTANCE_VIEW_H_
#define BURNTIN_CLIENT_HTML_INSTANCE_VIEW_H_

#include <string>
#include <string_view>

#include "burntin/v1/report.pb.h"
#include "client/html/html_report.h"

namespace burntin {

// How a picture is made and how many still may be.
struct PictureBudget {
  const FrameRenderer* renderer;
  int max_side = 0;  // pixels
  int per_instance = 0;
  int* left;  // on the whole page; counted down
};

// HTML of `report`, whose file opens at `path`. Every value is escaped.
// Recognised text is shown only if `text`.
std::string InstanceHtml(const std::string& path,
                         const v1::InstanceReport& report, bool text,
                         const PictureBudget& budget);

// "clear", "review", "identifying" or "indeterminate": a verdict's name in the
// page's style.
std::string VerdictStyle(v1::Verdict verdict);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_HTML_INSTANCE_VIEW_H_
