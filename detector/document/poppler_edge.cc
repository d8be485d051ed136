#include "detector/document/poppler_edge.h"

#include <poppler/cpp/poppler-global.h>

#include <mutex>
#include <string>

namespace burntin {
namespace {

thread_local int64_t complaints = 0;

// Messages about fonts and colours that change neither which glyphs are drawn
// nor where. All others count as damage.
constexpr std::string_view kHarmless[] = {
    "Invalid Font Weight",
    "Could not parse ligature component",
    "Bad bounding box in Type 3 glyph",
    "ICCBased color space",
};

void CountComplaint(const std::string& message, void* /*closure*/) {
  for (const std::string_view harmless : kHarmless) {
    if (message.find(harmless) != std::string::npos) return;
  }
  ++complaints;
}

}  // namespace

void SilencePoppler() {
  static std::once_flag once;
  std::call_once(
      once, [] { poppler::set_debug_error_function(CountComplaint, nullptr); });
}

int64_t PopplerComplaints() { return complaints; }

}  // namespace burntin
