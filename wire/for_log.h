// The only way by which a message may reach a log.
#ifndef BURNTIN_WIRE_FOR_LOG_H_
#define BURNTIN_WIRE_FOR_LOG_H_

#include <google/protobuf/message.h>

#include <string>

namespace burntin {

// `message` on one line, without anything that may identify a person: fields
// marked `[(burntin.v1.phi) = true]`, bytes fields (they carry whole objects)
// and fields that this version does not know are left out, at every depth.
std::string ForLog(const google::protobuf::Message& message);

}  // namespace burntin

#endif  // BURNTIN_WIRE_FOR_LOG_H_
