#include "tests/testutil/pdf_maker.h"

#include <zlib.h>

#include <cstddef>
#include <cstdio>
#include <stdexcept>

namespace burntin {
namespace {

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string Reference(size_t number) { return std::to_string(number) + " 0 R"; }

std::string Literal(const std::string& text) {
  std::string literal = "(";
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + ")";
}

std::string Deflate(const std::string& plain) {
  uLongf size = compressBound(plain.size());
  std::string packed(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(packed.data()), &size,
               reinterpret_cast<const Bytef*>(plain.data()),
               plain.size()) != Z_OK) {
    throw std::runtime_error("zlib failed");
  }
  packed.resize(size);
  return packed;
}

std::string Stream(const std::string& entries, const std::string& bytes) {
  return "<< " + entries + " /Length " + std::to_string(bytes.size()) +
         " >>\nstream\n" + bytes + "\nendstream";
}

std::string BigEndian(size_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) {
    text += static_cast<char>(value >> (8 * i));
  }
  return text;
}

std::string TextOperators(const PdfText& text) {
  constexpr const char* kTurns[] = {"1 0 0 1", "0 1 -1 0", "-1 0 0 -1",
                                    "0 -1 1 0"};
  std::string operators =
      "BT /F1 " + Number(text.size) + " Tf " + Number(text.grey) + " g " +
      (text.is_visible ? "0" : "3") + " Tr " + kTurns[text.quarter_turns] +
      " " + Number(text.x) + " " + Number(text.y) + " Tm " +
      Literal(text.text) + " Tj ET\n";
  if (text.layer < 0) return operators;
  return "/OC /L" + std::to_string(text.layer) + " BDC\n" + operators + "EMC\n";
}

class Writer {
 public:
  explicit Writer(const PdfSpec& spec) : spec_(spec) {}

  std::string Run() {
    catalog_ = Reserve();
    pages_ = Reserve();
    font_ = Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (const PdfLayer& layer : spec_.layers) {
      layers_.push_back(
          Add("<< /Type /OCG /Name " + Literal(layer.name) + " >>"));
    }
    AddPages();
    AddCatalog();
    AddInfo();
    return spec_.is_packed ? PackedFile() : PlainFile();
  }

 private:
  struct Object {
    std::string body;
    bool is_stream = false;
  };

  size_t Reserve() {
    objects_.push_back({});
    return objects_.size();  // numbers start at 1
  }
  size_t Add(const std::string& body, bool is_stream = false) {
    objects_.push_back({body, is_stream});
    return objects_.size();
  }
  void Set(size_t number, const std::string& body) {
    objects_[number - 1].body = body;
  }

  void AddPages() {
    std::string kids;
    for (const PdfPage& page : spec_.pages) {
      kids += Reference(AddPage(page)) + " ";
    }
    Set(pages_, "<< /Type /Pages /Kids [" + kids + "] /Count " +
                    std::to_string(spec_.pages.size()) + " >>");
  }

  size_t AddPage(const PdfPage& page) {
    std::string content;
    for (const PdfText& text : page.texts) content += TextOperators(text);
    const size_t contents =
        Add(Stream("", content + page.content), /*is_stream=*/true);
    std::string layers;
    for (size_t i = 0; i < layers_.size(); ++i) {
      layers += "/L" + std::to_string(i) + " " + Reference(layers_[i]) + " ";
    }
    std::string body =
        "<< /Type /Page /Parent " + Reference(pages_) + " /MediaBox [0 0 " +
        Number(page.width) + " " + Number(page.height) + "] /Rotate " +
        std::to_string(page.rotate) + " /Contents " + Reference(contents) +
        " /Resources << /Font << /F1 " + Reference(font_) +
        " >> /Properties << " + layers + ">> >>";
    if (page.crop_box) {
      body += " /CropBox [";
      for (const double side : *page.crop_box) body += Number(side) + " ";
      body += "]";
    }
    std::string annotations;
    for (const std::string& annotation : page.annotations) {
      annotations += Reference(Add(annotation)) + " ";
    }
    if (!annotations.empty()) body += " /Annots [" + annotations + "]";
    return Add(body + " >>");
  }

  void AddCatalog() {
    std::string body =
        "<< /Type /Catalog /Pages " + Reference(pages_) + " " + spec_.catalog;
    if (!layers_.empty()) body += LayerEntry();
    if (!spec_.xmp.empty()) {
      body += " /Metadata " +
              Reference(Add(Stream("/Type /Metadata /Subtype /XML", spec_.xmp),
                            /*is_stream=*/true));
    }
    if (!spec_.bookmarks.empty()) body += " /Outlines " + Reference(Outline());
    Set(catalog_, body + " >>");
  }

  std::string LayerEntry() const {
    std::string all;
    std::string hidden;
    for (size_t i = 0; i < layers_.size(); ++i) {
      const std::string reference = Reference(layers_[i]) + " ";
      all += reference;
      if (!spec_.layers[i].is_shown) hidden += reference;
    }
    return " /OCProperties << /OCGs [" + all + "] /D << /Order [" + all +
           "] /OFF [" + hidden + "] >> >>";
  }

  size_t Outline() {
    const size_t root = Reserve();
    const size_t first = objects_.size() + 1;
    const size_t count = spec_.bookmarks.size();
    for (size_t i = 0; i < count; ++i) {
      std::string body = "<< /Title " + Literal(spec_.bookmarks[i]) +
                         " /Parent " + Reference(root);
      if (i > 0) body += " /Prev " + Reference(first + i - 1);
      if (i + 1 < count) body += " /Next " + Reference(first + i + 1);
      Add(body + " >>");
    }
    Set(root, "<< /Type /Outlines /First " + Reference(first) + " /Last " +
                  Reference(first + count - 1) + " /Count " +
                  std::to_string(count) + " >>");
    return root;
  }

  void AddInfo() {
    std::string body = "<< ";
    for (const auto& [key, value] : spec_.info) {
      body += "/" + key + " " + Literal(value) + " ";
    }
    info_ = Add(body + ">>");
  }

  std::string Trailer(size_t size) const {
    std::string entries = "/Size " + std::to_string(size) + " /Root " +
                          Reference(catalog_) + " /Info " + Reference(info_);
    if (spec_.is_locked) {
      // No password has these digests.
      entries += " /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" +
                 std::string(64, '1') + "> /U <" + std::string(64, '2') +
                 "> >> /ID [<00> <00>]";
    }
    return entries;
  }

  static std::string Header() { return "%PDF-1.5\n%\xE2\xE3\xCF\xD3\n"; }

  static std::string Numbered(size_t number, const std::string& body) {
    return std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }

  static std::string End(size_t table) {
    return "startxref\n" + std::to_string(table) + "\n%%EOF\n";
  }

  std::string PlainFile() const {
    std::string file = Header();
    std::string table;
    for (size_t i = 0; i < objects_.size(); ++i) {
      char row[32];
      std::snprintf(row, sizeof row, "%010zu 00000 n \n", file.size());
      table += row;
      file += Numbered(i + 1, objects_[i].body);
    }
    const size_t start = file.size();
    const std::string size = std::to_string(objects_.size() + 1);
    file += "xref\n0 " + size + "\n0000000000 65535 f \n" + table +
            "trailer\n<< " + Trailer(objects_.size() + 1) + " >>\n";
    return file + End(start);
  }

  // Streams, then one object stream with all else, then the table as a
  // stream.
  std::string PackedFile() const {
    const size_t pack = objects_.size() + 1;
    std::string file = Header();
    std::string table = BigEndian(0, 1) + BigEndian(0, 4) + BigEndian(0, 2);
    std::string offsets;
    std::string bodies;
    size_t packed = 0;
    for (size_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i].is_stream) {
        table += BigEndian(1, 1) + BigEndian(file.size(), 4) + BigEndian(0, 2);
        file += Numbered(i + 1, objects_[i].body);
        continue;
      }
      table += BigEndian(2, 1) + BigEndian(pack, 4) + BigEndian(packed++, 2);
      offsets +=
          std::to_string(i + 1) + " " + std::to_string(bodies.size()) + " ";
      bodies += objects_[i].body + "\n";
    }
    table += BigEndian(1, 1) + BigEndian(file.size(), 4) + BigEndian(0, 2);
    file += Numbered(pack, Stream("/Type /ObjStm /Filter /FlateDecode /N " +
                                      std::to_string(packed) + " /First " +
                                      std::to_string(offsets.size()),
                                  Deflate(offsets + bodies)));
    const size_t start = file.size();
    table += BigEndian(1, 1) + BigEndian(start, 4) + BigEndian(0, 2);
    file += Numbered(
        pack + 1, Stream("/Type /XRef /W [1 4 2] " + Trailer(pack + 2), table));
    return file + End(start);
  }

  const PdfSpec& spec_;
  std::vector<Object> objects_;
  std::vector<size_t> layers_;
  size_t catalog_ = 0;
  size_t pages_ = 0;
  size_t font_ = 0;
  size_t info_ = 0;
};

}  // namespace

std::string MakePdf(const PdfSpec& spec) { return Writer(spec).Run(); }

std::string MakePdf(const std::string& text) {
  PdfPage page;
  page.texts = {{.text = text}};
  return MakePdf(PdfSpec{.pages = {page}});
}

}  // namespace burntin

#if defined(__SANITIZE_ADDRESS__)
// fontconfig loses some hundred bytes when it reads its configuration, which
// Poppler has it do once. Here, since tests that draw PDFs make them as well.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:libfontconfig.so";
}
#endif
