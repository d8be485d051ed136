// The answer to methods that no service of this server offers.
#ifndef BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_
#define BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_

#include <grpcpp/generic/async_generic_service.h>

namespace burntin {

// Answers every call with UNIMPLEMENTED (NOT_IMPLEMENTED), so that a client of
// the contract gets a reason also from methods that later versions offer.
class RefuseUnknown final : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_
