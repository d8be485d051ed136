// Reads a protocol from the text of its file. docs/routing.md explains the
// form to those who write one.
#ifndef BURNTIN_SERVER_ROUTING_PROTOCOL_PARSER_H_
#define BURNTIN_SERVER_ROUTING_PROTOCOL_PARSER_H_

#include <string>
#include <string_view>

#include "server/routing/protocol.h"

namespace burntin {

// A protocol in YAML.
ReadProtocol ParseYamlProtocol(std::string_view text, const ProtocolSite& site);

// The form that the name of the file tells: YAML for .yaml and .yml, DASHER's
// for .txt, an error for any other.
ReadProtocol ParseProtocol(const std::string& file_name, std::string_view text,
                           const ProtocolSite& site);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PROTOCOL_PARSER_H_
