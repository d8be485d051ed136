// The edge to the YAML library: whatever it is given, it ends in a document or
// in errors with their places. Private to server/routing.
#ifndef BURNTIN_SERVER_ROUTING_YAML_EDGE_H_
#define BURNTIN_SERVER_ROUTING_YAML_EDGE_H_

#include <yaml-cpp/yaml.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/protocol.h"

namespace burntin {

// Notes about one document, in any order.
class YamlNotes {
 public:
  void Add(const YAML::Mark& mark, std::string message);
  void Add(const YAML::Node& node, std::string message) {
    Add(node.Mark(), std::move(message));
  }

  bool empty() const { return notes_.empty(); }
  size_t size() const { return notes_.size(); }

  // By place; at most a few dozen, for more help nobody.
  std::vector<ProtocolNote> Sorted() const;

 private:
  std::vector<ProtocolNote> notes_;
};

// The only document of `text`. Nothing, and at least one error, where there is
// none or more than one, where `text` is not UTF-8, and where it has anchors,
// aliases or tags: these are not needed, and a few lines of them can stand for
// more than fits into memory.
std::optional<YAML::Node> LoadDocument(std::string_view text,
                                       YamlNotes* errors);

// Calls `read` for each key of `map` with its name, its node and its value.
// A key that is there twice, or is no plain text, is an error and is left out.
void ForEachKey(
    const YAML::Node& map, YamlNotes* errors,
    const std::function<void(const std::string& name, const YAML::Node& key,
                             const YAML::Node& value)>& read);

// `text` as it may stand in a message: cut, without control characters.
std::string Quoted(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_YAML_EDGE_H_
