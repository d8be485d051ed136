// A FrameRenderer that has no picture.
#ifndef BURNTIN_TESTS_CLIENT_RENDER_NOTHING_H_
#define BURNTIN_TESTS_CLIENT_RENDER_NOTHING_H_

#include <string>

#include "client/html/html_report.h"
#include "detector/base/error.h"

namespace burntin {

inline absl::StatusOr<RenderedFrame> RenderNothing(const std::string&, Source,
                                                   int, int, int) {
  return Error(Reason::kFrameDecodeFailed, "No picture.");
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_CLIENT_RENDER_NOTHING_H_
