// Makes small PDF files, byte by byte, so that tests know all that is in them.
#ifndef BURNTIN_TESTS_TESTUTIL_PDF_MAKER_H_
#define BURNTIN_TESTS_TESTUTIL_PDF_MAKER_H_

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace burntin {

// A run of Helvetica. Positions are in points from the page's lower left.
struct PdfText {
  std::string text;  // ASCII
  double x = 72;     // where the baseline starts
  double y = 720;
  double size = 12;
  int quarter_turns = 0;  // 0 to 3, counter-clockwise
  double grey = 0;        // 0 is black, 1 is white
  bool is_visible = true;
  int layer = -1;  // index into the document's layers; -1 for none
};

struct PdfPage {
  double width = 595;
  double height = 842;
  std::optional<std::array<double, 4>> crop_box;  // left, bottom, right, top
  int rotate = 0;                                 // degrees clockwise
  std::vector<PdfText> texts;
  // Operators of the content stream that come behind the texts.
  std::string content;
  // Whole dictionaries, "<< ... >>".
  std::vector<std::string> annotations;
};

struct PdfLayer {
  std::string name;
  bool is_shown = true;
};

struct PdfSpec {
  std::vector<PdfPage> pages;
  std::vector<PdfLayer> layers;
  // Keys and values of the information dictionary.
  std::vector<std::pair<std::string, std::string>> info;
  std::string xmp;
  std::vector<std::string> bookmarks;
  // Entries of the catalogue, "/Key value".
  std::string catalog;
  // Put all but streams into a compressed object stream, as PDF 1.5 may.
  bool is_packed = false;
  // Wants a password.
  bool is_locked = false;
};

std::string MakePdf(const PdfSpec& spec);

// A document of one page that says `text`.
std::string MakePdf(const std::string& text);

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_PDF_MAKER_H_
