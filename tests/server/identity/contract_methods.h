// Every method of the contract, read from its protobuf descriptors.
#ifndef BURNTIN_TESTS_SERVER_IDENTITY_CONTRACT_METHODS_H_
#define BURNTIN_TESTS_SERVER_IDENTITY_CONTRACT_METHODS_H_

#include <google/protobuf/descriptor.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "burntin/v1/quarantine_service.grpc.pb.h"
#include "burntin/v1/routing_service.grpc.pb.h"

namespace burntin {

// As on the wire: "/burntin.v1.RoutingService/DecideSession". Throws if a
// service's file is not linked into the test.
inline std::vector<std::string> ContractMethods() {
  // Keeps the linker from leaving them out.
  static const google::protobuf::Message* const kLinked[] = {
      &v1::InspectSessionRequest::default_instance(),
      &v1::DecideSessionRequest::default_instance(),
      &v1::ListCasesRequest::default_instance()};
  static_cast<void>(kLinked);
  std::vector<std::string> methods;
  for (const auto& entry : std::filesystem::directory_iterator(CONTRACT)) {
    const std::string name = entry.path().filename();
    if (!name.ends_with("_service.proto")) continue;
    const auto* file =
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
            "burntin/v1/" + name);
    if (file == nullptr) throw std::runtime_error(name + " is not linked");
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const auto* method = file->service(i)->method(j);
        methods.push_back("/" + file->service(i)->full_name() + "/" +
                          method->name());
      }
    }
  }
  return methods;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_IDENTITY_CONTRACT_METHODS_H_
