// What the document's tests share.
#ifndef BURNTIN_TESTS_DETECTOR_DOCUMENT_OPENED_DOCUMENT_H_
#define BURNTIN_TESTS_DETECTOR_DOCUMENT_OPENED_DOCUMENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"
#include "detector/document/document.h"
#include "tests/testutil/pdf_maker.h"

namespace burntin {

inline constexpr DocumentLimits kRoomyLimits{
    .pages = 100, .pixels_per_page = int64_t{1} << 24};

inline absl::StatusOr<std::unique_ptr<Document>> Open(
    std::string_view pdf, const DocumentLimits& limits = kRoomyLimits) {
  return Document::Open(std::vector<char>(pdf.begin(), pdf.end()), limits);
}

// Page 0 of a document that opens.
inline absl::StatusOr<DecodedPlane> RenderFirst(const PdfSpec& spec) {
  absl::StatusOr<std::unique_ptr<Document>> document = Open(MakePdf(spec));
  if (!document.ok()) return document.status();
  return (*document)->Render(0);
}

// A document of one page with these texts.
inline PdfSpec WithTexts(std::vector<PdfText> texts) {
  PdfPage page;
  page.texts = std::move(texts);
  return {.pages = {page}};
}

inline int DarkPixels(const Image& image, const Box& box) {
  int dark = 0;
  for (int row = box.y; row < box.y + box.height; ++row) {
    for (int column = box.x; column < box.x + box.width; ++column) {
      const size_t at =
          (static_cast<size_t>(row) * static_cast<size_t>(image.columns) +
           static_cast<size_t>(column)) *
          static_cast<size_t>(image.channels);
      if (image.pixels[at] < 128) ++dark;
    }
  }
  return dark;
}

inline int DarkPixels(const Image& image) {
  return DarkPixels(image, Box{0, 0, image.columns, image.rows});
}

// The box of the line that says `text`; an empty one if there is none.
inline Box BoxOf(const DecodedPlane& plane, const std::string& text) {
  for (const StatedText& stated : plane.stated) {
    if (stated.text == PhiText(text)) return stated.box;
  }
  return {};
}

inline bool States(const DecodedPlane& plane, const std::string& text) {
  for (const StatedText& stated : plane.stated) {
    if (stated.text == PhiText(text)) return true;
  }
  return false;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_DOCUMENT_OPENED_DOCUMENT_H_
