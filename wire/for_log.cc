#include "wire/for_log.h"

#include <memory>
#include <vector>

#include "burntin/v1/options.pb.h"

namespace burntin {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool MayHoldPhi(const FieldDescriptor& field) {
  return field.options().GetExtension(v1::phi) ||
         field.type() == FieldDescriptor::TYPE_BYTES;
}

void ClearPhi(Message* message);

void ClearPhiBelow(const FieldDescriptor* field, Message* message) {
  const Reflection* reflection = message->GetReflection();
  if (!field->is_repeated()) {
    return ClearPhi(reflection->MutableMessage(message, field));
  }
  const int size = reflection->FieldSize(*message, field);
  for (int i = 0; i < size; ++i) {
    ClearPhi(reflection->MutableRepeatedMessage(message, field, i));
  }
}

void ClearPhi(Message* message) {
  std::vector<const FieldDescriptor*> fields;
  message->GetReflection()->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (MayHoldPhi(*field)) {
      message->GetReflection()->ClearField(message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      ClearPhiBelow(field, message);
    }
  }
}

}  // namespace

std::string ForLog(const Message& message) {
  const std::unique_ptr<Message> safe(message.New());
  safe->CopyFrom(message);
  ClearPhi(safe.get());
  safe->DiscardUnknownFields();
  return safe->ShortDebugString();
}

}  // namespace burntin
