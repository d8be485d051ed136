// What a rule may know of an object's header.
#ifndef BURNTIN_SERVER_ROUTING_HEADER_FACTS_H_
#define BURNTIN_SERVER_ROUTING_HEADER_FACTS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "detector/base/header.h"
#include "server/routing/attribute.h"

namespace burntin {

// What Burned In Annotation has as its value where a header has no such
// attribute: the standard lets it be absent, which means neither yes nor no.
inline constexpr char kAbsent[] = "ABSENT";

// The values of each attribute, without padding and without empty ones. An
// attribute without values is unknown. So is one with a value that is not
// UTF-8, holds a control character or is longer than any device writes, and a
// Burned In Annotation that is neither YES nor NO: rules could be mistaken
// about such values.
class HeaderFacts {
 public:
  // All unknown, but for Burned In Annotation, which is kAbsent.
  HeaderFacts();

  // Takes the values as they stand in the header, with backslashes between
  // those of one string.
  void Set(Attribute attribute, std::string_view values);
  void Set(Attribute attribute, const std::vector<std::string>& values);

  const std::vector<std::string>& Values(Attribute attribute) const {
    return values_[static_cast<size_t>(attribute)];
  }

  bool Knows(Attribute attribute) const { return !Values(attribute).empty(); }

  // The first value; empty if it is unknown.
  std::string First(Attribute attribute) const {
    return Knows(attribute) ? Values(attribute).front() : "";
  }

  friend bool operator==(const HeaderFacts&, const HeaderFacts&) = default;

 private:
  std::array<std::vector<std::string>, kAttributeCount> values_;
};

HeaderFacts FactsOf(const Header& header);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_HEADER_FACTS_H_
