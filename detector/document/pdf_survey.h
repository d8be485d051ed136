// What a PDF holds beside its pages, by the names in its objects: Poppler's
// C++ interface does not tell. Private to detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_PDF_SURVEY_H_
#define BURNTIN_DETECTOR_DOCUMENT_PDF_SURVEY_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace burntin {

struct PdfSurvey {
  // Where in the file the names stand that cut the page (CropBox) and that
  // switch layers (OCProperties): the byte behind the slash. Renaming them
  // uncovers everything, since both are optional and have no substitute.
  std::vector<size_t> crop_boxes;
  std::vector<size_t> layers;
  // Layers are switched by a compressed object, which cannot be renamed.
  bool has_packed_layers = false;

  bool has_attachments = false;
  bool has_scripts = false;
  bool has_xfa = false;
  bool has_media = false;  // sound, film, three-dimensional models
  bool has_comments = false;
  bool has_hidden_annotations = false;
  // Some objects could not be searched, or the file is written such that some
  // may have been missed.
  bool is_partial = false;
};

// Searches all objects, the compressed ones as well, but no content of pages.
// A name in a string or a comment may be taken for one in an object. Linear
// in the size; at most 64 MiB of compressed objects are searched.
PdfSurvey SurveyPdf(std::string_view pdf);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_PDF_SURVEY_H_
