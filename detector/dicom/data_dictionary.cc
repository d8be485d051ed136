#include "detector/dicom/data_dictionary.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "detector/dicom/dcmtk_edge.h"

namespace burntin {

std::string DataDictionaryText() {
  InitializeDcmtk();
  if (!dcmDataDict.isDictionaryLoaded()) return "";
  const char* paths = std::getenv("DCMDICTPATH");
  std::istringstream list(paths != nullptr ? paths : DCM_DICT_DEFAULT_PATH);
  std::string text;
  for (std::string path; std::getline(list, path, ':');) {
    if (path.empty()) continue;
    std::ifstream file(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return "";
    text += std::to_string(content.size()) + "\n" + content;
  }
  return text;
}

}  // namespace burntin
