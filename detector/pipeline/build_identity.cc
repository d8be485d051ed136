#include "detector/pipeline/build_identity.h"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "detector/text/file_digest.h"

namespace burntin {
namespace {

constexpr char kThisProgram[] = "/proc/self/exe";

struct LoadedObject {
  std::string path;
  std::string name;                // by which others need it
  std::vector<std::string> needs;  // their names
  std::string build_id;            // as it is in memory; empty: none
};

ElfW(Addr) AlignedUp(ElfW(Addr) offset, ElfW(Addr) alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

// The build id among the notes in [`notes`, `notes` + `size`).
std::string BuildIdIn(const char* notes, ElfW(Addr) size,
                      ElfW(Addr) alignment) {
  ElfW(Addr) at = 0;
  while (at + sizeof(ElfW(Nhdr)) <= size) {
    ElfW(Nhdr) header;
    std::memcpy(&header, notes + at, sizeof(header));
    const ElfW(Addr) name = at + sizeof(header);
    const ElfW(Addr) content = AlignedUp(name + header.n_namesz, alignment);
    const ElfW(Addr) end = content + header.n_descsz;
    if (end > size) break;
    if (header.n_type == NT_GNU_BUILD_ID &&
        std::string_view(notes + name, header.n_namesz) ==
            std::string_view("GNU", 4)) {
      return {notes + content, header.n_descsz};
    }
    at = AlignedUp(end, alignment);
  }
  return "";
}

// What the dynamic section says of names. The loader has made its addresses
// absolute, but for objects that it may not write to.
void ReadNames(const ElfW(Dyn) * entries, ElfW(Addr) base,
               LoadedObject* object) {
  const char* texts = nullptr;
  for (const ElfW(Dyn)* entry = entries; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag != DT_STRTAB) continue;
    const ElfW(Addr) address = entry->d_un.d_ptr;
    texts = reinterpret_cast<const char*>(address < base ? base + address
                                                         : address);
  }
  if (texts == nullptr) return;
  for (const ElfW(Dyn)* entry = entries; entry->d_tag != DT_NULL; ++entry) {
    const char* text = texts + entry->d_un.d_val;
    if (entry->d_tag == DT_SONAME) object->name = text;
    if (entry->d_tag == DT_NEEDED) object->needs.emplace_back(text);
  }
}

LoadedObject ReadObject(const dl_phdr_info& info) {
  LoadedObject object;
  object.path = info.dlpi_name;
  object.name = std::filesystem::path(object.path).filename().string();
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    const ElfW(Addr) address = info.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_DYNAMIC) {
      ReadNames(reinterpret_cast<const ElfW(Dyn)*>(address), info.dlpi_addr,
                &object);
    } else if (segment.p_type == PT_NOTE && object.build_id.empty()) {
      object.build_id =
          BuildIdIn(reinterpret_cast<const char*>(address), segment.p_memsz,
                    segment.p_align == 8 ? 8 : 4);
    }
  }
  return object;
}

// The program itself comes first.
std::vector<LoadedObject> LoadedObjects() {
  std::vector<LoadedObject> objects;
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* list) {
        static_cast<std::vector<LoadedObject>*>(list)->push_back(
            ReadObject(*info));
        return 0;
      },
      &objects);
  return objects;
}

// What the program is linked to, directly or not, with itself; nothing if
// something of that is not found.
std::optional<std::map<std::string, const LoadedObject*>> LinkedObjects(
    const std::vector<LoadedObject>& objects) {
  std::map<std::string, const LoadedObject*> linked;
  std::vector<const LoadedObject*> open = {&objects.front()};
  linked[""] = open.front();
  while (!open.empty()) {
    const LoadedObject* object = open.back();
    open.pop_back();
    for (const std::string& name : object->needs) {
      if (linked.contains(name)) continue;
      const auto found = std::find_if(
          objects.begin(), objects.end(),
          [&](const LoadedObject& one) { return one.name == name; });
      if (found == objects.end()) return std::nullopt;
      linked[name] = &*found;
      open.push_back(&*found);
    }
  }
  return linked;
}

}  // namespace

std::string BuildIdentity() {
  const std::vector<LoadedObject> objects = LoadedObjects();
  if (objects.empty()) return "";
  const auto linked = LinkedObjects(objects);
  if (!linked) return "";
  std::string all;
  for (const auto& [name, object] : *linked) {
    const std::string build =
        !object->build_id.empty()
            ? Sha256OfText(object->build_id)
            : Sha256OfFile(object->path.empty() ? kThisProgram : object->path);
    if (build.empty()) return "";
    all += name + "=" + build + "\n";
  }
  return Sha256OfText(all);
}

}  // namespace burntin
