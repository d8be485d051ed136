// The answer to methods that no service of this server offers.
#ifndef BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_
#define BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_

#include <grpcpp/generic/async_generic_service.h>

#include "server/identity/entrance.h"

namespace burntin {

// Answers every call with UNIMPLEMENTED (NOT_IMPLEMENTED), so that a client of
// the contract gets a reason also from methods that later versions offer.
// Anybody gets it, as it tells no more than the public contract.
class RefuseUnknown final : public grpc::CallbackGenericService {
 public:
  // Does not own the entrance, which outlives the service.
  explicit RefuseUnknown(Entrance* entrance) : entrance_(entrance) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  Entrance* entrance_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_REFUSE_UNKNOWN_H_
